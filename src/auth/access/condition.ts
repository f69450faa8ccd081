import type { Reverification } from './reverification.js';
import type { Feature, Permission, Plan, Role, Scope } from './vocabulary.js';

/** What `has()` can be asked. All that is given must hold; nothing given, or anything unknown, does not. */
export interface Conditions {
  role?: Role;
  permission?: Permission;
  plan?: Plan;
  feature?: Feature;
  reverification?: Reverification;
  scope?: Scope;
}

/** A condition of a route. */
export type Condition =
  | { readonly kind: 'role'; readonly value: Role }
  | { readonly kind: 'permission'; readonly value: Permission }
  | ({ readonly kind: 'plan'; readonly value: Plan } & Freshness)
  | ({ readonly kind: 'feature'; readonly value: Feature } & Freshness)
  | { readonly kind: 'reverification'; readonly value: Reverification }
  | { readonly kind: 'scope'; readonly value: Scope }
  | { readonly kind: 'impersonation'; readonly value: 'forbidden' };

export interface Freshness {
  /**
   * Ask Clerk as well, since the token may be up to a minute older than a change of plan. For what must not be done after
   * a plan has ended. Costs a call for each request, and answers 503 while Clerk is away. Where a person and their active
   * organisation both have what is asked for without a scope, the organisation's counts.
   */
  readonly fresh?: boolean;
}

/** Every kind of condition, in the order in which they are judged: whoever lacks a role is not asked to verify first. */
const KINDS = [
  'impersonation',
  'role',
  'permission',
  'plan',
  'feature',
  'scope',
  'reverification',
] as const satisfies readonly Condition['kind'][];

/** Sorts conditions into the order in which they are judged. */
export function byRank(a: Condition, b: Condition): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}

export type FreshCondition = Extract<Condition, Freshness> & { fresh: true };

/** Whether Clerk is asked as well. */
export function isFresh(condition: Condition): condition is FreshCondition {
  return 'fresh' in condition && condition.fresh === true;
}

/** Whether only people can meet the condition. */
export function isForPeopleAlone({ kind }: Condition): boolean {
  return kind !== 'scope' && kind !== 'impersonation';
}

/** Whether only programs can. */
export function isForProgramsAlone({ kind }: Condition): boolean {
  return kind === 'scope';
}

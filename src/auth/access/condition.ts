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
  | { readonly role: Role }
  | { readonly permission: Permission }
  | ({ readonly plan: Plan } & Freshness)
  | ({ readonly feature: Feature } & Freshness)
  | { readonly reverification: Reverification }
  | { readonly scope: Scope }
  | { readonly impersonation: 'forbidden' };

export interface Freshness {
  /**
   * Ask Clerk as well, since the token may be up to a minute older than a change of plan. For what must not be done after
   * a plan has ended. Costs a call for each request, and answers 503 while Clerk is away.
   */
  readonly fresh?: boolean;
}

/** Every kind of condition, in the order in which they are judged: whoever lacks a role is not asked to verify first. */
export const KINDS = [
  'impersonation',
  'role',
  'permission',
  'plan',
  'feature',
  'scope',
  'reverification',
] as const;

export type Kind = (typeof KINDS)[number];

/** What the condition is about; undefined for one that nobody knows. */
export function kindOf(condition: Condition): Kind | undefined {
  return KINDS.find((kind) => kind in condition);
}

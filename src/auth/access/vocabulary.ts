/**
 * The words that the Clerk instance knows, one property each. Every instance begins with these; an application declares its
 * own, once, by adding to the interfaces (`src/vocabulary.ts`). A word that nobody declared does not compile.
 */
export interface Roles {
  'org:admin': true;
  'org:member': true;
}

/** Custom permissions, `org:<feature>:<action>`. Clerk's system permissions (`org:sys_…`) are in no session token. */
// oxlint-disable-next-line typescript/no-empty-object-type -- to be added to
export interface Permissions {}

/** Slugs of plans, without a scope. */
export interface Plans {
  free_user: true;
  free_org: true;
}

/** Slugs of features, without a scope. */
// oxlint-disable-next-line typescript/no-empty-object-type -- to be added to
export interface Features {}

/** Scopes of API keys, machines and OAuth clients. */
// oxlint-disable-next-line typescript/no-empty-object-type -- to be added to
export interface Scopes {}

type Word<Words> = Extract<keyof Words, string>;

/** Held by the person (`user:`), by the active organisation (`org:`), or, without a scope, by either. */
type Scoped<Slug extends string> = Slug | `user:${Slug}` | `org:${Slug}`;

export type Role = Word<Roles>;
export type Permission = Word<Permissions>;
export type Plan = Scoped<Word<Plans>>;
export type Feature = Scoped<Word<Features>>;
export type Scope = Word<Scopes>;

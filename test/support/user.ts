import type { JWTPayload } from 'jose';
import type { Feature, Permission, Plan, Role } from '../../src/auth/access/vocabulary.js';

/** Somebody who is signed in: the claims of their session token. */
export interface Person {
  readonly claims: JWTPayload;
}

/** What is true of somebody, in the words of the decorators. Nothing said, it is a person without plan or organisation. */
export interface UserOptions {
  /** Default: `user_ada`. */
  id?: string;
  firstName?: string;
  lastName?: string;
  uid?: string;
  /** Their own plan, or with `org:` the one of their organisation; a list for both. */
  plan?: Plan | readonly Plan[];
  /** What their own plan gives them, or with `org:` the one of their organisation. */
  features?: readonly Feature[];
  /** Role in their organisation. Default: `org:member`. */
  role?: Role;
  /** What the role may do. Each brings its feature along: Clerk counts a permission where the plan has the feature. */
  permissions?: readonly Permission[];
  /** Which organisation they act for. Default: `engines`, where anything else here belongs to an organisation. */
  organization?: { id?: string; slug?: string };
  /** Minutes since they have proven who they are. Default: 3. */
  verified?: number;
  /** Minutes since they did so by a second factor. Default: they have none. */
  secondFactor?: number;
  /** Id of the person who acts in their name. */
  impersonatedBy?: string;
  /** Any other claims, such as those that your instance adds to its tokens. */
  claims?: JWTPayload;
}

interface ByPayer {
  org: string[];
  user: string[];
}

/**
 * A person for tests, as a session token of Clerk's (version 2) tells of them.
 * @example user({ plan: 'pro', role: 'org:admin', permissions: ['org:reports:export'] })
 */
export function user({ id = 'user_ada', ...options }: UserOptions = {}): Person {
  const { firstName, lastName, uid, permissions = [], verified = 3, secondFactor = -1 } = options;
  const plans = byPayer([options.plan ?? []].flat());
  const features = byPayer([...permissions.map(featureOf), ...(options.features ?? [])]);
  const isMember = [...plans.org, ...features.org].length > 0 || options.role || options.organization;
  return {
    claims: {
      sub: id,
      first: firstName,
      last: lastName,
      uid,
      pla: claimOf(plans),
      fea: claimOf(features),
      o: isMember ? organizationClaim(options, features.org) : undefined,
      fva: [verified, secondFactor],
      act: options.impersonatedBy === undefined ? undefined : { sub: options.impersonatedBy },
      ...options.claims,
    },
  };
}

function organizationClaim(options: UserOptions, features: readonly string[]): object {
  const { organization: { id = 'org_1', slug = 'engines' } = {}, role = 'org:member' } = options;
  return {
    id,
    slg: slug,
    rol: role.replace('org:', ''),
    ...permissionClaims(options.permissions ?? [], features),
  };
}

/** The actions, and for each of the organisation's features, in their order, a number whose bits say which of them are held. */
function permissionClaims(permissions: readonly Permission[], features: readonly string[]): object {
  if (permissions.length === 0) return {};
  const actions = [...new Set(permissions.map(actionOf))];
  const masks = features.map((feature) =>
    actions
      .map((action, bit) => (holds(permissions, feature, action) ? 2 ** bit : 0))
      .reduce((mask, bit) => mask + bit, 0),
  );
  return { per: actions.join(','), fpm: masks.join(',') };
}

function holds(permissions: readonly string[], feature: string, action: string): boolean {
  return permissions.includes(`org:${feature}:${action}`);
}

function featureOf(permission: Permission): string {
  return permission.split(':').slice(0, 2).join(':');
}

function actionOf(permission: Permission): string {
  return permission.split(':').slice(2).join(':');
}

/** Slugs by who pays for them: the person where no scope says so. */
function byPayer(words: readonly string[]): ByPayer {
  const org = words.filter((word) => word.startsWith('org:'));
  return { org: slugsOf(org), user: slugsOf(words.filter((word) => !org.includes(word))) };
}

/** Each once, without the scope. */
function slugsOf(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.replace(/^\w+:/, '')))];
}

function claimOf({ org, user: own }: ByPayer): string | undefined {
  return [...org.map((slug) => `o:${slug}`), ...own.map((slug) => `u:${slug}`)].join(',') || undefined;
}

import type { ClerkClient } from '@clerk/backend';
import { actorOf } from './access/auth.js';

type Auth = ReturnType<Awaited<ReturnType<ClerkClient['authenticateRequest']>>['toAuth']>;
/** What Clerk's SDK tells of somebody who is signed in. */
export type SignedInAuth = Extract<NonNullable<Auth>, { isAuthenticated: true; tokenType: 'session_token' }>;

/** The signed-in person, as the session token tells: no call to Clerk. */
export interface SessionUser {
  readonly userId: string;
  readonly sessionId: string;
  /** The active organisation, or null in the personal account. */
  readonly orgId: string | null;
  readonly orgSlug: string | null;
  readonly orgRole: string | null;
  /** Custom claims `first`, `last` and `uid`; null where the instance does not add them to its tokens. */
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly uid: string | null;
  /** Slug of the active plan: the organisation's while one is active, else the person's; null without billing. */
  readonly plan: string | null;
  /** Slugs of the features that the active plans give. */
  readonly features: readonly string[];
  /** Who acts in this person's name, somebody of the support for example; null: nobody else. */
  readonly actorId: string | null;
  /** When the first factor was last verified, to the minute; null when the token does not tell. */
  readonly signedInAt: Date | null;
}

/** Reads the person from Clerk's verified auth object. Missing or oddly typed custom claims become null. */
export function toSessionUser(auth: SignedInAuth): SessionUser {
  const claims: Record<string, unknown> = auth.sessionClaims;
  return {
    userId: auth.userId,
    sessionId: auth.sessionId,
    orgId: auth.orgId ?? null,
    orgSlug: auth.orgSlug ?? null,
    orgRole: auth.orgRole ?? null,
    firstName: text(claims['first']),
    lastName: text(claims['last']),
    uid: text(claims['uid']),
    plan: (auth.orgId && slugs(claims['pla'], /o/)[0]) || (slugs(claims['pla'], /u/)[0] ?? null),
    features: [...new Set(slugs(claims['fea'], /o|u/))],
    actorId: actorOf(claims['act']),
    signedInAt: signedInAt(auth),
  };
}

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null;
}

/** Slugs out of a claim such as `o:team,u:pro` or `ou:export` that stand in a scope: `o` of the organisation, `u` of the user. */
function slugs(claim: unknown, inScope: RegExp): string[] {
  return (text(claim) ?? '').split(',').flatMap((item) => {
    const [, scope = '', slug = ''] = /^\s*([ou]{1,2}):(\S+)\s*$/.exec(item) ?? [];
    return inScope.test(scope) ? [slug] : [];
  });
}

function signedInAt({ factorVerificationAge, sessionClaims }: SignedInAuth): Date | null {
  const minutes: unknown = factorVerificationAge?.[0];
  if (typeof minutes !== 'number' || minutes < 0) return null;
  const date = new Date((sessionClaims.iat - minutes * 60) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

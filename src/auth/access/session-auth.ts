import type { SignedInAuth } from '../session-user.js';
import { actorOf, allOf, type Auth } from './auth.js';
import type { Conditions } from './condition.js';
import { reverificationSettings, type Reverification } from './reverification.js';

/** What a word of each kind looks like. Clerk's SDK would read the first two parts of a longer one. */
const WORDS = {
  role: /^\S+$/,
  permission: /^\S+$/,
  plan: /^((user|org):)?[^:\s]+$/,
  feature: /^((user|org):)?[^:\s]+$/,
} satisfies Partial<Record<keyof Conditions, RegExp>>;

/** How Clerk's SDK judges a single condition for the holder of a token that was minted at a time, in seconds since 1970. */
interface Judge {
  has: SignedInAuth['has'];
  issuedAt: number;
}

/** What a signed-in person may do. Clerk's SDK judges each condition by itself; this says that all must hold. */
export function sessionAuth(auth: SignedInAuth): Auth {
  const { userId, sessionId, sessionClaims, orgId, orgSlug, orgRole, orgPermissions } = auth;
  // The rest of the auth object holds a client of Clerk's API: it is not kept along.
  const judge: Judge = { has: auth.has, issuedAt: sessionClaims.iat };
  return {
    tokenType: 'session_token',
    userId,
    sessionId,
    organization: orgId
      ? { id: orgId, slug: orgSlug ?? null, role: orgRole ?? null, permissions: orgPermissions ?? [] }
      : null,
    actorId: actorOf(sessionClaims['act']),
    claims: sessionClaims,
    has: allOf((kind, value) => {
      if (kind === 'reverification') return isVerified(judge, value as Reverification);
      const isWord = Object.hasOwn(WORDS, kind) && WORDS[kind as keyof typeof WORDS].test(String(value));
      return isWord && typeof value === 'string' && judge.has({ [kind]: value });
    }),
  };
}

/** Clerk counts from when the token was minted, which with long-lived tokens may be a while ago. */
function isVerified({ has, issuedAt }: Judge, reverification: Reverification): boolean {
  const settings = reverificationSettings(reverification);
  const ageInMinutes = Math.floor((Date.now() / 1000 - issuedAt) / 60);
  return (
    settings !== undefined &&
    has({
      reverification: { ...settings, afterMinutes: settings.afterMinutes - Math.max(ageInMinutes, 0) },
    })
  );
}

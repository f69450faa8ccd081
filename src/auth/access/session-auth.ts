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

/** What a signed-in person may do. Clerk's SDK judges each condition by itself; this says that all must hold. */
export function sessionAuth(auth: SignedInAuth): Auth {
  const { userId, sessionId, sessionClaims, orgId, orgSlug, orgRole, orgPermissions } = auth;
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
      if (kind === 'reverification') return isVerified(auth, value as Reverification);
      const isWord = Object.hasOwn(WORDS, kind) && WORDS[kind as keyof typeof WORDS].test(String(value));
      return isWord && typeof value === 'string' && auth.has({ [kind]: value });
    }),
  };
}

/** Clerk counts from when the token was minted, which with long-lived tokens may be a while ago. */
function isVerified(auth: SignedInAuth, reverification: Reverification): boolean {
  const settings = reverificationSettings(reverification);
  const ageInMinutes = Math.floor((Date.now() / 1000 - auth.sessionClaims.iat) / 60);
  return (
    settings !== undefined &&
    auth.has({
      reverification: { ...settings, afterMinutes: settings.afterMinutes - Math.max(ageInMinutes, 0) },
    })
  );
}

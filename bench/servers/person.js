/**
 * Somebody who is signed in, with the fields of the kit's `GET /api/me`.
 * @typedef {object} Person
 * @property {string} userId
 * @property {string} sessionId
 * @property {string | null} orgId
 * @property {string | null} orgSlug
 * @property {string | null} orgRole
 * @property {string | null} firstName
 * @property {string | null} lastName
 * @property {string | null} uid
 * @property {string | null} plan
 * @property {string[]} features
 */

/**
 * Reads the person from the auth object of one of Clerk's SDKs, or null when nobody is signed in.
 * @param {ClerkAuth} auth
 * @returns {Person | null}
 */
export function personOf({ userId, sessionId, orgId, orgSlug, orgRole, sessionClaims }) {
  if (!userId || !sessionId || !sessionClaims) return null;
  const { first, last, uid, pla, fea } = sessionClaims;
  return {
    userId,
    sessionId,
    orgId: orgId ?? null,
    orgSlug: orgSlug ?? null,
    orgRole: orgRole ?? null,
    firstName: first ?? null,
    lastName: last ?? null,
    uid: uid ?? null,
    plan: slugs(pla)[0] ?? null,
    features: slugs(fea),
  };
}

/**
 * What this benchmark reads of Clerk's auth object.
 * @typedef {object} ClerkAuth
 * @property {string | null} [userId]
 * @property {string | null} [sessionId]
 * @property {string | null} [orgId]
 * @property {string | null} [orgSlug]
 * @property {string | null} [orgRole]
 * @property {Partial<Record<'first' | 'last' | 'uid' | 'pla' | 'fea', string>> | null} [sessionClaims]
 */

/** @param {string} [claim] such as `u:pro` */
function slugs(claim = '') {
  return claim.split(',').map((item) => item.slice(item.indexOf(':') + 1));
}

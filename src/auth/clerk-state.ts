import type { ClerkClient } from '@clerk/backend';
import { MAX_REDIRECTS } from './clerk-cookies.js';
import { bringsHandshake } from './handshake.js';

/** What Clerk's SDK says of a request. */
export type ClerkState = Awaited<ReturnType<ClerkClient['authenticateRequest']>>;

const EXPIRED = /^(session-token-(expired|iat|nbf|but-no)|client-uat-but-no)/;
const UNSETTLED =
  /^(session-token-(expired|iat|nbf|but-no)|client-uat-but-no|dev-browser-|satellite-|primary-|active-organization-)/;

/** Whether no other key could say more: the session counts, or what the request brings was signed by this key. */
export function isSettled(state: ClerkState | undefined, request: Request): boolean {
  if (!state || state.reason === 'token-invalid-signature') return false;
  return state.status === 'signed-in' || !bringsHandshake(request) || isFromHandshake(state);
}

/** Clerk's SDK takes a refresh that could not reach Clerk for a session that is over. */
export function lostRefresh({ status, reason }: ClerkState): boolean {
  return status === 'signed-out' && /-refresh-(fetch-error|unexpected-bapi-error)$/.test(reason ?? '');
}

/** Whether only a handshake could settle the session: the SDK's reasons to start one, on a request that gets none. */
export function isStale({ reason }: ClerkState, request: Request): boolean {
  return (hasTriedEnough(request) ? UNSETTLED : EXPIRED).test(reason ?? '');
}

/** Whether the browser has been through as many handshakes in a row as Clerk's SDK starts. */
export function hasTriedEnough(request: Request): boolean {
  return (request.headers.get('cookie') ?? '').includes(`__clerk_redirect_count=${MAX_REDIRECTS}`);
}

/** Clerk's SDK marks so what it has out of a handshake. */
function isFromHandshake({ headers }: ClerkState): boolean {
  return headers.has('access-control-allow-origin');
}

import { decodeJwt } from '@clerk/backend/jwt';
import { frontendHost } from './clerk-browser.js';

/** Longest token in characters. Clerk keeps its own below 4 kB. */
export const LONGEST_TOKEN = 12 * 1024;

/** Longest life of a session token in seconds. Clerk's lives one minute; an instance may make it longer. */
const LONGEST_LIFE = 60 * 60;

/** Three parts without padding (RFC 7515, section 7.1). */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

interface SessionToken {
  /** As it was sent, its signature verified. */
  token: string;
  header: object;
  claims: Readonly<Record<string, unknown>>;
}

/**
 * Why a token that Clerk's SDK accepts is refused here all the same, or undefined. The SDK takes padding, more
 * algorithms and any issuer, lets unknown critical headers pass, and does not ask for a bounded life, a subject or a
 * session (RFC 8725, sections 3.1, 3.8 and 3.10; RFC 7515, sections 2 and 4.1.11).
 */
export function tokenFault(
  { token, header, claims }: SessionToken,
  publishableKey: string,
): string | undefined {
  if (!COMPACT.test(token)) return 'token-encoding';
  const { iss, sub, sid, iat, exp, nbf } = claims;
  const fault = headerFault(header);
  if (fault !== undefined) return fault;
  if (iss !== `https://${frontendHost(publishableKey)}`) return 'token-issuer';
  if (!isText(sub)) return 'token-subject';
  if (!isText(sid)) return 'token-session-id';
  if (!isTime(iat) || !isTime(exp) || exp - iat > LONGEST_LIFE) return 'token-lifetime';
  return nbf === undefined || isTime(nbf) ? undefined : 'token-not-before';
}

/** The same for the signed token of a program, before its signature is verified. It may live longer than a session's. */
export function machineTokenFault(token: string, publishableKey: string): string | undefined {
  if (!COMPACT.test(token)) return 'token-encoding';
  try {
    const { header, payload } = decodeJwt(token);
    const fault = headerFault(header);
    if (fault !== undefined) return fault;
    const { iss, iat, exp } = payload as unknown as Record<string, unknown>;
    if (iss !== `https://${frontendHost(publishableKey)}`) return 'token-issuer';
    return isTime(iat) && isTime(exp) ? undefined : 'token-lifetime';
  } catch {
    return 'token-unreadable';
  }
}

function headerFault(header: { alg?: unknown }): string | undefined {
  if (header.alg !== 'RS256') return 'token-algorithm';
  return 'crit' in header ? 'token-critical-header' : undefined;
}

/** Whether a handshake's token says that its time is over, which Clerk's SDK does not look at. */
export function isExpiredHandshake(token: string | null): boolean {
  if (token === null) return false;
  try {
    const { exp } = (decodeJwt(token).payload as { exp?: unknown } | null) ?? {};
    return exp !== undefined && !(isTime(exp) && exp > Date.now() / 1000);
  } catch {
    return false;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** Seconds since 1970, up to the year 5138: milliseconds are not among them. */
function isTime(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) > 0 && (value as number) < 1e11;
}

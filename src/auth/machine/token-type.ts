import { decodeJwt } from '@clerk/backend/jwt';

/** What a program may call with; the names are Clerk's. */
const MACHINE_TOKENS = ['api_key', 'm2m_token', 'oauth_token'] as const;

export type MachineTokenType = (typeof MACHINE_TOKENS)[number];
export type TokenType = 'session_token' | MachineTokenType;

/** Those of the types that programs come with. */
export function machineTypes(types: readonly TokenType[]): MachineTokenType[] {
  return MACHINE_TOKENS.filter((type) => types.includes(type));
}

const PREFIXES = [
  ['ak_', 'api_key'],
  ['mt_', 'm2m_token'],
  ['oat_', 'oauth_token'],
] as const;

/**
 * The type that a bearer token claims to be of, with nobody asked: by its prefix, or, of a JWT, by the header that OAuth
 * gives its access tokens (RFC 9068, section 2.1) and by a machine for its subject. Everything else is for a session.
 */
export function tokenTypeOf(token: string): TokenType {
  const [, opaque] = PREFIXES.find(([prefix]) => token.startsWith(prefix)) ?? [];
  return opaque ?? jwtType(token);
}

/** Whether only Clerk knows what the token stands for. Any other one is signed, and says so itself. */
export function isOpaque(token: string): boolean {
  return PREFIXES.some(([prefix]) => token.startsWith(prefix));
}

function jwtType(token: string): TokenType {
  try {
    const { header, payload } = decodeJwt(token) as { header: { typ?: unknown }; payload: { sub?: unknown } };
    if (/^(application\/)?at\+jwt$/i.test(String(header.typ))) return 'oauth_token';
    return String(payload.sub).startsWith('mch_') ? 'm2m_token' : 'session_token';
  } catch {
    return 'session_token';
  }
}

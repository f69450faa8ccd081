import { allOf, type Auth } from '../access/auth.js';
import type { MachineTokenType } from './token-type.js';

/** A program that calls by a token of its own, and in whose name. */
export interface Machine {
  tokenType: MachineTokenType;
  /** Id of the API key, of the token, or of the OAuth grant. */
  id: string;
  /** Whom the token stands for: a person, an organisation or a machine. */
  subject: string;
  scopes: readonly string[];
  /** Name of an API key. */
  name: string | null;
  /** Id of an OAuth client. */
  clientId: string | null;
  /** Who acts in the name of the subject; null: nobody else. */
  actorId: string | null;
  /** Custom claims of an API key or a machine token. */
  claims: Readonly<Record<string, unknown>>;
}

/** What a program may do: what the scopes of its token say. */
export function machineAuth({ tokenType, subject, scopes, actorId, claims }: Machine): Auth {
  return {
    tokenType,
    userId: subject.startsWith('user_') ? subject : null,
    sessionId: null,
    organization: subject.startsWith('org_')
      ? { id: subject, slug: null, role: null, permissions: [] }
      : null,
    actorId,
    claims,
    has: allOf((kind, value) => kind === 'scope' && scopes.includes(value as string)),
  };
}

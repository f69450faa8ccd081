import type { TokenType } from '../machine/token-type.js';
import type { Conditions } from './condition.js';

/** Who calls, as the verified token tells, and what they may do. Asks nobody. */
export interface Auth {
  /** What the caller has proven who they are by; null for nobody. */
  readonly tokenType: TokenType | null;
  /** The signed-in person, or the one in whose name a program calls. */
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly organization: ActiveOrganization | null;
  /** Who acts in the caller's name (the token's `act` claim), `unknown` when it does not say; null: nobody else. */
  readonly actorId: string | null;
  /** All claims of the token; none for nobody. */
  readonly claims: Readonly<Record<string, unknown>>;

  /**
   * Whether all that is asked holds. Nothing asked, an empty word, `undefined` for a word or an unknown kind of condition
   * never does; a program has scopes alone, and a person none.
   */
  readonly has: (conditions: Conditions) => boolean;
}

/** The organisation that somebody acts for at the moment. */
export interface ActiveOrganization {
  id: string;
  slug: string | null;
  role: string | null;
  /** Custom permissions, such as `org:reports:export`. */
  permissions: readonly string[];
}

/** What is known of somebody whom no token names. */
export const NOBODY: Auth = {
  tokenType: null,
  userId: null,
  sessionId: null,
  organization: null,
  actorId: null,
  claims: {},
  has: () => false,
};

/** The question that decorators, handlers and templates ask, out of how a single condition is judged. */
export function allOf(holds: (kind: string, value: unknown) => boolean): Auth['has'] {
  return (conditions) => {
    const asked = Object.entries(conditions);
    return asked.length > 0 && asked.every(([kind, value]) => !isBlank(value) && holds(kind, value));
  };
}

/** The actor of an `act` claim (RFC 8693, section 4.1). One that names nobody is still there. */
export function actorOf(act: unknown): string | null {
  if (act === undefined || act === null) return null;
  const { sub } = act as { sub?: unknown };
  return typeof sub === 'string' && sub.trim() !== '' ? sub : 'unknown';
}

/** A word that names nothing, with or without a scope in front of it. */
function isBlank(value: unknown): boolean {
  return typeof value === 'string' && /^\s*(\w+:)?\s*$/.test(value);
}

import { NOBODY, type Auth } from './access/auth.js';
import { sessionAuth } from './access/session-auth.js';
import { machineAuth, type Machine } from './machine/machine.js';
import { toSessionUser, type SessionUser, type SignedInAuth } from './session-user.js';

/** Headers to read: those of a session may be those of others too. */
type ReadonlyHeaders = Omit<Headers, 'append' | 'delete' | 'set'>;

/** What is known of who sent a request. */
export type Session = {
  /** Response headers of Clerk's that leave with whatever is answered. */
  readonly headers: ReadonlyHeaders;
  /** Where Clerk wants the browser to go first, or null. May come with any status. */
  readonly location: string | null;
  /** What the caller may do. */
  readonly auth: Auth;
} & (
  | { readonly status: 'signed-in'; readonly user: SessionUser; readonly machine: null }
  /** A program, by a token of its own. */
  | { readonly status: 'machine'; readonly user: null; readonly machine: Machine }
  /**
   * - `pending`: a task, such as choosing an organisation, stands before the sign-in is complete.
   * - `handshake`: Clerk has to see the browser first.
   * - `stale`: the same, but this request cannot start a handshake, or three have settled nothing.
   * - `unavailable`: Clerk could not be asked, so neither signed in nor signed out.
   */
  | { readonly status: StatusOfNobody; readonly user: null; readonly machine: null }
);

type StatusOfNobody = 'signed-out' | 'pending' | 'handshake' | 'stale' | 'unavailable';

/** What Clerk answers along with who somebody is. */
type Answer = Partial<Pick<Session, 'headers' | 'location'>>;

/** A session of nobody. */
export function withoutUser(
  status: StatusOfNobody,
  { headers = new Headers(), location = null }: Answer = {},
): Session {
  return { status, user: null, machine: null, auth: NOBODY, headers, location };
}

/** Somebody who is signed in, and what they may do. */
export interface Person {
  readonly user: SessionUser;
  readonly auth: Auth;
}

/** Who an auth object of Clerk's SDK names. */
export function personOf(auth: SignedInAuth): Person {
  return { user: toSessionUser(auth), auth: sessionAuth(auth) };
}

/** A session of a person, whose user is an object of this session's own: what a request may do once is counted by it. */
export function withPerson(
  person: Person,
  { headers = new Headers(), location = null }: Answer = {},
): Session {
  const user = { ...person.user };
  return { status: 'signed-in', user, machine: null, auth: person.auth, headers, location };
}

/** A session of a program. */
export function withMachine(machine: Machine): Session {
  const auth = machineAuth(machine);
  return { status: 'machine', user: null, machine, auth, headers: new Headers(), location: null };
}

/** The same session, with cookies to set. */
export function withCookies(session: Session, directives: readonly string[]): Session {
  const headers = new Headers([...session.headers]);
  for (const directive of directives) headers.append('Set-Cookie', directive);
  return { ...session, headers };
}

const SESSION = Symbol('session');

/** Keeps the session of a request for everybody who handles it, out of reach of other libraries' `req.auth`. */
export function keepSession(request: object, session: Session): Session {
  (request as Holder)[SESSION] = session;
  return session;
}

/** The session of a request, or undefined before it was resolved. */
export function sessionOf(request: object): Session | undefined {
  return (request as Holder)[SESSION];
}

interface Holder {
  [SESSION]?: Session;
}

import { isRecord } from './is-record.js';
import { MOUNT_PATH } from './mount-path.js';
import { STATE_DIRECTORY, StateFile } from './state/state-file.js';
import type { State, User } from './state/state.js';

/** No ticket was made; the message says why, and what to do. */
export class ImpersonationError extends Error {
  override readonly name = 'ImpersonationError';
}

/**
 * Asks the local Clerk that runs on the state of this folder for a link to act in somebody's name: the e-mail address of
 * that person and, if wanted, that of the actor (default: the first other user).
 *
 * @throws {ImpersonationError} when the application is not running, or there is no such person.
 */
export async function requestImpersonation(
  [address, actorAddress]: string[],
  directory = STATE_DIRECTORY,
): Promise<{ emailAddress: string; url: string }> {
  if (!address) throw new ImpersonationError('Whom to act as? npm run impersonate -- grace@example.com');
  const state = new StateFile(directory).read();
  if (!state?.origin) throw notRunning();
  const user = find(state, address);
  const actor = actorAddress ? find(state, actorAddress) : state.users.find((other) => other !== user);
  if (!actor || actor === user) {
    throw new ImpersonationError('Nobody can act as themselves: name another actor after the address.');
  }
  return { emailAddress: user.emailAddress, url: await askForLink(state, user, actor) };
}

function find({ users }: State, address: string): User {
  const user = users.find(({ emailAddress }) => emailAddress === address.trim().toLowerCase());
  if (user) return user;
  const known = users.map(({ emailAddress }) => emailAddress).join(', ');
  throw new ImpersonationError(`Nobody here has the address ${address}. Name one of ${known}.`);
}

async function askForLink({ origin, secretKey }: State, user: User, actor: User): Promise<string> {
  const response = await fetch(`${origin}${MOUNT_PATH}/v1/actor_tokens`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ user_id: user.id, actor: { sub: actor.id } }),
  }).catch((cause: unknown) => {
    throw notRunning(cause);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || !isRecord(body)) {
    throw new ImpersonationError(
      `The application at ${origin} refuses: is it this folder's? Restart it, and try again.`,
    );
  }
  return String(body['url']);
}

function notRunning(cause?: unknown): ImpersonationError {
  const message =
    'The application is not running on the local Clerk: start it in this folder, and try again.';
  return new ImpersonationError(message, { cause });
}

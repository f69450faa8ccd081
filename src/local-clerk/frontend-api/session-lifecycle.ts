import type { Request } from 'express';
import type { Context } from '../context.js';
import { randomId } from '../random.js';
import type { ActorToken, Client, Session, User } from '../state/state.js';
import { describeBrowser } from './describe-browser.js';

const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/**
 * Signs the user in on the client, or somebody who acts in the user's name. One session a client: an earlier one ends.
 * The caller saves.
 */
export function startSession(
  context: Context,
  request: Request,
  client: Client,
  user: User,
  acting?: Pick<ActorToken, 'actor' | 'sessionLifetimeMs'>,
): Session {
  const now = Date.now();
  for (const earlier of context.store.sessionsOf({ clientId: client.id })) endSession(context, earlier);
  const session: Session = {
    id: randomId('sess'),
    clientId: client.id,
    userId: user.id,
    status: 'active',
    activeOrganizationId: null,
    ...describeBrowser(request),
    lastActiveAt: now,
    expireAt: now + (acting?.sessionLifetimeMs ?? LIFETIME_MS),
    ...(acting && { actor: acting.actor }),
    createdAt: now,
    updatedAt: now,
  };
  context.store.state.sessions.push(session);
  client.updatedAt = now;
  if (!acting) user.lastSignInAt = now;
  return session;
}

/** Ends a session, and tells its client's `__client_uat` of it. The caller saves. */
export function endSession(
  { store }: Context,
  session: Session,
  status: 'ended' | 'revoked' = 'ended',
): void {
  const now = Date.now();
  Object.assign(session, { status, updatedAt: now });
  const client = store.state.clients.find(({ id }) => id === session.clientId);
  if (client) client.updatedAt = now;
}

import type { Request, Response } from 'express';
import type { Context } from '../context.js';
import { clientToken, setClientCookie } from '../cookies.js';
import { signedOut } from '../http/api.error.js';
import { parameter } from '../http/form.js';
import { clientResource } from '../resources/client.resource.js';
import type { Client, Session, User } from '../state/state.js';
import { sendJson } from '../http/send-json.js';

/** The client that the cookie names, if there is one. */
export function clientOf({ store }: Context, request: Request): Client | undefined {
  return store.clientByToken(clientToken(request));
}

/** The client that the cookie names, or a new one with its cookie. */
export function ensureClient(context: Context, request: Request, response: Response): Client {
  const known = clientOf(context, request);
  if (known) return known;
  const client = context.store.addClient();
  setClientCookie(response, client);
  return client;
}

/** @throws {ApiError} 401 when there is no such live session on this client. */
export function ownSession(context: Context, request: Request, id: string | undefined): Session {
  const client = clientOf(context, request);
  const sessions = client ? context.store.sessionsOf({ clientId: client.id }) : [];
  const session = id === undefined ? sessions[0] : sessions.find((candidate) => candidate.id === id);
  if (!session) throw signedOut();
  return session;
}

/** The session that ClerkJS names in the query, or the client's only one. */
export function currentSession(context: Context, request: Request): Session {
  return ownSession(context, request, parameter(request, '_clerk_session_id'));
}

/** @throws {ApiError} 401 when nobody is signed in on this client. */
export function currentUser(context: Context, request: Request): User {
  const user = context.store.user(currentSession(context, request).userId);
  if (!user) throw signedOut();
  return user;
}

/** Answers a change: the resource, and the client with it, from which ClerkJS takes its state. */
export async function answer(
  context: Context,
  response: Response,
  client: Client | undefined,
  resource: unknown,
): Promise<void> {
  sendJson(response, { response: resource, client: client ? await clientResource(context, client) : null });
}

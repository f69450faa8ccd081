import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { sendJson } from '../http/send-json.js';
import { isRecord } from '../is-record.js';
import { MOUNT_PATH } from '../mount-path.js';
import { randomId } from '../random.js';
import type { Actor, ActorToken, User } from '../state/state.js';

const HOUR_S = 60 * 60;

/** `actorTokens.create()` and `actorTokens.revoke()`: tickets to act in a user's name. */
export function actorTokenRoutes(context: Context): Router {
  const router = Router();

  router.post('/actor_tokens', (request, response) => {
    const user = context.store.user(field(request, 'user_id') ?? '');
    if (!user) throw notFound('user');
    const ticket = newTicket(request, user);
    context.store.state.actorTokens.push(ticket);
    context.store.save();
    context.print(`open this link to act as ${user.emailAddress}: ${link(ticket)}`);
    sendJson(response, resource(ticket));
  });

  router.post('/actor_tokens/:id/revoke', (request, response) => {
    const ticket = context.store.state.actorTokens.find(({ id }) => id === segment(request, 'id'));
    if (!ticket) throw notFound('actor token');
    if (ticket.status === 'accepted') {
      throw new ApiError(400, 'actor_token_already_used', 'The token has been used already.');
    }
    Object.assign(ticket, { status: 'revoked', updatedAt: Date.now() });
    context.store.save();
    sendJson(response, resource(ticket));
  });

  return router;

  function link({ token }: ActorToken): string {
    return `${context.origin}${MOUNT_PATH}/v1/tickets/accept?ticket=${token}`;
  }

  function resource(ticket: ActorToken) {
    const isOpen = ticket.status === 'pending';
    return {
      object: 'actor_token',
      id: ticket.id,
      status: ticket.status,
      user_id: ticket.userId,
      actor: ticket.actor,
      token: isOpen ? ticket.token : null,
      url: isOpen ? link(ticket) : null,
      created_at: ticket.createdAt,
      updated_at: ticket.updatedAt,
    };
  }
}

function newTicket(request: Request, user: User): ActorToken {
  const now = Date.now();
  return {
    id: randomId('act'),
    token: randomId('ticket'),
    userId: user.id,
    actor: readActor(request, user),
    status: 'pending',
    expiresAt: now + seconds(request, 'expires_in_seconds', HOUR_S) * 1000,
    sessionLifetimeMs: seconds(request, 'session_max_duration_in_seconds', HOUR_S / 2) * 1000,
    createdAt: now,
    updatedAt: now,
  };
}

function readActor(request: Request, user: User): Actor {
  const body: unknown = request.body;
  const actor = isRecord(body) ? body['actor'] : undefined;
  const sub = isRecord(actor) ? actor['sub'] : undefined;
  if (typeof sub !== 'string' || sub.trim() === '') {
    throw new ApiError(422, 'form_param_missing', 'actor.sub must be included.', 'actor');
  }
  if (sub === user.id) {
    throw new ApiError(422, 'form_param_value_invalid', 'Nobody can act as themselves.', 'actor');
  }
  return { ...(actor as object), sub };
}

function seconds(request: Request, name: string, fallback: number): number {
  const body: unknown = request.body;
  const value = (isRecord(body) ? body[name] : undefined) ?? fallback;
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  throw new ApiError(422, 'form_param_value_invalid', `${name} must be a whole number above 0.`, name);
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { field, parameter } from '../http/form.js';
import { signInResource } from '../resources/sign-in.resource.js';
import type { ActorToken, User } from '../state/state.js';
import { endSession, startSession } from './session-lifecycle.js';
import { newSignIn } from './new-sign-in.js';
import { answer, clientOf, ensureClient } from './visitor.js';

interface Ticket {
  ticket: ActorToken;
  user: User;
}

/** Acting in somebody's name: the link of an actor token, and the sign-in that takes its ticket, once. */
export function ticketRoutes(context: Context): Router {
  const router = Router();

  // ClerkJS takes no ticket from who is signed in, so the link ends that first. Only a ticket can do so.
  router.get('/tickets/accept', (request, response) => {
    const token = parameter(request, 'ticket') ?? '';
    const client = clientOf(context, request);
    if (client && ticketOf(token)?.status === 'pending') {
      for (const session of context.store.sessionsOf({ clientId: client.id })) endSession(context, session);
      context.store.save();
    }
    response.redirect(303, `/sign-in?__clerk_ticket=${encodeURIComponent(token)}`);
  });

  router.post('/client/sign_ins', async (request, response, next) => {
    if (field(request, 'strategy') !== 'ticket') return next();
    const { ticket, user } = redeem(field(request, 'ticket') ?? '');
    const client = ensureClient(context, request, response);
    const session = startSession(context, request, client, user, ticket);
    client.signIn = {
      ...newSignIn(user),
      strategy: 'ticket',
      status: 'complete',
      createdSessionId: session.id,
    };
    context.store.save();
    await answer(context, response, client, signInResource(context, client.signIn));
  });

  return router;

  function ticketOf(token: string): ActorToken | undefined {
    return context.store.state.actorTokens.find((candidate) => candidate.token === token);
  }

  function redeem(token: string): Ticket {
    const ticket = ticketOf(token);
    const user = ticket && context.store.user(ticket.userId);
    if (!user || ticket.status === 'revoked') {
      throw new ApiError(422, 'ticket_invalid_code', 'The link is not valid.');
    }
    if (ticket.status === 'accepted') {
      throw new ApiError(422, 'actor_token_already_used', 'The link has been used already.');
    }
    if (ticket.expiresAt < Date.now())
      throw new ApiError(422, 'ticket_expired_code', 'The link has expired.');
    Object.assign(ticket, { status: 'accepted', updatedAt: Date.now() });
    return { ticket, user };
  }
}

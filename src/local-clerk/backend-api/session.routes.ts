import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { endSession } from '../frontend-api/session-lifecycle.js';
import { sessionRecord } from '../resources/session.resource.js';
import type { Session } from '../state/state.js';
import { sendJson } from '../http/send-json.js';

/** `sessions.getSession()` and `sessions.revokeSession()`. */
export function backendSessionRoutes(context: Context): Router {
  const router = Router();

  router.get('/sessions/:id', (request, response) => {
    sendJson(response, sessionRecord(context, find(request)));
  });

  router.post('/sessions/:id/revoke', (request, response) => {
    const session = find(request);
    endSession(context, session, 'revoked');
    context.store.save();
    sendJson(response, sessionRecord(context, session));
  });

  // Refresh cookies exist with live keys only.
  router.post('/sessions/:id/refresh', () => {
    throw new ApiError(400, 'refresh_not_supported', 'The local Clerk gives out no refresh tokens.');
  });

  return router;

  function find(request: Request): Session {
    const session = context.store.session(segment(request, 'id'));
    if (!session) throw notFound('session');
    return session;
  }
}

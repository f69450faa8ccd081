import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { sessionResource } from '../resources/session.resource.js';
import { sessionToken } from '../session-token.js';
import { activateOrganization } from './active-organization.js';
import { endSession } from './session-lifecycle.js';
import { answer, clientOf, ownSession } from './visitor.js';
import { sendJson } from '../http/send-json.js';

/** The session in use: touched, switched to an organisation, refreshed, ended. */
export function sessionRoutes(context: Context): Router {
  const router = Router();

  router.post('/client/sessions/:id/touch', async (request, response) => {
    const session = ownSession(context, request, segment(request, 'id'));
    const organization = field(request, 'active_organization_id');
    if (organization !== undefined && !activateOrganization(context, session, organization)) {
      throw notFound('organization');
    }
    session.lastActiveAt = Date.now();
    context.store.save();
    await answer(context, response, clientOf(context, request), await sessionResource(context, session));
  });

  // Once in 43 seconds for each browser: not worth a write.
  router.post('/client/sessions/:id/tokens', async (request, response) => {
    const session = ownSession(context, request, segment(request, 'id'));
    session.lastActiveAt = Date.now();
    const organization = field(request, 'organization_id');
    const view = { ...session };
    if (organization !== undefined) activateOrganization(context, view, organization);
    sendJson(response, { object: 'token', jwt: await sessionToken(context, view) });
  });

  router.post(['/client/sessions/:id/end', '/client/sessions/:id/remove'], async (request, response) => {
    const session = ownSession(context, request, segment(request, 'id'));
    endSession(context, session);
    context.store.save();
    await answer(context, response, clientOf(context, request), await sessionResource(context, session));
  });

  return router;
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { clientResource } from '../resources/client.resource.js';
import { answer, clientOf } from './visitor.js';
import { endSession } from './session-lifecycle.js';
import { sendJson } from '../http/send-json.js';

/** Who this browser is, and signing it out. A browser without a cookie gets null, and a client when it signs in. */
export function clientRoutes(context: Context): Router {
  const router = Router();

  router.get('/client', async (request, response) => {
    const client = clientOf(context, request);
    sendJson(response, { response: client ? await clientResource(context, client) : null, client: null });
  });

  router.delete(['/client', '/client/sessions'], async (request, response) => {
    const client = clientOf(context, request);
    if (client) {
      for (const session of context.store.sessionsOf({ clientId: client.id })) endSession(context, session);
      Object.assign(client, { signIn: null, signUp: null });
      context.store.save();
    }
    const resource = client ? await clientResource(context, client) : null;
    sendJson(response, { response: resource, client: resource });
  });

  router.put('/client', async (request, response) => {
    const client = clientOf(context, request);
    await answer(context, response, client, client ? await clientResource(context, client) : null);
  });

  return router;
}

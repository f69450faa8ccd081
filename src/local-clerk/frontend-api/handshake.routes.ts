import { Router } from 'express';
import type { Context } from '../context.js';
import { handshakeDirectives } from '../cookies.js';
import { parameter } from '../http/form.js';
import { redirectTarget } from '../http/redirect-target.js';
import { sign } from '../session-token.js';
import { activateOrganization } from './active-organization.js';
import { clientOf } from './visitor.js';

/**
 * The handshake: tells the application, by way of the browser, who the client cookie stands for. Redirects to the
 * application's own origin only. With `format=nonce` the cookies wait for the server to fetch them; otherwise they
 * travel in a signed token.
 */
export function handshakeRoutes(context: Context): Router {
  const router = Router();
  router.get('/client/handshake', async (request, response) => {
    const target = redirectTarget(parameter(request, 'redirect_url'), context.origin);
    const client = clientOf(context, request);
    const session = client && context.store.sessionsOf({ clientId: client.id })[0];
    const organization = parameter(request, 'organization_id');
    if (session && organization !== undefined && activateOrganization(context, session, organization)) {
      context.store.save();
    }
    const directives = await handshakeDirectives(context, client, session);
    if (parameter(request, 'format') === 'nonce') {
      target.searchParams.set('__clerk_handshake_nonce', context.nonces.add(directives));
    } else {
      target.searchParams.set('__clerk_handshake', await sign(context, { handshake: directives }));
    }
    response.redirect(307, target.href);
  });
  return router;
}

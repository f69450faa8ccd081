import { Router } from 'express';
import type { Context } from '../context.js';
import { actorTokenRoutes } from './actor-token.routes.js';
import { backendBillingRoutes } from './billing.routes.js';
import { backendOrganizationRoutes } from './organization.routes.js';
import { handshakePayloadRoutes } from './handshake-payload.routes.js';
import { jwksRoutes } from './jwks.routes.js';
import { requireSecretKey } from './require-secret-key.js';
import { backendSessionRoutes } from './session.routes.js';
import { backendUserRoutes } from './user.routes.js';

/** What `@clerk/backend` calls, with the secret key. Every path here is refused without it. */
export function backendApi(context: Context): Router {
  const router = Router();
  router.use(
    ['/jwks', '/clients', '/users', '/sessions', '/organizations', '/billing', '/actor_tokens'],
    requireSecretKey(context),
  );
  router.use(
    actorTokenRoutes(context),
    jwksRoutes(context),
    handshakePayloadRoutes(context),
    backendUserRoutes(context),
    backendSessionRoutes(context),
    backendOrganizationRoutes(context),
    backendBillingRoutes(context),
  );
  return router;
}

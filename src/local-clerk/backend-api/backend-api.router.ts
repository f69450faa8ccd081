import express, { Router } from 'express';
import type { Context } from '../context.js';
import { actorTokenRoutes } from './actor-token.routes.js';
import { backendApiKeyRoutes } from './api-key.routes.js';
import { backendBillingRoutes } from './billing.routes.js';
import { machineRoutes } from './machine.routes.js';
import { m2mTokenRoutes } from './m2m-token.routes.js';
import { oauthAccessTokenRoutes } from './oauth-access-token.routes.js';
import { handshakePayloadRoutes } from './handshake-payload.routes.js';
import { instanceRoutes } from './instance.routes.js';
import { jwksRoutes } from './jwks.routes.js';
import { backendMemberRoutes } from './member.routes.js';
import { backendOrganizationRoutes } from './organization.routes.js';
import { backendRoleRoutes } from './role.routes.js';
import { requireSecretKey } from './require-secret-key.js';
import { backendSessionRoutes } from './session.routes.js';
import { backendUserRoutes } from './user.routes.js';

const PATHS = [
  '/jwks',
  '/clients',
  '/users',
  '/sessions',
  '/organizations',
  '/billing',
  '/actor_tokens',
  '/api_keys',
  '/machines',
  '/oauth_applications',
  '/local',
  '/instance',
  '/organization_roles',
  '/organization_permissions',
];

/** What `@clerk/backend` calls, with the secret key and JSON. Every path here is refused without the key. */
export function backendApi(context: Context): Router {
  const router = Router();
  router.use(PATHS, requireSecretKey(context), express.json({ limit: '64kb' }));
  router.use(
    actorTokenRoutes(context),
    jwksRoutes(context),
    handshakePayloadRoutes(context),
    backendUserRoutes(context),
    backendSessionRoutes(context),
    backendOrganizationRoutes(context),
    backendMemberRoutes(context),
    backendRoleRoutes(),
    backendBillingRoutes(context),
    backendApiKeyRoutes(context),
    instanceRoutes(context),
    machineRoutes(context),
    m2mTokenRoutes(context),
    oauthAccessTokenRoutes(context),
  );
  return router;
}

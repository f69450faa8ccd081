import { Router } from 'express';
import type { Context } from '../context.js';
import { sendJson } from '../http/send-json.js';

/** The public key that session tokens are verified with. */
export function jwksRoutes({ instance }: Context): Router {
  const router = Router();
  router.get('/jwks', (_request, response) => {
    sendJson(response, { keys: [{ ...instance.publicJwk, kid: instance.keyId, alg: 'RS256', use: 'sig' }] });
  });
  return router;
}

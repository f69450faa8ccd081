import { Router } from 'express';
import type { Context } from '../context.js';
import { environmentResource } from '../resources/environment.resource.js';
import { sendJson } from '../http/send-json.js';

/** The instance's settings. ClerkJS asks with PATCH under a `pk_test_` key. */
export function environmentRoutes(context: Context): Router {
  const router = Router();
  router
    .route('/environment')
    .get((_request, response) => sendJson(response, environmentResource(context)))
    .patch((_request, response) => sendJson(response, environmentResource(context)));
  return router;
}

import { Router } from 'express';
import { environmentResource } from '../resources/environment.resource.js';
import { sendJson } from '../http/send-json.js';

/** The instance's settings. ClerkJS asks with PATCH under a `pk_test_` key. */
export function environmentRoutes(): Router {
  const router = Router();
  router
    .route('/environment')
    .get((_request, response) => sendJson(response, environmentResource))
    .patch((_request, response) => sendJson(response, environmentResource));
  return router;
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { organizationResource } from '../resources/organization.resource.js';
import { sendJson } from '../http/send-json.js';

/** `organizations.getOrganization()`, by id or slug. */
export function backendOrganizationRoutes(context: Context): Router {
  const router = Router();

  router.get('/organizations/:id', (request, response) => {
    const organization = context.store.organization(segment(request, 'id'));
    if (!organization) throw notFound('organization');
    sendJson(response, { ...organizationResource(context, organization), private_metadata: {} });
  });

  return router;
}

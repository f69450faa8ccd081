import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { page } from '../http/page.js';
import { membershipResource, organizationResource } from '../resources/organization.resource.js';
import { sendJson } from '../http/send-json.js';

/** `organizations.getOrganization()`, by id or slug, and its list of members. */
export function backendOrganizationRoutes(context: Context): Router {
  const router = Router();

  router.get('/organizations/:id', (request, response) => {
    const organization = context.store.organization(segment(request, 'id'));
    if (!organization) throw notFound('organization');
    sendJson(response, { ...organizationResource(context, organization), private_metadata: {} });
  });

  router.get('/organizations/:id/memberships', (request, response) => {
    const { data, total_count } = page(request, context.store.membersOf(segment(request, 'id')));
    sendJson(response, {
      data: data.map((membership) => membershipResource(context, membership)),
      total_count,
    });
  });

  return router;
}

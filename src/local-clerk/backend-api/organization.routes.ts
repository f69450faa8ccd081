import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { textOf } from '../http/json-body.js';
import { createOrganization } from '../organizations.js';
import { organizationResource } from '../resources/organization.resource.js';
import type { Organization } from '../state/state.js';
import { sendJson } from '../http/send-json.js';

/** `organizations.getOrganization()`, by id or slug, and `createOrganization()`. Metadata is not kept. */
export function backendOrganizationRoutes(context: Context): Router {
  const router = Router();

  router.get('/organizations/:id', (request, response) => {
    const organization = context.store.organization(segment(request, 'id'));
    if (!organization) throw notFound('organization');
    sendJson(response, resource(organization));
  });

  router.post('/organizations', (request, response) => {
    const name = textOf(request, 'name') ?? undefined;
    const slug = textOf(request, 'slug') ?? undefined;
    const createdBy = textOf(request, 'created_by') ?? null;
    if (createdBy !== null && !context.store.user(createdBy)) throw notFound('user');
    const organization = createOrganization(context.store, { name, slug, createdBy });
    context.store.save();
    sendJson(response, resource(organization));
  });

  return router;

  function resource(organization: Organization) {
    return { ...organizationResource(context, organization), private_metadata: {} };
  }
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { field } from '../http/form.js';
import { createOrganization, readName, readSlug } from '../organizations.js';
import { organizationResource } from '../resources/organization.resource.js';
import { removeOrganization } from '../state/removal.js';
import { adminOf, memberOf } from './member.js';
import { answer, clientOf, currentUser } from './visitor.js';

/** Organisations themselves: created, renamed, deleted. */
export function organizationRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.post('/organizations', async (request, response) => {
    const user = currentUser(context, request);
    const [name, slug] = [field(request, 'name'), field(request, 'slug')];
    const organization = createOrganization(store, { name, slug, createdBy: user.id });
    store.save();
    await answer(context, response, clientOf(context, request), organizationResource(context, organization));
  });

  router
    .route('/organizations/:organization')
    .get(async (request, response) => {
      const { organization } = memberOf(context, request);
      await answer(
        context,
        response,
        clientOf(context, request),
        organizationResource(context, organization),
      );
    })
    .patch(async (request, response) => {
      const organization = adminOf(context, request);
      const slug = field(request, 'slug');
      Object.assign(organization, {
        name: readName(field(request, 'name') ?? organization.name),
        slug: slug && slug !== organization.slug ? readSlug(store, slug) : organization.slug,
        updatedAt: Date.now(),
      });
      store.save();
      await answer(
        context,
        response,
        clientOf(context, request),
        organizationResource(context, organization),
      );
    })
    .delete(async (request, response) => {
      const organization = adminOf(context, request);
      removeOrganization(store.state, organization);
      store.save();
      const deleted = { object: 'organization', id: organization.id, slug: organization.slug, deleted: true };
      await answer(context, response, clientOf(context, request), deleted);
    });

  return router;
}

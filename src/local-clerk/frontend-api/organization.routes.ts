import { Router } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { field } from '../http/form.js';
import { addMember } from '../memberships.js';
import { randomId } from '../random.js';
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
    const name = readName(field(request, 'name'));
    const slug = readSlug(field(request, 'slug') || defaultSlug(name));
    const now = Date.now();
    const times = { createdAt: now, updatedAt: now };
    const organization = { id: randomId('org'), name, slug, createdBy: user.id, ...times };
    store.state.organizations.push(organization);
    addMember(store.state, organization.id, user.id, 'org:admin');
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
        slug: slug && slug !== organization.slug ? readSlug(slug) : organization.slug,
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

  function readSlug(slug: string): string {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(slug)) {
      const message = 'A slug has lower-case letters, digits and hyphens only.';
      throw new ApiError(422, 'form_param_format_invalid', message, 'slug');
    }
    if (store.organization(slug)) {
      throw new ApiError(422, 'form_identifier_exists', 'That slug is taken. Please try another.', 'slug');
    }
    return slug;
  }
}

function readName(value: string | undefined): string {
  const name = value?.trim() ?? '';
  if (name === '' || name.length > 100) {
    throw new ApiError(422, 'form_param_value_invalid', 'Enter a name of at most 100 characters.', 'name');
  }
  return name;
}

function defaultSlug(name: string): string {
  const readable = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${readable || 'org'}-${Date.now()}`.slice(-64).replace(/^-/, '');
}

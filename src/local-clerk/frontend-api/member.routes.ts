import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field, parameter, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { membershipResource } from '../resources/organization.resource.js';
import { roleResource } from '../resources/role.resource.js';
import { assertNotLastAdmin, readRole, removeMembership } from '../memberships.js';
import { roles } from '../roles.js';
import type { Membership, Organization } from '../state/state.js';
import { adminOf, memberOf } from './member.js';
import { answer, clientOf } from './visitor.js';

/** OrganizationProfile's list of members. */
export function memberRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.get('/organizations/:organization/roles', async (request, response) => {
    memberOf(context, request);
    const data = roles.map(roleResource);
    await answer(context, response, clientOf(context, request), { data, total_count: data.length });
  });

  router.get('/organizations/:organization/memberships', async (request, response) => {
    const { organization } = memberOf(context, request);
    const query = (parameter(request, 'query') ?? '').toLowerCase();
    const members = store
      .membersOf(organization.id)
      .filter(({ userId }) => searchText(userId).includes(query));
    const { data, total_count } = page(request, members);
    await answer(context, response, clientOf(context, request), {
      data: data.map((membership) => membershipResource(context, membership)),
      total_count,
    });
  });

  router
    .route('/organizations/:organization/memberships/:user')
    .patch(async (request, response) => {
      const membership = memberIn(adminOf(context, request), request);
      const role = readRole(field(request, 'role'));
      if (role !== 'org:admin') assertNotLastAdmin(store.membersOf(membership.organizationId), membership);
      Object.assign(membership, { role, updatedAt: Date.now() });
      store.save();
      await answer(context, response, clientOf(context, request), membershipResource(context, membership));
    })
    .delete(async (request, response) => {
      const membership = memberIn(adminOf(context, request), request);
      removeMembership(context, membership);
      store.save();
      await answer(context, response, clientOf(context, request), membershipResource(context, membership));
    });

  // Verified domains, and requests to join through them, are not part of the local Clerk.
  router.get(
    ['/organizations/:organization/domains', '/organizations/:organization/membership_requests'],
    async (request, response) => {
      memberOf(context, request);
      await answer(context, response, clientOf(context, request), { data: [], total_count: 0 });
    },
  );

  return router;

  function memberIn(organization: Organization, request: Request): Membership {
    const membership = store.membership(segment(request, 'user'), organization.id);
    if (!membership) throw notFound('membership');
    return membership;
  }

  function searchText(userId: string): string {
    const user = store.user(userId);
    return user ? `${user.firstName} ${user.lastName} ${user.emailAddress}`.toLowerCase() : '';
  }
}

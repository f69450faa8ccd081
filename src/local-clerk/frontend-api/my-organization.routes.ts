import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { page } from '../http/page.js';
import { endInvitation } from '../invitations.js';
import { addMember, removeMembership } from '../memberships.js';
import { invitationResource, membershipResource } from '../resources/organization.resource.js';
import type { User } from '../state/state.js';
import { answer, clientOf, currentUser } from './visitor.js';

/** The signed-in user's organisations and invitations, as OrganizationSwitcher lists them. */
export function myOrganizationRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.get('/me/organization_memberships', async (request, response) => {
    const memberships = store.membershipsOf(currentUser(context, request).id);
    const { data, total_count } = page(request, memberships);
    await answer(context, response, clientOf(context, request), {
      data: data.map((membership) => membershipResource(context, membership)),
      total_count,
    });
  });

  router.delete('/me/organization_memberships/:organization', async (request, response) => {
    const user = currentUser(context, request);
    const membership = store.membership(user.id, segment(request, 'organization'));
    if (!membership) throw notFound('membership');
    removeMembership(context, membership);
    store.save();
    await answer(context, response, clientOf(context, request), {
      object: 'organization_membership',
      id: membership.id,
      deleted: true,
    });
  });

  router.get('/me/organization_invitations', async (request, response) => {
    const { data, total_count } = page(request, invitationsOf(currentUser(context, request)));
    await answer(context, response, clientOf(context, request), {
      data: data.map((invitation) => invitationResource(context, invitation)),
      total_count,
    });
  });

  router.post('/me/organization_invitations/:id/accept', async (request, response) => {
    const user = currentUser(context, request);
    const invitation = invitationsOf(user).find(({ id }) => id === segment(request, 'id'));
    if (!invitation) throw notFound('invitation');
    const { organizationId, role } = invitation;
    endInvitation(store.state, invitation);
    addMember(store.state, organizationId, user.id, role);
    store.save();
    const resource = { ...invitationResource(context, invitation), status: 'accepted' };
    await answer(context, response, clientOf(context, request), resource);
  });

  // Suggestions come from verified domains, which the local Clerk does not have.
  router.get('/me/organization_suggestions', async (request, response) => {
    currentUser(context, request);
    await answer(context, response, clientOf(context, request), { data: [], total_count: 0 });
  });

  return router;

  function invitationsOf(user: User) {
    return store.state.invitations.filter(({ emailAddress }) => emailAddress === user.emailAddress);
  }
}

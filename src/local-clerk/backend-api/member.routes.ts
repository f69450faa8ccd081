import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field, parameters, segment } from '../http/form.js';
import { requiredTextOf } from '../http/json-body.js';
import { alreadyMember, endInvitation, invite } from '../invitations.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { addMember, assertNotLastAdmin, readRole, removeMembership } from '../memberships.js';
import { invitationResource, membershipResource } from '../resources/organization.resource.js';
import type { Membership, Organization } from '../state/state.js';

/** `organizations`: memberships and invitations, made, changed and ended by the application. */
export function backendMemberRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router
    .route('/organizations/:id/memberships')
    .get((request, response) => {
      const { data, total_count } = page(request, store.membersOf(organizationOf(request).id));
      const members = data.map((membership) => membershipResource(context, membership));
      sendJson(response, { data: members, total_count });
    })
    .post((request, response) => {
      const user = store.user(requiredTextOf(request, 'user_id'));
      if (!user) throw notFound('user');
      const role = readRole(field(request, 'role'));
      const organization = organizationOf(request);
      if (store.membership(user.id, organization.id)) throw alreadyMember(user.emailAddress);
      const membership = addMember(store.state, organization.id, user.id, role);
      store.save();
      sendJson(response, membershipResource(context, membership));
    });

  router
    .route('/organizations/:id/memberships/:user')
    .patch((request, response) => {
      const membership = membershipOf(request);
      const role = readRole(field(request, 'role'));
      if (role !== 'org:admin') assertNotLastAdmin(store.membersOf(membership.organizationId), membership);
      Object.assign(membership, { role, updatedAt: Date.now() });
      store.save();
      sendJson(response, membershipResource(context, membership));
    })
    .delete((request, response) => {
      const membership = membershipOf(request);
      removeMembership(context, membership);
      store.save();
      sendJson(response, membershipResource(context, membership));
    });

  router
    .route('/organizations/:id/invitations')
    .get((request, response) => {
      // Accepted and revoked ones are not kept.
      const asked = parameters(request, 'status');
      const isAsked = asked.length === 0 || asked.includes('pending');
      const { id } = organizationOf(request);
      const pending = store.state.invitations.filter(
        ({ organizationId }) => isAsked && organizationId === id,
      );
      const { data, total_count } = page(request, pending);
      const invitations = data.map((invitation) => invitationResource(context, invitation));
      sendJson(response, { data: invitations, total_count });
    })
    .post((request, response) => {
      const { id } = organizationOf(request);
      const address = requiredTextOf(request, 'email_address');
      const [invitation] = invite(store, id, [address], readRole(field(request, 'role')));
      store.save();
      sendJson(response, invitation && invitationResource(context, invitation));
    });

  router.post('/organizations/:id/invitations/:invitation/revoke', (request, response) => {
    const { id } = organizationOf(request);
    const invitation = store.state.invitations.find(
      (candidate) => candidate.id === segment(request, 'invitation') && candidate.organizationId === id,
    );
    if (!invitation) throw notFound('invitation');
    endInvitation(store.state, invitation);
    store.save();
    sendJson(response, { ...invitationResource(context, invitation), status: 'revoked' });
  });

  return router;

  function organizationOf(request: Request): Organization {
    const organization = store.organization(segment(request, 'id'));
    if (!organization) throw notFound('organization');
    return organization;
  }

  function membershipOf(request: Request): Membership {
    const membership = store.membership(segment(request, 'user'), organizationOf(request).id);
    if (!membership) throw notFound('membership');
    return membership;
  }
}

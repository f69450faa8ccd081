import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field, fields, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { endInvitation, invite } from '../invitations.js';
import { readRole } from '../memberships.js';
import { invitationResource } from '../resources/organization.resource.js';
import { adminOf, memberOf } from './member.js';
import { answer, clientOf } from './visitor.js';

/** Invitations to an organisation. Nothing is mailed: the invited user finds them in OrganizationSwitcher. */
export function invitationRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.get('/organizations/:organization/invitations', async (request, response) => {
    const { organization } = memberOf(context, request);
    const invitations = store.state.invitations.filter((item) => item.organizationId === organization.id);
    const { data, total_count } = page(request, invitations);
    await answer(context, response, clientOf(context, request), {
      data: data.map((invitation) => invitationResource(context, invitation)),
      total_count,
    });
  });

  router.post('/organizations/:organization/invitations/bulk', async (request, response) => {
    const { id: organizationId } = adminOf(context, request);
    const role = readRole(field(request, 'role'));
    const added = invite(store, organizationId, fields(request, 'email_address'), role);
    store.save();
    const resources = added.map((invitation) => invitationResource(context, invitation));
    await answer(context, response, clientOf(context, request), resources);
  });

  router.post('/organizations/:organization/invitations/:id/revoke', async (request, response) => {
    const organization = adminOf(context, request);
    const invitation = store.state.invitations.find(
      ({ id, organizationId }) => id === segment(request, 'id') && organizationId === organization.id,
    );
    if (!invitation) throw notFound('invitation');
    endInvitation(store.state, invitation);
    store.save();
    const resource = { ...invitationResource(context, invitation), status: 'revoked' };
    await answer(context, response, clientOf(context, request), resource);
  });

  return router;
}

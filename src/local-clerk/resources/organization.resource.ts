import { currentPlan } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { heldPermissions } from '../permission-claims.js';
import { roleOf } from '../roles.js';
import type { Invitation, Membership, Organization } from '../state/state.js';
import { imageUrl, initials } from './image-url.js';
import { publicUserData } from './user.resource.js';

/** Most members that an organisation may have. */
export const MAXIMUM_MEMBERS = 20;

/** An organisation as both APIs show it. */
export function organizationResource(context: Context, organization: Organization) {
  const { id, name, slug, createdBy, createdAt, updatedAt } = organization;
  return {
    object: 'organization',
    id,
    name,
    slug,
    image_url: imageUrl(context, initials(name)),
    has_image: false,
    members_count: context.store.membersOf(id).length,
    pending_invitations_count: context.store.state.invitations.filter((item) => item.organizationId === id)
      .length,
    max_allowed_memberships: MAXIMUM_MEMBERS,
    admin_delete_enabled: true,
    public_metadata: {},
    created_by: createdBy ?? undefined,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** A membership with both its ends, and what it allows now: ClerkJS asks it where the server asks the token. */
export function membershipResource(context: Context, membership: Membership) {
  const organization = context.store.organization(membership.organizationId);
  const user = context.store.user(membership.userId);
  const role = roleOf(membership.role);
  const plan = currentPlan(context.store.state, { kind: 'org', id: membership.organizationId });
  return {
    object: 'organization_membership',
    id: membership.id,
    role: membership.role,
    role_name: role.name,
    permissions: [...role.system, ...heldPermissions(membership.role, plan)],
    public_metadata: {},
    organization: organization && organizationResource(context, organization),
    public_user_data: user && publicUserData(context, user),
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  };
}

/** A pending invitation, as its organisation and as the invited user see it. */
export function invitationResource(context: Context, invitation: Invitation) {
  const organization = context.store.organization(invitation.organizationId);
  return {
    object: 'organization_invitation',
    id: invitation.id,
    email_address: invitation.emailAddress,
    organization_id: invitation.organizationId,
    public_organization_data: organization && organizationResource(context, organization),
    role: invitation.role,
    role_name: roleOf(invitation.role).name,
    status: 'pending',
    public_metadata: {},
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

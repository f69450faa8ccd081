import type { Request } from 'express';
import type { Context } from '../context.js';
import { forbidden, notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import type { Membership, Organization } from '../state/state.js';
import { currentUser } from './visitor.js';

/** @throws {ApiError} 404 for those who are no members: they must not learn that it exists. */
export function memberOf(
  context: Context,
  request: Request,
): { organization: Organization; membership: Membership } {
  const user = currentUser(context, request);
  const organization = context.store.organization(segment(request, 'organization'));
  const membership = organization && context.store.membership(user.id, organization.id);
  if (!membership) throw notFound('organization');
  return { organization, membership };
}

/** @throws {ApiError} 403 for members who are not admins. */
export function adminOf(context: Context, request: Request): Organization {
  const { organization, membership } = memberOf(context, request);
  if (membership.role !== 'org:admin') throw forbidden();
  return organization;
}

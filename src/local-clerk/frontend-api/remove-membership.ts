import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import type { Membership } from '../state/state.js';

/**
 * Takes a member out; sessions of theirs that were in the organisation fall back to the personal account. The caller saves.
 *
 * @throws {ApiError} 403 for the last admin: nobody could manage the organisation any more.
 */
export function removeMembership({ store }: Context, membership: Membership): void {
  assertNotLastAdmin(store.membersOf(membership.organizationId), membership);
  store.state.memberships = store.state.memberships.filter((other) => other !== membership);
  for (const session of store.sessionsOf({ userId: membership.userId })) {
    if (session.activeOrganizationId === membership.organizationId) session.activeOrganizationId = null;
  }
}

/** @throws {ApiError} 403 when this member is the only admin. */
export function assertNotLastAdmin(members: readonly Membership[], membership: Membership): void {
  const admins = members.filter(({ role }) => role === 'org:admin');
  if (admins.length === 1 && admins[0] === membership) {
    throw new ApiError(403, 'organization_minimum_permissions_needed', 'There has to be at least one admin.');
  }
}

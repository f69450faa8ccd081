import type { Context } from './context.js';
import { ApiError } from './http/api.error.js';
import { randomId } from './random.js';
import { isRole, type Role } from './roles.js';
import type { Membership, State } from './state/state.js';

/** Makes a user a member, unless they are one already. The caller saves. */
export function addMember(state: State, organizationId: string, userId: string, role: Role): Membership {
  const known = state.memberships.find(
    (membership) => membership.organizationId === organizationId && membership.userId === userId,
  );
  if (known) return known;
  const now = Date.now();
  const membership = { id: randomId('orgmem'), organizationId, userId, role, createdAt: now, updatedAt: now };
  state.memberships.push(membership);
  return membership;
}

/** @throws {ApiError} 422 for a role that the local Clerk does not have. */
export function readRole(value: string | undefined): Role {
  if (isRole(value)) return value;
  throw new ApiError(422, 'form_param_value_invalid', 'There is no such role.', 'role');
}

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

import { readEmailAddress } from './email-address.js';
import { ApiError } from './http/api.error.js';
import { randomId } from './random.js';
import type { Role } from './roles.js';
import type { Invitation, State } from './state/state.js';
import type { Store } from './state/store.js';

/**
 * Invites all the addresses or, when it refuses one, none. Nothing is mailed: the invited users find it in
 * OrganizationSwitcher. The caller saves.
 *
 * @throws {ApiError} 422 for what is no address, 400 for members and for those who are invited already.
 */
export function invite(store: Store, organizationId: string, addresses: string[], role: Role): Invitation[] {
  // ClerkJS sends an empty one for the comma after the last.
  const given = addresses.filter((address) => address.trim() !== '');
  if (given.length === 0) throw new ApiError(422, 'form_param_missing', 'Enter an address.', 'email_address');
  const emailAddresses = [...new Set(given.map(readEmailAddress))];
  assertNoMember(store, organizationId, emailAddresses);
  assertNotInvited(store, organizationId, emailAddresses);
  const now = Date.now();
  const invitations = emailAddresses.map((emailAddress) => ({
    id: randomId('orginv'),
    organizationId,
    emailAddress,
    role,
    createdAt: now,
    updatedAt: now,
  }));
  store.state.invitations.push(...invitations);
  return invitations;
}

/** Takes an invitation out of the pending ones, accepted or revoked. The caller saves. */
export function endInvitation(state: State, invitation: Invitation): void {
  state.invitations = state.invitations.filter((other) => other !== invitation);
}

/** 400 for somebody who is a member already, named as ClerkJS is to name them. */
export function alreadyMember(emailAddress: string): ApiError {
  const message = `${emailAddress} is already a member of the organization.`;
  return new ApiError(400, 'already_a_member_in_organization', message);
}

function assertNoMember(store: Store, organizationId: string, emailAddresses: string[]): void {
  const member = emailAddresses.find((address) => {
    const user = store.userByEmail(address);
    return user && store.membership(user.id, organizationId);
  });
  // ClerkJS takes the address from the text.
  if (member) throw alreadyMember(member);
}

function assertNotInvited({ state }: Store, organizationId: string, emailAddresses: string[]): void {
  const invited = state.invitations
    .filter((invitation) => invitation.organizationId === organizationId)
    .map(({ emailAddress }) => emailAddress)
    .filter((address) => emailAddresses.includes(address));
  if (invited.length === 0) return;
  const message = `There are already pending invitations for: ${invited.join(', ')}.`;
  throw new ApiError(400, 'duplicate_record', message, undefined, { email_addresses: invited });
}

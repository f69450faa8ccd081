import type { Organization, State, User } from './state.js';

/** Removes an account with all that hangs on it. Organisations that it leaves nobody in go too. */
export function removeUser(state: State, user: User): void {
  const others = (record: { userId: string }) => record.userId !== user.id;
  const left = state.memberships.filter(({ userId }) => userId === user.id);
  state.users = state.users.filter((other) => other !== user);
  state.memberships = state.memberships.filter(others);
  state.sessions = state.sessions.filter(others);
  state.actorTokens = state.actorTokens.filter(others);
  state.externalAccounts = state.externalAccounts.filter(others);
  removePayer(state, user.id);
  removeKeys(state, user.id);
  for (const { organizationId } of left) {
    const organization = state.organizations.find(({ id }) => id === organizationId);
    const inhabited = state.memberships.some((membership) => membership.organizationId === organizationId);
    if (organization && !inhabited) removeOrganization(state, organization);
  }
}

/** Removes an organisation with all that hangs on it; sessions that were in it fall back to the personal account. */
export function removeOrganization(state: State, organization: Organization): void {
  const others = (record: { organizationId: string }) => record.organizationId !== organization.id;
  state.organizations = state.organizations.filter((other) => other !== organization);
  state.memberships = state.memberships.filter(others);
  state.invitations = state.invitations.filter(others);
  removePayer(state, organization.id);
  removeKeys(state, organization.id);
  for (const session of state.sessions) {
    if (session.activeOrganizationId === organization.id) session.activeOrganizationId = null;
  }
}

function removePayer(state: State, id: string): void {
  state.subscriptions = state.subscriptions.filter(({ payerId }) => payerId !== id);
  state.paymentMethods = state.paymentMethods.filter(({ payerId }) => payerId !== id);
}

function removeKeys(state: State, id: string): void {
  state.oauthAccessTokens = state.oauthAccessTokens.filter(({ userId }) => userId !== id);
  state.apiKeys = state.apiKeys.filter(({ subject }) => subject !== id);
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const organizationId = 'org_analytical_engines';

describe('members and invitations over the Backend API', () => {
  let app: LocalApp;

  beforeEach(async () => {
    app = await LocalApp.start();
  });
  afterEach(() => app.remove());

  it('a role that the application gives is in the next token', async () => {
    const member = new Browser(app);
    await member.signIn(...charles);
    const path = `/client/sessions/${member.sessionId()}/touch`;
    await member.call('POST', path, { active_organization_id: organizationId });
    const { organizations } = app.backend;
    const change = { organizationId, userId: 'user_charles', role: 'org:analyst' };
    expect((await organizations.updateOrganizationMembership(change)).role).toBe('org:analyst');
    expect((await member.claims())['o']).toMatchObject({ rol: 'analyst' });
    await organizations.deleteOrganizationMembership({ organizationId, userId: 'user_charles' });
    expect((await member.claims())['o']).toBeUndefined();
  });

  it('a member is made once, and the last admin stays', async () => {
    const { organizations } = app.backend;
    const made = { organizationId, userId: 'user_grace', role: 'org:member' };
    await organizations.createOrganizationMembership(made);
    await expect(organizations.createOrganizationMembership(made)).rejects.toMatchObject({
      status: 400,
      errors: [expect.objectContaining({ code: 'already_a_member_in_organization' })],
    });
    const { totalCount } = await organizations.getOrganizationMembershipList({ organizationId });
    expect(totalCount).toBe(3);
    await expect(
      organizations.updateOrganizationMembership({ organizationId, userId: 'user_ada', role: 'org:member' }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('an invitation is found by whom it is for, until it is revoked', async () => {
    const { organizations } = app.backend;
    const guest = new Browser(app);
    await guest.signIn(...grace);
    const { id } = await organizations.createOrganizationInvitation({
      organizationId,
      emailAddress: grace[0],
      role: 'org:analyst',
    });
    const found = await guest.call('GET', '/me/organization_invitations?status=pending');
    expect(found.body.response).toMatchObject({ total_count: 1, data: [{ id, role_name: 'Analyst' }] });
    const listed = await organizations.getOrganizationInvitationList({ organizationId, status: ['pending'] });
    expect(listed.data.map((invitation) => invitation.id)).toEqual([id]);
    const { totalCount } = await organizations.getOrganizationInvitationList({
      organizationId,
      status: ['accepted', 'revoked'],
    });
    expect(totalCount).toBe(0);
    const revoked = await organizations.revokeOrganizationInvitation({ organizationId, invitationId: id });
    expect(revoked.status).toBe('revoked');
    const after = await guest.call('GET', '/me/organization_invitations?status=pending');
    expect(after.body.response).toMatchObject({ total_count: 0 });
  });

  it('what does not exist is 404, and a role that there is not 422', async () => {
    const { organizations } = app.backend;
    const nobody = { organizationId, userId: 'user_nobody', role: 'org:member' };
    await expect(organizations.createOrganizationMembership(nobody)).rejects.toMatchObject({ status: 404 });
    await expect(
      organizations.getOrganizationInvitationList({ organizationId: 'org_x' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      organizations.createOrganizationMembership({ organizationId, userId: 'user_grace', role: 'org:king' }),
    ).rejects.toMatchObject({ status: 422 });
  });
});

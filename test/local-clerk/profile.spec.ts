import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada, charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

describe('the profile', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
    await browser.signIn(...grace);
  });

  afterEach(() => app.remove());

  it('renames the user, in the token and for the server too', async () => {
    const { body } = await browser.call('PATCH', '/me', { first_name: 'Amazing', last_name: '' });
    expect(body.response).toMatchObject({ first_name: 'Amazing', last_name: null });
    expect(await browser.claims()).toMatchObject({ first: 'Amazing', last: null });
    expect((await app.backend.users.getUser('user_grace')).firstName).toBe('Amazing');
  });

  it('changes the password, given the present one', async () => {
    const change = { current_password: grace[1], new_password: 'compiler-1952' };
    const wrong = await browser.call('POST', '/me/change_password', { ...change, current_password: 'no' });
    expect(wrong.body.errors?.[0]?.meta.param_name).toBe('current_password');
    expect((await browser.call('POST', '/me/change_password', change)).status).toBe(200);
    expect((await new Browser(app).signIn(...grace)).status).toBe(422);
    expect((await new Browser(app).signIn(grace[0], 'compiler-1952')).status).toBe(200);
  });

  it('signs other devices out with a change of password, if asked to', async () => {
    const other = new Browser(app);
    await other.signIn(...grace);
    const change = { current_password: grace[1], new_password: 'compiler-1952' };
    await browser.call('POST', '/me/change_password', { ...change, sign_out_of_other_sessions: 'true' });
    expect((await other.call('GET', '/me')).status).toBe(401);
    expect((await browser.call('GET', '/me')).status).toBe(200);
  });

  it('lists the devices, and signs one of them out', async () => {
    const other = new Browser(app);
    await other.signIn(...grace);
    const { body } = await browser.call('GET', '/me/sessions/active');
    expect(body).toHaveLength(2);
    await browser.call('POST', `/me/sessions/${other.sessionId()}/revoke`);
    expect((await other.call('GET', '/me')).status).toBe(401);
  });

  it("does not sign out somebody else's device", async () => {
    const other = new Browser(app);
    await other.signIn(...ada);
    expect((await browser.call('POST', `/me/sessions/${other.sessionId()}/revoke`)).status).toBe(404);
  });

  it('deletes the account and all its sessions', async () => {
    const { body } = await browser.call('DELETE', '/me');
    expect(body.response).toMatchObject({ id: 'user_grace', deleted: true });
    expect(body.client?.['sessions']).toEqual([]);
    expect((await new Browser(app).signIn(...grace)).status).toBe(422);
    await expect(app.backend.users.getUser('user_grace')).rejects.toMatchObject({ status: 404 });
  });

  it('deletes an organisation with its last member, and keeps one that has others', async () => {
    const [first, second] = [new Browser(app), new Browser(app)];
    await first.signIn(...ada);
    await second.signIn(...charles);
    await first.call('DELETE', '/me');
    const id = 'org_analytical_engines';
    expect((await app.backend.organizations.getOrganization({ organizationId: id })).membersCount).toBe(1);
    await second.call('DELETE', '/me');
    await expect(app.backend.organizations.getOrganization({ organizationId: id })).rejects.toThrow(
      'Not Found',
    );
  });

  it.each([
    ['GET', '/me'],
    ['PATCH', '/me'],
    ['DELETE', '/me'],
    ['POST', '/me/change_password'],
    ['GET', '/me/sessions/active'],
    ['GET', '/me/organization_memberships'],
    ['GET', '/me/billing/subscription'],
    ['POST', '/me/billing/checkouts'],
    ['POST', '/organizations'],
  ])('is closed to those who are signed out: %s %s', async (method, path) => {
    expect((await new Browser(app).call(method, path)).status).toBe(401);
  });
});

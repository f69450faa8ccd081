import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClerkClient } from '@clerk/backend';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Browser } from './support/browser.js';
import { ada } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

describe('the Backend API', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeAll(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
    await browser.signIn(...ada);
  });

  afterAll(() => app.remove());

  it('gives users as objects that @clerk/backend reads', async () => {
    const user = await app.backend.users.getUser('user_ada');
    expect(user).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', banned: false });
    expect(user.primaryEmailAddress?.emailAddress).toBe('ada@example.com');
  });

  it("lists a user's organisations", async () => {
    const { data, totalCount } = await app.backend.users.getOrganizationMembershipList({
      userId: 'user_ada',
    });
    expect(totalCount).toBe(1);
    expect(data[0]).toMatchObject({ role: 'org:admin', organization: { slug: 'analytical-engines' } });
  });

  it('finds organisations by id and by slug, and lists their members', async () => {
    const bySlug = await app.backend.organizations.getOrganization({ slug: 'analytical-engines' });
    const members = await app.backend.organizations.getOrganizationMembershipList({
      organizationId: bySlug.id,
    });
    expect(members.data.map(({ publicUserData }) => publicUserData?.identifier)).toEqual([
      'ada@example.com',
      'charles@example.com',
    ]);
  });

  it('shows a session, and revokes it for the browser too', async () => {
    const other = new Browser(app);
    await other.signIn(...ada);
    const id = other.sessionId();
    expect(await app.backend.sessions.getSession(id)).toMatchObject({ status: 'active', userId: 'user_ada' });
    expect((await app.backend.sessions.revokeSession(id)).status).toBe('revoked');
    expect((await other.call('POST', `/client/sessions/${id}/tokens`)).status).toBe(401);
  });

  it('publishes the key that tokens are signed with, under an id made from the key', async () => {
    const headers = { Authorization: `Bearer ${app.clerk.variables.CLERK_SECRET_KEY}` };
    const keys = createRemoteJWKSet(new URL(`${app.origin}/__clerk/v1/jwks`), { headers });
    const { payload, protectedHeader } = await jwtVerify(browser.cookies.get('__session') ?? '', keys);
    expect(payload.sub).toBe('user_ada');
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.stringMatching(/^ins_/) });
  });

  it('signs with the host of the publishable key as issuer, a host that never resolves', async () => {
    const key = app.clerk.variables.CLERK_PUBLISHABLE_KEY;
    const host = Buffer.from(key.replace('pk_test_', ''), 'base64').toString().replace('$', '');
    expect(host).toMatch(/\.test$/);
    expect((await browser.claims()).iss).toBe(`https://${host}`);
  });

  it.each(['users/none', 'sessions/none', 'organizations/none'])('answers 404 for %s', async (path) => {
    const response = await fetch(`${app.origin}/__clerk/v1/${path}`, {
      headers: { Authorization: `Bearer ${app.clerk.variables.CLERK_SECRET_KEY}` },
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('has no refresh tokens', async () => {
    const refresh = app.backend.sessions.refreshSession(browser.sessionId(), {
      expired_token: 'x',
      refresh_token: 'x',
      request_origin: app.origin,
      format: 'token',
    });
    await expect(refresh).rejects.toMatchObject({ status: 400 });
  });

  it.each([undefined, 'Bearer sk_test_wrong', 'Basic x', 'Bearer '])(
    'refuses the Authorization "%s"',
    async (authorization) => {
      for (const path of ['jwks', 'users/user_ada', 'clients/handshake_payload?nonce=x', 'sessions/x']) {
        const headers = new Headers(authorization === undefined ? [] : [['Authorization', authorization]]);
        const response = await fetch(`${app.origin}/__clerk/v1/${path}`, { headers });
        expect(response.status).toBe(401);
      }
    },
  );

  it('tells a client with a wrong secret key what is wrong', async () => {
    const apiUrl = app.clerk.variables.CLERK_API_URL;
    const stranger = createClerkClient({ secretKey: 'sk_test_wrong', apiUrl, telemetry: { disabled: true } });
    await expect(stranger.users.getUser('user_ada')).rejects.toMatchObject({
      status: 401,
      errors: [expect.objectContaining({ code: 'clerk_key_invalid' })],
    });
  });
});

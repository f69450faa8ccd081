import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser, type Json } from './support/browser.js';
import { ada, charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const ORGANIZATION = 'org_analytical_engines';
const HOUR_MS = 60 * 60_000;

let app: LocalApp;

beforeAll(async () => {
  app = await LocalApp.start();
});

afterEach(() => {
  jest.useRealTimers();
});

afterAll(() => app.remove());

describe('API keys, for the server', () => {
  it('are made with scopes, claims and an end, and are verified by their secret', async () => {
    const made = await app.backend.apiKeys.create({
      name: 'Reports',
      subject: 'user_ada',
      description: 'Nightly reports',
      scopes: ['reports:read'],
      claims: { costCentre: 'engines' },
      createdBy: 'user_ada',
      secondsUntilExpiration: 3600,
    });
    expect(made.secret).toMatch(/^ak_/);
    expect(made.expiration).toBe(made.createdAt + HOUR_MS);
    const verified = await app.backend.apiKeys.verify(made.secret ?? '');
    expect(verified).toMatchObject({
      id: made.id,
      type: 'api_key',
      name: 'Reports',
      subject: 'user_ada',
      description: 'Nightly reports',
      scopes: ['reports:read'],
      claims: { costCentre: 'engines' },
      createdBy: 'user_ada',
      revoked: false,
      expired: false,
    });
    expect(verified.secret).toBeUndefined();
  });

  it('authenticate requests where a route takes them', async () => {
    const { secret, id } = await makeKey('user_ada', { scopes: ['reports:read'] });
    const { tokenType, auth } = await authenticate(secret, 'api_key');
    expect({ tokenType, ...auth }).toMatchObject({
      tokenType: 'api_key',
      isAuthenticated: true,
      id,
      userId: 'user_ada',
      orgId: null,
      scopes: ['reports:read'],
    });
    expect(await authenticate(secret, 'm2m_token')).toMatchObject({ auth: { isAuthenticated: false } });
    expect(await authenticate(secret, 'session_token')).toMatchObject({ auth: { isAuthenticated: false } });
  });

  it('act for an organisation when it is the subject', async () => {
    const { secret } = await makeKey(ORGANIZATION);
    expect((await authenticate(secret, 'api_key')).auth).toMatchObject({ userId: null, orgId: ORGANIZATION });
  });

  it('tell when they were last used', async () => {
    const { id, secret } = await makeKey('user_ada');
    expect((await app.backend.apiKeys.get(id)).lastUsedAt).toBeNull();
    const before = Date.now();
    await app.backend.apiKeys.verify(secret);
    expect((await app.backend.apiKeys.get(id)).lastUsedAt).toBeGreaterThanOrEqual(before);
  });

  it('are refused once revoked, with the reason kept', async () => {
    const { id, secret } = await makeKey('user_ada');
    await app.backend.apiKeys.revoke({ apiKeyId: id, revocationReason: 'leaked' });
    await expect(app.backend.apiKeys.verify(secret)).rejects.toMatchObject({ status: 404 });
    expect(await app.backend.apiKeys.get(id)).toMatchObject({ revoked: true, revocationReason: 'leaked' });
    expect((await authenticate(secret, 'api_key')).auth).toMatchObject({ isAuthenticated: false });
  });

  it('are refused once expired', async () => {
    const { id, secret } = await makeKey('user_ada', { secondsUntilExpiration: 60 });
    jest.useFakeTimers({ now: Date.now() + HOUR_MS, doNotFake: REAL });
    await expect(app.backend.apiKeys.verify(secret)).rejects.toMatchObject({ status: 404 });
    expect(await app.backend.apiKeys.get(id)).toMatchObject({ expired: true, revoked: false });
  });

  it.each(['ak_unknown', 'nonsense'])('are unknown by the secret "%s"', async (secret) => {
    await expect(app.backend.apiKeys.verify(secret)).rejects.toMatchObject({
      status: 404,
      errors: [expect.objectContaining({ code: 'resource_not_found' })],
    });
  });

  it('are not to be had by their id', async () => {
    const { id } = await makeKey('user_ada');
    await expect(app.backend.apiKeys.verify(id)).rejects.toMatchObject({ status: 404 });
  });

  it('are listed for one owner, the newest first, the invalid ones on request', async () => {
    const { apiKeys } = app.backend;
    const first = await makeKey('user_grace');
    const second = await makeKey('user_grace');
    const third = await makeKey('user_grace');
    await apiKeys.revoke({ apiKeyId: second.id });
    const { data, totalCount } = await apiKeys.list({ subject: 'user_grace' });
    expect(data.map(({ id }) => id)).toEqual([third.id, first.id]);
    expect(totalCount).toBe(2);
    const paged = await apiKeys.list({ subject: 'user_grace', includeInvalid: true, limit: 1, offset: 1 });
    expect(paged).toMatchObject({ data: [{ id: second.id }], totalCount: 3 });
  });

  it('change what is named, and keep the rest', async () => {
    const { id } = await makeKey('user_ada', { scopes: ['a'], description: 'before' });
    const update = { apiKeyId: id, subject: 'user_ada', scopes: ['b'], secondsUntilExpiration: 60 };
    const updated = await app.backend.apiKeys.update(update);
    expect(updated).toMatchObject({ scopes: ['b'], description: 'before' });
    expect(updated.expiration).toBeGreaterThan(Date.now());
  });

  it('show their secret again, and are gone once deleted', async () => {
    const { id, secret } = await makeKey('user_ada');
    expect(await app.backend.apiKeys.getSecret(id)).toMatchObject({ secret });
    expect(await app.backend.apiKeys.delete(id)).toMatchObject({ id, deleted: true });
    await expect(app.backend.apiKeys.get(id)).rejects.toMatchObject({ status: 404 });
    await expect(app.backend.apiKeys.verify(secret)).rejects.toMatchObject({ status: 404 });
  });

  it('need an owner that exists and a name that the owner has not given yet', async () => {
    const { apiKeys } = app.backend;
    const stranger = apiKeys.create({ name: 'x', subject: 'user_nobody' });
    await expect(stranger).rejects.toMatchObject({ status: 422 });
    await apiKeys.create({ name: 'Once', subject: 'user_ada' });
    const twice = apiKeys.create({ name: 'Once', subject: 'user_ada' });
    await expect(twice).rejects.toMatchObject({
      status: 409,
      errors: [expect.objectContaining({ code: 'token_creation_conflict' })],
    });
    expect(await apiKeys.create({ name: 'Once', subject: 'user_grace' })).toMatchObject({ name: 'Once' });
  });

  it('survive a restart, and leave no secret in the state file', async () => {
    const earlier = await LocalApp.start();
    const made = await earlier.backend.apiKeys.create({ name: 'Lasting', subject: 'user_ada' });
    const secret = made.secret ?? '';
    await earlier.stop();
    const state = await readFile(join(earlier.directory, 'state.json'), 'utf8');
    expect(state).toContain(made.id);
    expect(state).not.toContain(secret);
    const later = await LocalApp.start(earlier.directory);
    expect(await later.backend.apiKeys.verify(secret)).toMatchObject({ id: made.id });
    await later.remove();
  });

  it.each([undefined, 'Bearer sk_test_wrong', 'Bearer ak_wrong'])(
    'are out of reach with the Authorization "%s", with and without the version in the path',
    async (authorization) => {
      const headers = new Headers(authorization === undefined ? [] : [['Authorization', authorization]]);
      for (const path of ['api_keys?subject=user_ada', 'v1/api_keys?subject=user_ada']) {
        expect((await fetch(`${app.origin}/__clerk/${path}`, { headers })).status).toBe(401);
      }
    },
  );
});

describe('API keys, in the browser', () => {
  it("are made, found and revoked by their user, with a session's token", async () => {
    const browser = await signedIn(ada);
    const made = await ask(browser, 'POST', '', { subject: 'user_ada', name: 'From the page' });
    expect(made).toMatchObject({
      status: 200,
      body: { name: 'From the page', scopes: [], claims: null, created_by: 'user_ada', expiration: null },
    });
    const { id, secret } = made.body;
    expect(await app.backend.apiKeys.verify(String(secret))).toMatchObject({ id, subject: 'user_ada' });
    const found = await ask(browser, 'GET', '?subject=user_ada&query=from%20THE&limit=10&offset=0');
    expect(found.body).toMatchObject({ total_count: 1, data: [{ id }] });
    expect(found.body['data']?.[0]).not.toHaveProperty('secret');
    expect(await ask(browser, 'POST', `/${id}/revoke`, {})).toMatchObject({ body: { revoked: true } });
    await expect(app.backend.apiKeys.verify(String(secret))).rejects.toMatchObject({ status: 404 });
    expect((await ask(browser, 'GET', '?subject=user_ada&query=from%20the')).body).toMatchObject({
      total_count: 0,
    });
  });

  it('get no scopes and claims that the page asks for', async () => {
    const wish = { subject: 'user_ada', name: 'Greedy', scopes: ['admin'], claims: { role: 'admin' } };
    const { body } = await ask(await signedIn(ada), 'POST', '', wish);
    expect(body).toMatchObject({ scopes: [], claims: null });
  });

  it("of an organisation are its admins' business only", async () => {
    const admin = await signedIn(ada);
    const made = await ask(admin, 'POST', '', { subject: ORGANIZATION, name: 'Team key' });
    expect(made).toMatchObject({ status: 200, body: { subject: ORGANIZATION, created_by: 'user_ada' } });
    const list = `?subject=${ORGANIZATION}`;
    const revoke = `/${made.body['id']}/revoke`;
    const form = { subject: ORGANIZATION, name: 'Another' };
    expect((await ask(admin, 'GET', list)).status).toBe(200);

    const member = await signedIn(charles);
    expect((await ask(member, 'GET', list)).status).toBe(403);
    expect((await ask(member, 'POST', '', form)).status).toBe(403);
    expect((await ask(member, 'POST', revoke, {})).status).toBe(403);

    const stranger = await signedIn(grace);
    expect((await ask(stranger, 'GET', list)).status).toBe(404);
    expect((await ask(stranger, 'POST', '', form)).status).toBe(404);
    expect((await ask(stranger, 'POST', revoke, {})).status).toBe(404);
  });

  it('of somebody else do not exist', async () => {
    const { id, secret } = await makeKey('user_ada');
    const stranger = await signedIn(grace);
    expect((await ask(stranger, 'GET', '?subject=user_ada')).status).toBe(404);
    expect((await ask(stranger, 'POST', '', { subject: 'user_ada', name: 'Mine' })).status).toBe(404);
    expect((await ask(stranger, 'POST', `/${id}/revoke`, {})).status).toBe(404);
    expect(await app.backend.apiKeys.verify(secret)).toMatchObject({ id });
  });

  it('are out of reach for a token whose session is over, or that is forged', async () => {
    const browser = await signedIn(ada);
    const token = browser.cookies.get('__session') ?? '';
    await app.backend.sessions.revokeSession(browser.sessionId());
    expect((await ask(browser, 'GET', '?subject=user_ada')).status).toBe(401);
    browser.set('__session', `${token.slice(0, -8)}AAAAAAAA`);
    expect((await ask(browser, 'GET', '?subject=user_ada')).status).toBe(401);
  });

  it.each([
    [{ subject: 'user_ada' }, 'form_param_missing'],
    [{ subject: 'user_ada', name: '  ' }, 'form_param_missing'],
    [{ name: 'Nobody' }, 'form_param_missing'],
    [{ subject: 'user_ada', name: 'Bad', seconds_until_expiration: -1 }, 'form_param_format_invalid'],
    [{ subject: 'user_ada', name: { toString: 1 } }, 'form_param_format_invalid'],
  ])('are refused with the fields %j', async (fields, code) => {
    const { status, body } = await ask(await signedIn(ada), 'POST', '', fields);
    expect({ status, code: body['errors']?.[0]?.['code'] }).toEqual({ status: 422, code });
  });
});

describe('a removed owner', () => {
  it('takes the keys along: a user those of the account and of an organisation left empty', async () => {
    const browser = await signedIn(grace);
    const founded = await browser.call('POST', '/organizations', { name: 'Compilers' });
    const own = await makeKey('user_grace');
    const shared = await makeKey(founded.body.response?.['id'] ?? '');
    await browser.call('DELETE', '/me');
    await expect(app.backend.apiKeys.verify(own.secret)).rejects.toMatchObject({ status: 404 });
    await expect(app.backend.apiKeys.verify(shared.secret)).rejects.toMatchObject({ status: 404 });
  });
});

// Only Date is to be faked: the calls go over real sockets.
const REAL = [
  'nextTick',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'queueMicrotask',
] as const satisfies string[];

let made = 0;

async function makeKey(
  subject: string,
  fields: Partial<Parameters<typeof app.backend.apiKeys.create>[0]> = {},
): Promise<{ id: string; secret: string }> {
  made += 1;
  const { id, secret = '' } = await app.backend.apiKeys.create({ name: `Key ${made}`, subject, ...fields });
  return { id, secret };
}

async function authenticate(secret: string, acceptsToken: 'api_key' | 'm2m_token' | 'session_token') {
  const request = new Request(`${app.origin}/page`, { headers: { Authorization: `Bearer ${secret}` } });
  const state = await app.backend.authenticateRequest(request, { acceptsToken });
  return { tokenType: state.tokenType, auth: state.toAuth() };
}

async function signedIn(account: readonly [string, string]): Promise<Browser> {
  const browser = new Browser(app);
  await browser.signIn(...account);
  return browser;
}

/** A call as ClerkJS makes it for API keys: the token in the header, JSON, no version in the path. */
async function ask(browser: Browser, method: string, path: string, fields?: object) {
  const response = await fetch(`${app.origin}/__clerk/api_keys${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${browser.cookies.get('__session')}`,
      'Content-Type': 'application/json',
    },
    ...(fields && { body: JSON.stringify(fields) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Json & { data?: Json[]; errors?: Json[] },
  };
}

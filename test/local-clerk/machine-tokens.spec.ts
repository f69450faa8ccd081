import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LocalApp } from './support/local-app.js';

const SERVICE = 'mch_reports_service';
const WORKER = 'mch_reports_worker';
/** What waits for a socket needs its own clock. */
const REAL = ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] as const;

let app: LocalApp;

beforeAll(async () => {
  app = await LocalApp.start();
});
afterEach(() => {
  jest.useRealTimers();
});
afterAll(() => app.remove());

async function secretOf(machineId: string): Promise<string> {
  return (await app.backend.machines.getSecretKey(machineId)).secret;
}

/** What an application sees of a request with the token. */
async function authenticate(token: string, acceptsToken: 'm2m_token' | 'oauth_token' | 'api_key') {
  const headers = { authorization: `Bearer ${token}` };
  const state = await app.backend.authenticateRequest(new Request(app.origin, { headers }), { acceptsToken });
  return state.toAuth();
}

async function grant(fields: object): Promise<{ token: string; id: string }> {
  const response = await fetch(`${app.origin}/__clerk/v1/local/oauth_access_tokens`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${app.clerk.variables.CLERK_SECRET_KEY}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ user_id: 'user_ada', client_id: 'client_1', ...fields }),
  });
  return (await response.json()) as { token: string; id: string };
}

describe('machines', () => {
  it('are there from the beginning, and more can be made', async () => {
    const { data } = await app.backend.machines.list();
    expect(data.map(({ id }) => id)).toEqual([SERVICE, WORKER]);
    const made = await app.backend.machines.create({ name: 'Mailer', scopedMachines: [SERVICE] });
    expect(made.secretKey).toMatch(/^ak_/);
    expect((await app.backend.machines.get(made.id)).scopedMachines.map(({ id }) => id)).toEqual([SERVICE]);
    await app.backend.machines.delete(made.id);
    await expect(app.backend.machines.get(made.id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('a token of a machine', () => {
  it.each(['opaque', 'jwt'] as const)(
    'is made by the machine and verified by an application: %s',
    async (tokenFormat) => {
      const machineSecretKey = await secretOf(WORKER);
      const claims = { job: 'nightly' };
      const made = await app.backend.m2m.createToken({ machineSecretKey, claims, tokenFormat });
      expect(made.token).toMatch(tokenFormat === 'opaque' ? /^mt_/ : /^ey.*\..*\./);
      expect(await app.backend.m2m.verify({ token: made.token ?? '' })).toMatchObject({
        id: made.id,
        subject: WORKER,
        scopes: [SERVICE],
        claims,
      });
      expect(await authenticate(made.token ?? '', 'm2m_token')).toMatchObject({
        isAuthenticated: true,
        machineId: WORKER,
      });
      expect(await authenticate(made.token ?? '', 'api_key')).toMatchObject({ isAuthenticated: false });
    },
  );

  it('is taken by the machines that it is for, and by no other', async () => {
    const { token = '' } = await app.backend.m2m.createToken({ machineSecretKey: await secretOf(WORKER) });
    const machineSecretKey = await secretOf(SERVICE);
    expect(await app.backend.m2m.verify({ token, machineSecretKey })).toMatchObject({ subject: WORKER });
    const other = await app.backend.machines.create({ name: 'Other' });
    await expect(
      app.backend.m2m.verify({ token, machineSecretKey: other.secretKey ?? '' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('is worth nothing once revoked, and once its time is over', async () => {
    const machineSecretKey = await secretOf(WORKER);
    const revoked = await app.backend.m2m.createToken({ machineSecretKey });
    await app.backend.m2m.revokeToken({ m2mTokenId: revoked.id, revocationReason: 'leaked' });
    await expect(app.backend.m2m.verify({ token: revoked.token ?? '' })).rejects.toMatchObject({
      status: 404,
    });
    const short = await app.backend.m2m.createToken({ machineSecretKey, secondsUntilExpiration: 60 });
    jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: [...REAL] });
    await expect(app.backend.m2m.verify({ token: short.token ?? '' })).rejects.toMatchObject({ status: 404 });
  });

  it('is made by machines alone, and listed for themselves', async () => {
    const machineSecretKey = await secretOf(SERVICE);
    await app.backend.m2m.createToken({ machineSecretKey });
    const { totalCount } = await app.backend.m2m.list({ machineSecretKey, subject: SERVICE });
    expect(totalCount).toBe(1);
    await expect(app.backend.m2m.list({ machineSecretKey, subject: WORKER })).rejects.toMatchObject({
      status: 403,
    });
    await expect(app.backend.m2m.createToken()).rejects.toMatchObject({ status: 403 });
    await expect(app.backend.m2m.createToken({ machineSecretKey: 'ak_wrong' })).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe('an OAuth access token', () => {
  it.each(['opaque', 'jwt'])('stands for a person and a client: %s', async (format) => {
    const { token } = await grant({ scopes: ['profile', 'reports:read'], token_format: format });
    expect(await authenticate(token, 'oauth_token')).toMatchObject({
      isAuthenticated: true,
      userId: 'user_ada',
      clientId: 'client_1',
      scopes: ['profile', 'reports:read'],
    });
    expect(await authenticate(token, 'm2m_token')).toMatchObject({ isAuthenticated: false });
  });

  it('is worth nothing once its time is over, or when nobody has granted it', async () => {
    const { token } = await grant({ seconds_until_expiration: 60 });
    expect(await app.backend.idPOAuthAccessToken.verify(token)).toMatchObject({ subject: 'user_ada' });
    await expect(app.backend.idPOAuthAccessToken.verify('oat_nobody')).rejects.toMatchObject({ status: 404 });
    jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: [...REAL] });
    await expect(app.backend.idPOAuthAccessToken.verify(token)).rejects.toMatchObject({ status: 404 });
  });

  it.each([
    'machines',
    'local/oauth_access_tokens',
    'oauth_applications/access_tokens/verify',
    'm2m_tokens/verify',
  ])('cannot be had or asked about without a secret key: %s', async (path) => {
    for (const base of ['/__clerk/', '/__clerk/v1/']) {
      const headers = { authorization: 'Bearer sk_test_wrong', 'content-type': 'application/json' };
      const body = JSON.stringify({
        token: 'mt_x',
        user_id: 'user_ada',
        client_id: 'client_1',
        access_token: 'oat_x',
      });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status } = await fetch(`${app.origin}${base}${path}`, { method: 'POST', headers, body });
      expect(status).toBe(401);
    }
  });
});

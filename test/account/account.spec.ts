import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';

const clerk = new ClerkInstance();
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
});
afterAll(() => app.stop());

describe('GET /api/me', () => {
  const claims = { first: 'Ada', last: 'Lovelace', uid: 'u-1', pla: 'u:pro', fea: 'u:basics,u:export' };
  const ada = {
    userId: 'user_ada',
    sessionId: 'sess_1',
    orgId: null,
    orgSlug: null,
    orgRole: null,
    firstName: 'Ada',
    lastName: 'Lovelace',
    uid: 'u-1',
    plan: 'pro',
    features: ['basics', 'export'],
  };

  it('answers by cookie', async () => {
    const response = await app.request('get', '/api/me', { cookie: await clerk.cookies(claims) });
    expect(response.status).toBe(200);
    expect(response.body).toEqual(ada);
    expect(response.headers).toMatchObject({
      'cache-control': 'private, no-store',
      vary: 'Cookie, Authorization',
    });
  });

  it('answers by bearer token', async () => {
    const authorization = `Bearer ${await clerk.sessionToken(claims)}`;
    expect((await app.request('get', '/api/me', { authorization })).body).toEqual(ada);
  });

  it('takes claims of odd types for absent', async () => {
    const cookie = await clerk.cookies({
      first: { toHTML: true },
      last: 7,
      uid: ' ',
      pla: ['u:pro'],
      fea: 'nonsense',
    });
    expect((await app.request('get', '/api/me', { cookie })).body).toMatchObject({
      firstName: null,
      lastName: null,
      uid: null,
      plan: null,
      features: [],
    });
  });

  it.each(['', 'Bearer', 'bearer x', 'Basic eDp5', 'Bearer x y', 'Bearer garbage'])(
    'refuses the authorization %j',
    async (authorization) => {
      expect((await app.request('get', '/api/me', { authorization })).status).toBe(401);
    },
  );

  it.each([{ accept: 'application/json' }, NAVIGATION])(
    'refuses a stranger by problem details, never by a redirect',
    async (headers) => {
      const response = await app.request('get', '/api/me', headers);
      expect(response.status).toBe(401);
      expect(response.type).toBe('application/problem+json');
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(JSON.parse(response.text)).toEqual({
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        detail: 'Sign in to see this.',
      });
    },
  );
});

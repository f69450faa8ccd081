import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackendApi, ClerkInstance, createTestApp, json, silence, type TestApp } from '../support/index.js';

const clerk = new ClerkInstance();
let api: BackendApi;
let app: TestApp;

beforeEach(async () => {
  api = await BackendApi.start(json(clerk.jwks));
  app = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
});
afterEach(async () => {
  await app.stop();
  await api.stop();
});

describe('while Clerk answers', () => {
  it('fetches the keys once, for everybody at once', async () => {
    const cookie = await clerk.cookies();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.request('get', '/api/me', { cookie })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });

  it('asks nothing for a visitor without a session', async () => {
    expect((await app.open('/open')).status).toBe(200);
    expect(api.calls).toEqual([]);
  });

  it('does not ask again for each token that no key has signed', async () => {
    const cookie = await new ClerkInstance().cookies();
    for (let i = 0; i < 5; i++) expect((await app.request('get', '/api/me', { cookie })).status).toBe(401);
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });
});

describe.each([
  ['refuses connections', () => api.stop()],
  ['never answers', () => api.answer(silence)],
  ['answers 500', () => api.answer(json({ errors: [] }, 500))],
  ['answers 429', () => api.answer(json({ errors: [] }, 429))],
  ['answers nonsense', () => api.answer((_request, response) => response.end('<html>'))],
])('while Clerk %s', (_name, fail) => {
  beforeEach(() => fail());

  it('shows public pages and refuses protected ones with 503, soon, and leaves the cookies alone', async () => {
    const cookie = await clerk.cookies();
    const started = Date.now();
    const [open, closed, me] = await Promise.all([
      app.open('/open', cookie),
      app.open('/closed', cookie),
      app.request('get', '/api/me', { cookie }),
    ]);
    expect(Date.now() - started).toBeLessThan(3000);
    expect(open.status).toBe(200);
    expect(open.text).toContain('You are not signed out');
    for (const refused of [closed, me]) {
      expect(refused.status).toBe(503);
      expect(refused.headers['retry-after']).toMatch(/^\d+$/);
      expect(refused.headers['location']).toBeUndefined();
    }
    expect(closed.text).toContain('We cannot check your session');
    expect(me.type).toBe('application/problem+json');
    for (const answer of [open, closed, me]) expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is alive but not ready', async () => {
    expect((await app.request('get', '/health/live')).status).toBe(200);
    const ready = await app.request('get', '/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ status: 'error', error: { clerk: { status: 'down' } } });
  });
});

describe('after an outage', () => {
  it('signs people in again without a restart', async () => {
    api.answer(json({ errors: [] }, 500));
    const cookie = await clerk.cookies();
    expect((await app.request('get', '/api/me', { cookie })).status).toBe(503);
    api.answer(json(clerk.jwks));
    expect((await app.request('get', '/api/me', { cookie })).status).toBe(200);
  });
});

describe('with CLERK_JWT_KEY', () => {
  it('makes no call at all', async () => {
    const offline = await createTestApp({
      clerk,
      variables: { CLERK_API_URL: api.url },
    });
    expect((await offline.open('/closed', await clerk.cookies())).status).toBe(200);
    expect((await offline.request('get', '/health/ready')).status).toBe(200);
    expect(api.calls).toEqual([]);
    await offline.stop();
  });
});

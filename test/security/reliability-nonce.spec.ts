import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BackendApi, ClerkInstance, createTestApp, json, type TestApp } from '../support/index.js';
import { byPath, FAULTS, handshakePayload } from '../support/upstream.js';
import { Visitor } from '../support/upstream-visitor.js';

const SOON = 3000;
const live = new ClerkInstance();
const test = new ClerkInstance({ mode: 'test' });
const now = Math.floor(Date.now() / 1000);
const EXPIRED = { iat: now - 120, exp: now - 60 };
const PAYLOAD = 'clients/handshake_payload';
const UNKNOWN = json({ errors: [{ code: 'resource_not_found' }] }, 404);
/** The nonce cookie, taken back from this host and from the domain that Clerk's own host shares with it. */
const TAKEN_BACK = [
  '__clerk_handshake_nonce=; Path=/; Max-Age=0; SameSite=Lax; Secure',
  '__clerk_handshake_nonce=; Path=/; Domain=example.com; Max-Age=0; SameSite=Lax; Secure',
];
let api: BackendApi;
let app: TestApp;
let dev: TestApp;

beforeAll(async () => {
  // Clerk's SDK prints each loop that it ends.
  jest.spyOn(console, 'log').mockReturnValue();
  api = await BackendApi.start(UNKNOWN);
  app = await createTestApp({ clerk: live, variables: { CLERK_API_URL: api.url } });
  dev = await createTestApp({ clerk: test, variables: { CLERK_API_URL: api.url } });
});
beforeEach(() => {
  api.calls.length = 0;
});
afterAll(() => Promise.all([app.stop(), dev.stop(), api.stop()]));

async function directives(clerk: ClerkInstance): Promise<string[]> {
  return [
    `__session=${await clerk.sessionToken()}; Path=/`,
    '__client_uat=1; Path=/',
    '__clerk_db_jwt=dvb_1',
  ];
}

describe.each(Object.entries(FAULTS))('a nonce that is to be exchanged while Clerk %s', (_name, fault) => {
  it('J21 gives a page with a retry in three seconds, and the retry works', async () => {
    api.answer(fault);
    const old = await live.cookies(EXPIRED);
    const started = performance.now();
    const [query, cookie, open] = await Promise.all([
      dev.open('/closed?__clerk_handshake_nonce=n1', '__clerk_db_jwt=dvb_1'),
      app.open('/closed', `${old}; __clerk_handshake_nonce=n1`),
      app.open('/open', `${old}; __clerk_handshake_nonce=n1`),
    ]);
    expect(performance.now() - started).toBeLessThan(SOON);
    for (const page of [query, cookie]) {
      expect(page.status).toBe(503);
      expect(page.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(page.headers['location']).toBeUndefined();
      expect(page.text).toContain('<a class="button" href="/closed">Try again</a>');
    }
    expect(query.headers['set-cookie']).toBeUndefined();
    expect(cookie.headers['set-cookie']).toEqual(TAKEN_BACK);
    expect(open.status).toBe(200);
    expect(open.text).toContain('You are not signed out');
    expect(api.calls).toHaveLength(3);

    api.answer(byPath({ [`${PAYLOAD}?nonce=n2`]: handshakePayload(await directives(live)) }));
    const retry = new Visitor({
      app,
      cookies: old,
      frontend: () => ({ cookies: ['__clerk_handshake_nonce=n2; Path=/'] }),
    });
    expect((await retry.open('/closed')).status).toBe(200);
    expect(retry.handshakes).toBe(1);
  });
});

describe('a nonce that Clerk does not know any more', () => {
  it('J21 is as none: the session that is there counts, and the cookie is taken back', async () => {
    api.answer(UNKNOWN);
    const answer = await app.open('/closed', `${await live.cookies()}; __clerk_handshake_nonce=used`);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toEqual(TAKEN_BACK);
    expect(api.calls).toHaveLength(1);
  });

  it.each([
    ['in the cookie', () => app, live],
    ['in the query', () => dev, test],
  ])('J21 leads to a new handshake for who needs one, %s', async (carrier, application, clerk) => {
    api.answer(byPath({ [`${PAYLOAD}?nonce=n2`]: handshakePayload(await directives(clerk)) }));
    const isCookie = carrier === 'in the cookie';
    const visitor = new Visitor({
      app: application(),
      cookies: `${await clerk.cookies(EXPIRED)}${isCookie ? '; __clerk_handshake_nonce=used' : ''}`,
      frontend: () =>
        isCookie
          ? { cookies: ['__clerk_handshake_nonce=n2; Path=/'] }
          : { query: { __clerk_handshake_nonce: 'n2' } },
    });
    const page = await visitor.open(isCookie ? '/closed' : '/closed?__clerk_handshake_nonce=used');
    expect(page.status).toBe(200);
    expect(visitor.handshakes).toBe(1);
  });

  it('J21 never goes round without end, even if Clerk knows none of them', async () => {
    api.answer(UNKNOWN);
    const visitor = new Visitor({
      app: dev,
      cookies: await test.cookies(EXPIRED),
      frontend: () => ({ query: { __clerk_handshake_nonce: 'unknown' } }),
    });
    const page = await visitor.open('/closed');
    expect(visitor.handshakes).toBe(3);
    expect(page.status).toBe(401);
    expect(page.text).toContain('Clerk keys');
  });
});

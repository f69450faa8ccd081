import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { All, Controller } from '@nestjs/common';
import supertest from 'supertest';
import {
  APP_URL,
  BackendApi,
  ClerkInstance,
  createTestApp,
  json,
  NAVIGATION,
  type TestApp,
} from '../support/index.js';
import { cookieSuffix } from '../support/token-verdict.js';
import { byPath, handshakePayload } from '../support/upstream.js';
import { Visitor } from '../support/upstream-visitor.js';

@Controller('guarded')
class GuardedController {
  @All()
  read() {
    return { reached: true };
  }
}

const live = new ClerkInstance();
const now = Math.floor(Date.now() / 1000);
const EXPIRED = { iat: now - 120, exp: now - 60 };
let api: BackendApi;
let app: TestApp;

beforeAll(async () => {
  api = await BackendApi.start(byPath({}));
  app = await createTestApp({
    clerk: live,
    variables: { CLERK_API_URL: api.url },
    with: { controllers: [GuardedController] },
  });
});
beforeEach(() => api.answer(byPath({})));
afterAll(() => Promise.all([app.stop(), api.stop()]));

describe('an expired session', () => {
  it.each(['/open', '/open?b=2&a=1', '/closed?next=%2Fopen'])(
    'B15 sends whoever loads %s to the Frontend API, and back here',
    async (path) => {
      const { status, headers, text } = await app.open(path, await live.cookies(EXPIRED));
      expect(status).toBe(307);
      expect(text).toBe('');
      expect(headers['cache-control']).toBe('no-store');
      const location = new URL(headers['location'] ?? '');
      expect(location.origin + location.pathname).toBe('https://clerk.example.com/v1/client/handshake');
      expect(location.searchParams.get('redirect_url')).toBe(APP_URL + path);
      expect(location.searchParams.get('__clerk_hs_reason')).toMatch(/^session-token-expired/);
    },
  );

  it.each<
    [method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head', destination: string, status: number]
  >([
    ['post', 'document', 401],
    ['put', 'empty', 401],
    ['patch', 'empty', 401],
    ['delete', 'empty', 401],
    ['head', 'document', 401],
    ['get', 'empty', 401],
    ['get', 'image', 403],
    ['get', 'script', 403],
    ['get', 'style', 403],
  ])('B16 is refused in place to %s for %s', async (method, destination, status) => {
    const agent = supertest(app.server);
    const answer = await agent[method]('/guarded')
      .set({
        host: new URL(APP_URL).host,
        origin: APP_URL,
        accept: 'text/html',
        'sec-fetch-dest': destination,
      })
      .set('cookie', await live.cookies(EXPIRED));
    expect(answer.status).toBe(status);
    expect(answer.headers['location']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('B16 is nothing that OPTIONS learns of', async () => {
    const cookie = await live.cookies(EXPIRED);
    const answer = await app.request('options', '/guarded', { ...NAVIGATION, cookie });
    expect(answer.status).toBe(204);
    expect(answer.headers['location']).toBeUndefined();
  });
});

/** Clerk's side of a handshake that gives a session through a nonce. */
async function frontend() {
  const session = `__session=${await live.sessionToken()}; Path=/`;
  api.answer(byPath({ 'clients/handshake_payload': handshakePayload([session]) }));
  return { cookies: ['__clerk_handshake_nonce=n1; Path=/'] };
}

describe('a visit that comes from another site', () => {
  const headers = { referer: 'https://www.google.com/', 'sec-fetch-site': 'cross-site' };

  it('B22 costs one handshake', async () => {
    const visitor = new Visitor({ app, frontend, cookies: await live.cookies(), headers });
    expect((await visitor.open('/closed')).status).toBe(200);
    expect(visitor.handshakes).toBe(1);
  });

  it('B22 costs no second one when the first outlasts the cookie that counts', async () => {
    const visitor = new Visitor({
      app,
      frontend: async () => {
        visitor.jar.delete('__clerk_redirect_count');
        return frontend();
      },
      cookies: await live.cookies(),
      headers,
    });
    expect((await visitor.open('/closed')).status).toBe(200);
    expect(visitor.handshakes).toBe(1);
  });

  it('B22 costs none for the links of this site', async () => {
    const cookies = await live.cookies();
    const visitor = new Visitor({ app, frontend, cookies, headers: { referer: `${APP_URL}/open` } });
    expect((await visitor.open('/closed')).status).toBe(200);
    expect(visitor.handshakes).toBe(0);
  });
});

async function cookiesOf(open: Promise<supertest.Response>): Promise<string[]> {
  const cookies = (await open).get('Set-Cookie') ?? [];
  expect(cookies).not.toEqual([]);
  return cookies;
}

/** Set-Cookie of each kind: the count, a handshake's result, a refreshed session, a nonce taken back. */
async function kinds(): Promise<string[]> {
  const session = `__session=${await live.sessionToken()}; Path=/`;
  const suffix = cookieSuffix(live);
  const old = await live.sessionToken(EXPIRED);
  const handshake = await live.handshakeToken([session, '__client_uat=1; SameSite=None; secure']);
  api.answer(byPath({ 'sessions/sess_1/refresh': json({ object: 'cookies', cookies: [session] }) }));
  const cookies = await Promise.all([
    cookiesOf(app.open('/open', await live.cookies(EXPIRED))),
    cookiesOf(app.open('/open', `__clerk_handshake=${handshake}`)),
    cookiesOf(
      app.open('/open', `__session_${suffix}=${old}; __client_uat_${suffix}=1; __refresh_${suffix}=rt`),
    ),
    cookiesOf(app.open('/open', '__clerk_handshake_nonce=gone')),
  ]);
  return cookies.flat();
}

describe('every cookie that is set', () => {
  it('B23 is guarded: Secure and SameSite, and out of reach of scripts where none needs it', async () => {
    const cookies = await kinds();
    expect(new Set(cookies.map((cookie) => cookie.split('=')[0]))).toEqual(
      new Set(['__clerk_handshake_nonce', '__clerk_redirect_count', '__client_uat', '__session']),
    );
    for (const cookie of cookies) {
      expect(cookie.match(/; secure(;|$)/gi)).toHaveLength(1);
      expect(cookie.match(/; samesite=(lax|strict|none)(;|$)/gi)).toHaveLength(1);
    }
    expect(cookies).toContainEqual(expect.stringMatching(/^__clerk_redirect_count=1;.*; HttpOnly/));
  });

  it('B23 goes without Secure on http, where a browser would drop it', async () => {
    const clerk = new ClerkInstance({ mode: 'test' });
    const variables = {
      APP_URL: 'http://localhost:3000',
    };
    const plain = await createTestApp({ clerk, variables });
    const [count] = await cookiesOf(plain.open('/open').set('host', 'localhost:3000'));
    expect(count).toMatch(/^__clerk_redirect_count=1;/);
    expect(count).not.toMatch(/secure/i);
    await plain.stop();
  });
});

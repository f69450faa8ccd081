import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import {
  BackendApi,
  ClerkInstance,
  createTestApp,
  json,
  NAVIGATION,
  type TestApp,
} from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';
import {
  COOKIES_HANDSHAKE,
  COOKIES_SIGNED_IN,
  COOKIES_SIGNED_OUT,
  cookieVerdict,
} from '../support/token-verdict.js';

const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => app.stop());

/** A library that keeps somebody of its own on every request. */
@Module({})
class ForeignModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(signInEve).forRoutes('{*path}');
  }
}

function signInEve(request: Request, response: Response, next: NextFunction): void {
  const eve = {
    isAuthenticated: true,
    userId: 'user_eve',
    sessionId: 'sess_eve',
    tokenType: 'session_token',
  };
  const auth = Object.assign(() => eve, eve);
  Object.assign(request, { auth, user: eve, session: { status: 'signed-in', user: eve } });
  response.setHeader('X-Foreign', 'ran');
  next();
}

/** Whom a page shows: ids of users, each once. */
function usersIn(text: string): Set<string> {
  return new Set(text.match(/user_[a-z\d]+/g));
}

it('C12 shows a page to nobody by a header', async () => {
  const headers = { ...NAVIGATION, authorization: `Bearer ${await clerk.sessionToken()}` };
  const [open, closed] = await Promise.all([
    app.request('get', '/open', headers),
    app.request('get', '/closed', headers),
  ]);
  expect(open.text).toContain('data-session="signed-out"');
  expect(closed.status).toBe(303);
});

it('C13 shows a page by the cookie, whatever stands in the header', async () => {
  const headers = { ...NAVIGATION, cookie: await clerk.cookies(), authorization: 'Bearer garbage' };
  const response = await app.request('get', '/closed', headers);
  expect(response.status).toBe(200);
  expect(usersIn(response.text)).toEqual(new Set(['user_ada']));
});

describe('C14 takes the token of a program in one form only:', () => {
  it.each<[string, (token: string) => string, number]>([
    ['Bearer and the token', (token) => `Bearer ${token}`, 200],
    ['no scheme', (token) => token, 401],
    ['bearer', (token) => `bearer ${token}`, 401],
    ['BEARER', (token) => `BEARER ${token}`, 401],
    ['Bearer and two spaces', (token) => `Bearer  ${token}`, 401],
    ['Bearer and a tab', (token) => `Bearer\t${token}`, 401],
    ['Bearer without a space', (token) => `Bearer${token}`, 401],
    ['Bearer and a colon', (token) => `Bearer: ${token}`, 401],
    ['something after the token', (token) => `Bearer ${token} x`, 401],
    ['a comma after the token', (token) => `Bearer ${token},`, 401],
    ['quotes', (token) => `Bearer "${token}"`, 401],
    ['an encoded token', (token) => `Bearer ${token.replaceAll('.', '%2E')}`, 401],
    ['Basic', (token) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`, 401],
    ['Token', (token) => `Token ${token}`, 401],
    ['Bearer alone', () => 'Bearer', 401],
    ['8 bits', (token) => `Bearer ${token}\xe9`, 401],
    ['a control character', (token) => `Bearer ${token}\x7f`, 400],
  ])('%s', async (_name, form, status) => {
    const authorization = `Authorization: ${form(await clerk.sessionToken())}`;
    expect((await sendRaw(port, rawRequest('GET /api/me HTTP/1.1', [authorization]))).status).toBe(status);
  });
});

it('C15 takes nobody for signed in who has signed out elsewhere', async () => {
  const cookie = `__session=${await clerk.sessionToken()}; __client_uat=0`;
  expect(await cookieVerdict(app, cookie)).toEqual(COOKIES_HANDSHAKE);
});

describe('C16 ends a session with the sign-out:', () => {
  it('nothing personal is left in the browser to go back to', async () => {
    for (const path of ['/open', '/closed', '/api/me']) {
      const { headers } = await app.open(path, await clerk.cookies());
      expect(headers['cache-control']).toBe('private, no-store');
      expect(headers['etag']).toBeUndefined();
    }
    expect(await cookieVerdict(app, '__client_uat=0')).toEqual(COOKIES_SIGNED_OUT);
  });

  it('a copy of the cookies is good for the rest of its minute and the five seconds that clocks may differ by', async () => {
    const now = Math.floor(Date.now() / 1000);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
    const copy = await clerk.cookies();
    clock.mockReturnValue((now + 64) * 1000);
    expect(await cookieVerdict(app, copy)).toEqual(COOKIES_SIGNED_IN);
    clock.mockReturnValue((now + 65) * 1000);
    expect(await cookieVerdict(app, copy)).toEqual(COOKIES_HANDSHAKE);
  });
});

describe('C17 remembers nobody:', () => {
  it.each([
    ['refuses', (api: BackendApi) => api.stop()],
    ['fails', async (api: BackendApi) => api.answer(json({ errors: [] }, 500))],
  ])('when Clerk %s after a sign-in, the next answer is not for the same person', async (_name, fail) => {
    const api = await BackendApi.start(json(clerk.jwks));
    const asking = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
    const opened = async (path: string, cookie?: string) => usersIn((await asking.open(path, cookie)).text);
    const now = Date.now();
    expect(await opened('/closed', await clerk.cookies())).toEqual(new Set(['user_ada']));
    await fail(api);
    expect(await opened('/open')).toEqual(new Set());
    expect(await opened('/open', await clerk.cookies({ sub: 'user_bob' }))).toEqual(new Set(['user_bob']));
    jest.spyOn(Date, 'now').mockReturnValue(now + 6 * 60_000);
    const bob = await clerk.cookies({ sub: 'user_bob' });
    for (const path of ['/open', '/closed', '/api/me']) expect(await opened(path, bob)).toEqual(new Set());
    expect((await asking.open('/closed', bob)).status).toBe(503);
    await asking.stop();
    await api.stop();
  });
});

it('C18 keeps people apart who come at once', async () => {
  const users = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const sub = `user_n${index}`;
      return { sub, cookie: await clerk.cookies({ sub }) };
    }),
  );
  const paths = ['/open', '/closed', '/api/me', '/open', '/closed'];
  const visits = paths.flatMap((path) => users.map((user) => ({ path, ...user })));
  // Two hundred at a stroke keep a busy machine longer than a request waits for Clerk.
  for (const crowd of [visits, visits.toReversed()]) {
    // oxlint-disable-next-line no-await-in-loop -- one crowd after the other
    const answers = await Promise.all(crowd.map(({ path, cookie }) => app.open(path, cookie)));
    expect(answers.map(({ text }) => usersIn(text))).toEqual(crowd.map(({ sub }) => new Set([sub])));
  }
}, 30_000);

it('C19 takes nobody for signed in because of what another middleware has put on the request', async () => {
  const shared = await createTestApp({ clerk, with: { imports: [ForeignModule] } });
  expect(await cookieVerdict(shared, '')).toEqual(COOKIES_SIGNED_OUT);
  for (const path of ['/open', '/closed', '/api/me']) {
    const { text, headers } = await shared.open(path);
    expect(headers['x-foreign']).toBe('ran');
    expect(usersIn(text)).toEqual(new Set());
  }
  await shared.stop();
});

describe('C20 takes no part of a session from headers that middleware of Clerk passes on,', () => {
  it.each([{}, NAVIGATION])('%j', async (kind) => {
    const token = await clerk.sessionToken({ sub: 'user_eve' });
    const forged = {
      ...kind,
      'x-clerk-auth-status': 'signed-in',
      'x-clerk-auth-token': token,
      'x-clerk-auth-signature': 'f'.repeat(40),
      'x-clerk-auth-reason': 'none',
      'x-clerk-request-data': JSON.stringify({
        token,
        publishableKey: clerk.variables['CLERK_PUBLISHABLE_KEY'],
      }),
      'x-clerk-clerk-url': 'https://evil.example/',
      'x-clerk-session-token': token,
    };
    const statuses = [];
    for (const path of ['/open', '/closed', '/api/me']) {
      const { status, text, headers } = await app.request('get', path, forged);
      expect(usersIn(text)).toEqual(new Set());
      expect(JSON.stringify(headers)).not.toMatch(/evil\.example|signed-in|eyJ/);
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 303, 401]);
  });
});

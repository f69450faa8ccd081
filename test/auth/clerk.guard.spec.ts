import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Post, type CallHandler, type ExecutionContext } from '@nestjs/common';
import {
  ClerkGuard,
  CurrentUser,
  HandshakeInterceptor,
  Public,
  type SessionUser,
} from '../../src/auth/index.js';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';

@Controller('undecorated')
class UndecoratedController {
  @Get()
  read(@CurrentUser() user: SessionUser | null) {
    return { userId: user?.userId ?? null };
  }

  @Post()
  write() {
    return { written: true };
  }

  @Public()
  @Get('open')
  open(@CurrentUser() user: SessionUser | null) {
    return { userId: user?.userId ?? null };
  }

  @Public({ session: false })
  @Get('unread')
  unread(@CurrentUser() user: SessionUser | null) {
    return { userId: user?.userId ?? null };
  }
}

@Public()
@Controller('opened')
class OpenedController {
  @Get()
  read() {
    return { reached: true };
  }
}

const clerk = new ClerkInstance();
const other = new ClerkInstance();
const now = Math.floor(Date.now() / 1000);
const expired = { iat: now - 120, exp: now - 60 };
const controllers = [UndecoratedController, OpenedController];
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers } });
});
afterAll(() => app.stop());

describe(ClerkGuard.name, () => {
  it('refuses a route that nobody has decorated', async () => {
    const response = await app.request('get', '/undecorated');
    expect(response.status).toBe(303);
    const post = await app.request('post', '/undecorated');
    expect(post.status).toBe(401);
  });

  it('lets a signed-in person pass, and the handler knows who it is', async () => {
    const response = await app.request('get', '/undecorated', { cookie: await clerk.cookies() });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ userId: 'user_ada' });
  });

  it('opens handlers and whole controllers by Public()', async () => {
    expect((await app.request('get', '/opened')).body).toEqual({ reached: true });
    expect((await app.request('get', '/undecorated/open')).body).toEqual({ userId: null });
  });

  it('reads the session of public routes too, unless told not to', async () => {
    const cookie = await clerk.cookies();
    expect((await app.request('get', '/undecorated/open', { cookie })).body).toEqual({ userId: 'user_ada' });
    expect((await app.request('get', '/undecorated/unread', { cookie })).body).toEqual({ userId: null });
  });

  it.each([
    ['a token of another instance', () => other.cookies()],
    ['a token for another origin', () => clerk.cookies({ azp: 'https://evil.example' })],
    ['a pending session', () => clerk.cookies({ sts: 'pending' })],
    ['a token that is cut short', async () => clerk.cookiesFor((await clerk.sessionToken()).slice(0, -20))],
    ['a token that nobody signed', async () => clerk.cookiesFor('e30.bnVsbA.AAAA')],
    ['garbage', async () => clerk.cookiesFor('garbage')],
    ['an unsigned handshake', async () => '__clerk_handshake=e30.e30.AAAA'],
  ])('refuses %s', async (_name, cookie) => {
    const response = await app.request('get', '/api/me', { cookie: await cookie() });
    expect(response.status).toBe(401);
    expect((await app.request('get', '/undecorated', { cookie: await cookie() })).status).toBe(303);
  });

  it.each([
    ['expired', () => clerk.cookies(expired)],
    ['signed out elsewhere', async () => `__session=${await clerk.sessionToken()}; __client_uat=0`],
  ])('tells a program whose session is %s 401, since a handshake is for documents', async (_name, cookie) => {
    for (const method of ['get', 'head', 'post'] as const) {
      const headers = {
        cookie: await cookie(),
        origin: 'https://app.example.com',
        'sec-fetch-dest': 'empty',
      };
      const response = await app.request(method, '/undecorated', headers);
      expect(response.status).toBe(401);
      expect(response.headers['location']).toBeUndefined();
    }
  });

  it('trusts no property or header that somebody else may have set', async () => {
    const response = await app.request('get', '/api/me', {
      'x-clerk-auth-status': 'signed-in',
      'x-clerk-auth-token': await clerk.sessionToken(),
    });
    expect(response.status).toBe(401);
  });

  it('lets what Clerk says about the session leave with a refusal', async () => {
    const response = await app.request('get', '/undecorated', { cookie: await other.cookies() });
    expect(response.headers).toMatchObject({
      'x-clerk-auth-status': 'signed-out',
      'x-clerk-auth-reason': 'token-invalid-signature',
    });
  });
});

describe(HandshakeInterceptor.name, () => {
  it('sends a browser with an expired session through the handshake and nothing else', async () => {
    const response = await app.request('get', '/opened', {
      ...NAVIGATION,
      cookie: await clerk.cookies(expired),
    });
    expect(response.status).toBe(307);
    expect(response.text).toBe('');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__clerk_redirect_count=1;.*; Secure$/),
    ]);
    const location = new URL(response.headers['location'] ?? '');
    expect(location.origin + location.pathname).toBe('https://clerk.example.com/v1/client/handshake');
    expect(location.searchParams.get('redirect_url')).toBe('https://app.example.com/opened');
  });

  it('builds the way back from APP_URL, whatever the headers say', async () => {
    const response = await app.request('get', '/opened?x=1', {
      ...NAVIGATION,
      cookie: await clerk.cookies(expired),
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'javascript',
      forwarded: 'host=evil.example',
    });
    expect(new URL(response.headers['location'] ?? '').searchParams.get('redirect_url')).toBe(
      'https://app.example.com/opened?x=1',
    );
  });

  it.each(['/api/me', '/api/unknown'])('never redirects %s, even as a document', async (path) => {
    const response = await app.request('get', path, { ...NAVIGATION, cookie: await clerk.cookies(expired) });
    expect([401, 404]).toContain(response.status);
    expect(response.type).toBe('application/problem+json');
    expect(response.headers['location']).toBeUndefined();
  });

  it('sets every cookie of a finished handshake apart and cleans the address of test keys', async () => {
    const instance = new ClerkInstance({ mode: 'test' });
    const dev = await createTestApp({ clerk: instance });
    const session = await instance.sessionToken();
    const directives = [
      `__session=${session}; Path=/`,
      '__client_uat=1700000000; Path=/',
      '__clerk_db_jwt=dvb; Path=/',
    ];
    const response = await dev.open(
      `/closed?x=1&__clerk_handshake=${await instance.handshakeToken(directives)}`,
    );
    expect(response.status).toBe(307);
    expect(response.headers['location']).toBe('https://app.example.com/closed?x=1');
    expect(response.headers['set-cookie']).toEqual(
      directives.map((cookie) => `${cookie}; SameSite=Lax; Secure`),
    );
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    await dev.stop();
  });

  it('ignores a handshake in the query with live keys, by which a stranger could sign somebody in', async () => {
    const directives = [`__session=${await clerk.sessionToken()}; Path=/`, '__client_uat=1700000000; Path=/'];
    const response = await app.open(`/open?__clerk_handshake=${await clerk.handshakeToken(directives)}`);
    expect(response.status).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.text).toContain('data-session="signed-out"');
  });

  it('drops a redirect to a satellite that is not listed, with the token it would carry', async () => {
    const instance = new ClerkInstance({ mode: 'test' });
    const variables = {
      CLERK_AUTHORIZED_PARTIES: 'https://app.example.com,https://two.example',
    };
    const dev = await createTestApp({ clerk: instance, variables });
    const cookie = await instance.cookies();
    for (const target of [
      'https://evil.example',
      'javascript:alert(1)',
      '//evil.example',
      'https://app.example.com/x',
    ]) {
      const response = await dev.open(`/open?__clerk_redirect_url=${encodeURIComponent(target)}`, cookie);
      expect(response.status).toBe(200);
      expect(response.headers['location']).toBeUndefined();
    }
    const listed = await dev.open(
      `/open?__clerk_redirect_url=${encodeURIComponent('https://two.example/')}`,
      cookie,
    );
    expect(listed.status).toBe(307);
    expect(listed.headers['location']).toMatch(/^https:\/\/two\.example\//);
    await dev.stop();
  });

  it('is not what keeps a handshaking request from a protected handler', async () => {
    const passing = { intercept: (_context: ExecutionContext, next: CallHandler) => next.handle() };
    const without = await createTestApp({
      clerk,
      with: { controllers },
      override: (builder) => builder.overrideProvider(HandshakeInterceptor).useValue(passing),
    });
    const response = await without.request('get', '/undecorated', {
      ...NAVIGATION,
      cookie: await clerk.cookies(expired),
    });
    expect(response.status).toBe(307);
    expect(response.text).toBe('');
    await without.stop();
  });
});

import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { Cookie } from 'playwright-core';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

/** The values of Clerk's cookies by plain name; undefined leaves a cookie out. */
type Cookies = Record<string, string | undefined>;

interface CookieState {
  state: string;
  change: (cookies: Cookies) => Cookies | Promise<Cookies>;
  /** Why the server asks for a handshake; none when it does not. */
  reason?: string;
  /** Whom the first page that is rendered shows. */
  rendered: 'signed-in' | 'signed-out';
}

const STATES: CookieState[] = [
  { state: 'as they should be', change: (cookies) => cookies, rendered: 'signed-in' },
  {
    state: 'gone but for the client',
    change: ({ __client }) => ({ __client }),
    reason: 'dev-browser-missing',
    rendered: 'signed-in',
  },
  {
    state: 'without a session token',
    change: (cookies) => ({ ...cookies, __session: undefined }),
    reason: 'client-uat-but-no-session-token',
    rendered: 'signed-in',
  },
  {
    state: 'without the time of sign-in',
    change: (cookies) => ({ ...cookies, __client_uat: undefined }),
    reason: 'session-token-but-no-client-uat',
    rendered: 'signed-in',
  },
  {
    state: 'with an expired session token',
    change: async (cookies) => {
      const iat = Math.floor(Date.now() / 1000) - 120;
      const token = await signAgain(cookies, { iat, nbf: iat, exp: iat + 60 });
      return { ...cookies, __session: token, __client_uat: String(iat - 1) };
    },
    reason: 'session-token-expired-refresh-non-eligible-no-refresh-cookie',
    rendered: 'signed-in',
  },
  {
    state: 'with a session token from before the sign-in',
    change: (cookies) => ({ ...cookies, __client_uat: String(Math.floor(Date.now() / 1000) + 5) }),
    reason: 'session-token-iat-before-client-uat',
    rendered: 'signed-in',
  },
  {
    state: 'with neither session token nor time of sign-in',
    change: (cookies) => ({ ...cookies, __session: undefined, __client_uat: undefined }),
    rendered: 'signed-out',
  },
  {
    state: 'with a session token that nobody signed',
    change: ({ __session = '', ...cookies }) => ({
      ...cookies,
      __session: `${__session.slice(0, -8)}AAAAAAAA`,
    }),
    rendered: 'signed-out',
  },
];

describe('a page, opened with cookies', () => {
  it.each(STATES)('$state, ends signed in', async ({ change, reason, rendered }) => {
    const ada = await withCookies(change);
    const reasons = handshakes(ada);
    const response = await ada.page.goto('/', { waitUntil: 'commit' });
    expect(await response?.text()).toContain(`data-session="${rendered}"`);
    expect(response?.url()).toBe(`${stage.app.origin}/`);
    expect(reasons).toEqual(reason ? [reason] : []);
    await ada.isSeen('signed-in');
  });

  it('of nobody, ends signed out after one handshake', async () => {
    const visitor = await stage.arrive();
    const reasons = handshakes(visitor);
    await visitor.open('/');
    await visitor.isSeen('signed-out');
    expect(reasons).toEqual(['dev-browser-missing']);
  });

  it('of a session that has ended elsewhere, ends signed out', async () => {
    const ada = await withCookies((cookies) => ({ ...cookies, __client: undefined, __session: undefined }));
    await ada.open('/');
    await ada.isSeen('signed-out');
    expect(await sessionToken(ada)).toBe('');
  });

  it.each(['/api/me', '/profile', '/'])(
    'in doubt, answers a fetch of %s without a redirect',
    async (path) => {
      const ada = await stage.arriveAs('ada');
      if (path !== '/') ada.foresee(/status of 401/);
      await ada.open('/');
      const answer = await ada.page.evaluate(async (url) => {
        for (const [name] of document.cookie.matchAll(/__session[\w-]*/g))
          document.cookie = `${name}=; Path=/; Max-Age=0`;
        const { status, redirected, type } = await fetch(url, { redirect: 'manual' });
        return { status, redirected, type };
      }, path);
      expect(answer).toEqual({ status: path === '/' ? 200 : 401, redirected: false, type: 'basic' });
    },
  );
});

describe('a session', () => {
  it('is refreshed within the minute by the page that is open', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.page.clock.install();
    await ada.open('/');
    const before = await sessionToken(ada);
    const refreshed = ada.page.waitForResponse(/\/sessions\/\w+\/tokens/);
    await ada.page.clock.fastForward('00:50');
    expect((await refreshed).status()).toBe(200);
    await ada.page.waitForFunction((old) => !document.cookie.includes(old), before);
    expect(decodeJwt(await sessionToken(ada))).toMatchObject({ sub: 'user_ada' });
  });

  it('gives a new token on demand, in the cookie too', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/');
    const before = await sessionToken(ada);
    const token = await ada.page.evaluate(() => globalThis.Clerk?.session?.getToken({ skipCache: true }));
    expect(token).not.toBe(before);
    expect(await sessionToken(ada)).toBe(token);
  });

  it('ends in every tab when it ends in one', async () => {
    const ada = await stage.arriveAs('ada');
    const other = await ada.context.newPage();
    await ada.open('/');
    await ada.open('/', other);
    await ada.signOut();
    await ada.isSeen('signed-out', other);
    expect(other.url()).toBe(`${stage.app.origin}/`);
  });

  it('survives a restart of the application', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/profile');
    await ada.page.goto('about:blank');
    await stage.app.pause();
    await stage.app.resume();
    await ada.open('/profile');
    await ada.isSeen('signed-in');
    expect(await ada.me()).toMatchObject({ status: 200, body: { userId: 'user_ada' } });
  });
});

/** Ada in a browser whose cookies were changed by hand after she had signed in, with no page open. */
async function withCookies(change: CookieState['change']): Promise<Visitor> {
  const ada = await stage.arriveAs('ada');
  await ada.open('/');
  await ada.page.goto('about:blank');
  const jar = await ada.context.cookies([stage.app.origin, `${stage.app.origin}/__clerk`]);
  const wanted = await change(Object.fromEntries(jar.map((cookie) => [plainName(cookie), cookie.value])));
  await ada.context.clearCookies();
  await ada.context.addCookies(
    jar.flatMap((cookie) => {
      const value = wanted[plainName(cookie)];
      return value === undefined ? [] : [{ ...cookie, value }];
    }),
  );
  return ada;
}

/** Clerk's cookies come twice: plain, and with an ending that stands for the instance. */
function plainName({ name }: Cookie): string {
  return name.replace(/(?<=^__(?:session|client_uat|clerk_db_jwt))_[\w-]{8}$/, '');
}

/** The reasons of the handshakes that the visitor is sent through, as they happen. */
function handshakes(visitor: Visitor): (string | null)[] {
  const reasons: (string | null)[] = [];
  visitor.page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/v1/client/handshake'))
      reasons.push(url.searchParams.get('__clerk_hs_reason'));
  });
  return reasons;
}

/** The session token in the cookies, with other claims, signed by the local Clerk's own key. */
async function signAgain({ __session = '' }: Cookies, claims: JWTPayload): Promise<string> {
  const file = join(stage.app.directory, '.local-clerk', 'state.json');
  const { privateKey } = JSON.parse(await readFile(file, 'utf8')) as { privateKey: JWK };
  return new SignJWT({ ...decodeJwt(__session), ...claims })
    .setProtectedHeader({ ...decodeProtectedHeader(__session), alg: 'RS256' })
    .sign(await importJWK(privateKey, 'RS256'));
}

async function sessionToken(visitor: Visitor): Promise<string> {
  const cookies = await visitor.context.cookies();
  return cookies.find(({ name }) => name === '__session')?.value ?? '';
}

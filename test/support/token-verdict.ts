import { createHash } from 'node:crypto';
import type { ClerkInstance } from './clerk-instance.js';
import { NAVIGATION, type TestApp } from './test-app.js';

/** What the application answers to cookies: a public page, a protected page and the API. */
export interface CookieVerdict {
  open: string;
  closed: string;
  api: string;
}

/** The same for a token, which can also come in cookies with the instance's suffix or in a header. */
export interface TokenVerdict extends CookieVerdict {
  suffixed: string;
  bearer: string;
}

const REFUSED = '401 application/problem+json';
const ANSWERED = '200 application/json';

export const COOKIES_SIGNED_IN = { open: '200 signed-in', closed: '200 signed-in', api: ANSWERED };
export const COOKIES_SIGNED_OUT = {
  open: '200 signed-out',
  closed: '303 /sign-in?redirect_url=%2Fclosed',
  api: REFUSED,
};
export const COOKIES_HANDSHAKE = { open: '307 handshake', closed: '307 handshake', api: REFUSED };

export const SIGNED_IN: TokenVerdict = { ...COOKIES_SIGNED_IN, suffixed: ANSWERED, bearer: ANSWERED };
export const SIGNED_OUT: TokenVerdict = { ...COOKIES_SIGNED_OUT, suffixed: REFUSED, bearer: REFUSED };
export const HANDSHAKE: TokenVerdict = { ...COOKIES_HANDSHAKE, suffixed: REFUSED, bearer: REFUSED };

export async function cookieVerdict(app: TestApp, cookie: string): Promise<CookieVerdict> {
  const [open, closed, api] = await Promise.all([
    verdict(app, '/open', { ...NAVIGATION, cookie }),
    verdict(app, '/closed', { ...NAVIGATION, cookie }),
    verdict(app, '/api/me', { cookie }),
  ]);
  return { open, closed, api };
}

export async function tokenVerdict(app: TestApp, clerk: ClerkInstance, token: string): Promise<TokenVerdict> {
  const suffix = cookieSuffix(clerk);
  const [cookies, suffixed, bearer] = await Promise.all([
    cookieVerdict(app, clerk.cookiesFor(token)),
    verdict(app, '/api/me', { cookie: `__session_${suffix}=${token}; __client_uat_${suffix}=1700000000` }),
    verdict(app, '/api/me', { authorization: `Bearer ${token}` }),
  ]);
  return { ...cookies, suffixed, bearer };
}

/** What Clerk appends to the names of an instance's cookies. */
export function cookieSuffix({ variables }: ClerkInstance): string {
  const key = variables['CLERK_PUBLISHABLE_KEY'] ?? '';
  return createHash('sha1').update(key).digest('base64url').slice(0, 8);
}

/** The status, and what a person would see of the rest. */
async function verdict(app: TestApp, path: string, headers: Record<string, string>): Promise<string> {
  const response = await app.request('get', path, headers);
  const location = response.headers['location'];
  const shown = location?.includes('/v1/client/handshake?') ? 'handshake' : location;
  const session = /data-session="([\w-]+)"/.exec(response.text)?.[1];
  return `${response.status} ${shown ?? session ?? response.type}`;
}

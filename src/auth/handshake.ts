import type { AuthOptions } from './auth.options.js';
import { clerkBrowser } from './clerk-browser.js';

const NONCE = '__clerk_handshake_nonce';
/** What a handshake brings back: in the query with test keys, in cookies with live ones. */
const CARRIERS = ['__clerk_handshake', NONCE];
/** What Clerk's SDK takes out of the address once a handshake is over. */
const PARAMETERS = [...CARRIERS, '__clerk_help', '__clerk_db_jwt'];
const CLERKS_COOKIE = /^__(session|client_uat|refresh|clerk)[\w-]*=[\x20-\x7e]*$/;

/** The Set-Cookie values among those of a handshake that set a cookie of Clerk's own, in one line each. */
export function clerksDirectives(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && CLERKS_COOKIE.test(value));
}

/** Whether the request comes back from a handshake. */
export function bringsHandshake(request: Request): boolean {
  return CARRIERS.some((name) => carried(request, name) !== undefined);
}

/** The nonce that stands for a handshake's cookies, or undefined. */
export function handshakeNonce(request: Request): string | undefined {
  return carried(request, NONCE);
}

/** The same request as if no handshake had come with it. */
export function withoutHandshake(request: Request): Request {
  const url = new URL(request.url);
  for (const name of PARAMETERS) url.searchParams.delete(name);
  const headers = new Headers(request.headers);
  headers.set('cookie', written(cookies(request).filter(([name]) => !CARRIERS.includes(name))));
  return new Request(url, { method: request.method, headers });
}

/**
 * The request as it will come once the browser has kept the cookies of its handshake: names and values alone, beside
 * those that it has. It starts no further handshake, since this one was to settle the session.
 */
export function afterHandshake(request: Request, directives: readonly string[]): Request {
  const settled = withoutHandshake(request);
  const kept = new Map(cookies(settled));
  for (const directive of directives) {
    const [pair = '', ...attributes] = directive.split(';');
    const [name, value] = nameAndValue(pair);
    if (value === '' || attributes.some((attribute) => /^\s*max-age=0*$/i.test(attribute))) kept.delete(name);
    else kept.set(name, value);
  }
  settled.headers.set('cookie', written([...kept]));
  settled.headers.set('sec-fetch-dest', 'empty');
  return settled;
}

/**
 * Set-Cookie values that take the nonce out of the browser, where it would come with every further request: as a cookie
 * of this host, and of the domain that the Frontend API shares with it. None when no cookie brought it.
 */
export function forgottenNonce(request: Request, options: AuthOptions): string[] {
  if (!cookies(request).some(([name]) => name === NONCE)) return [];
  const host = new URL(options.appUrl).hostname;
  const domain = new URL(clerkBrowser(options).origin).hostname.replace(/^[^.]+\./, '');
  const isShared = `.${host}`.endsWith(`.${domain}`);
  return ['', ...(isShared ? [`; Domain=${domain}`] : [])].map(
    (scope) => `${NONCE}=; Path=/${scope}; Max-Age=0`,
  );
}

function carried(request: Request, name: string): string | undefined {
  const inQuery = request.url.includes(name) && new URL(request.url).searchParams.get(name);
  return inQuery || cookies(request).find((cookie) => cookie[0] === name)?.[1] || undefined;
}

function cookies(request: Request): [name: string, value: string][] {
  return (request.headers.get('cookie') ?? '').split('; ').filter(Boolean).map(nameAndValue);
}

function nameAndValue(pair: string): [name: string, value: string] {
  const [name = '', ...value] = pair.split('=');
  return [name.trim(), value.join('=').trim()];
}

function written(pairs: readonly [name: string, value: string][]): string {
  return pairs.map((pair) => pair.join('=')).join('; ');
}

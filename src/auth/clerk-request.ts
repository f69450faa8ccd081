import { BadRequestException } from '@nestjs/common';
import type { Request as ExpressRequest } from 'express';
import type { AuthOptions } from './auth.options.js';
import { isApi, isDocument } from './caller.js';
import { clerkCookies } from './clerk-cookies.js';
import { bringsHandshake } from './handshake.js';
import { isExpiredHandshake, LONGEST_TOKEN } from './token-policy.js';

const HANDSHAKE = '__clerk_handshake';
const HANDSHAKE_NONCE = '__clerk_handshake_nonce';
const SATELLITE_REDIRECT = '__clerk_redirect_url';
/** What Clerk's SDK judges a request by; not the headers by which a client may claim to come from elsewhere. */
const JUDGED_BY = ['accept', 'accept-language', 'origin', 'referer', 'sec-fetch-dest', 'user-agent'];

/**
 * The request as Clerk's SDK may see it: on the public origin, whatever Host or forwarding headers say, and without the
 * carriers that do not count here: `Authorization` on pages, handshakes on anything but a page that a browser is loading,
 * and with live keys a handshake in the query, by which a stranger could sign somebody in.
 * @throws BadRequestException for what a web Request cannot hold: `//` targets, credentials, TRACE
 */
export function toClerkRequest(request: ExpressRequest, options: AuthOptions): Request {
  const url = publicUrl(request, options);
  const headers = isApi(request) ? apiHeaders(request) : pageHeaders(request);
  headers.set('host', url.host);
  if (request.ip) headers.set('x-forwarded-for', request.ip);
  try {
    return new Request(url, { method: request.method, headers });
  } catch {
    throw new BadRequestException();
  }
}

/** The token of such a request's `Authorization` header, which only requests to the API have kept. */
export function bearerToken(request: Request): string | undefined {
  return request.headers.get('authorization')?.slice('Bearer '.length);
}

/** Whether such a request says who sent it, so that there is something to verify. */
export function bringsTokens(request: Request): boolean {
  const carriesSession =
    request.headers.has('authorization') || request.headers.get('cookie')?.includes('__session');
  return carriesSession || bringsHandshake(request);
}

function publicUrl(request: ExpressRequest, { appUrl, publishableKey, authorizedParties }: AuthOptions): URL {
  if (!/^\/(?!\/)/.test(request.originalUrl)) throw new BadRequestException();
  const url = new URL(appUrl + request.originalUrl);
  if (url.search === '') return url;
  if (!mayHandshake(request) || publishableKey.startsWith('pk_live_')) drop(url, HANDSHAKE, HANDSHAKE_NONCE);
  if (isExpiredHandshake(url.searchParams.get(HANDSHAKE))) drop(url, HANDSHAKE);
  if (!isSatellite(url.searchParams.get(SATELLITE_REDIRECT), appUrl, authorizedParties)) {
    drop(url, SATELLITE_REDIRECT);
  }
  return url;
}

/** Whether handshakes count: they are a matter of redirects, which only a browser that loads a page follows for somebody. */
export function mayHandshake(request: ExpressRequest): boolean {
  return request.method === 'GET' && isDocument(request);
}

function isSatellite(url: string | null, appUrl: string, authorizedParties: string[]): boolean {
  const origin = url !== null && URL.canParse(url) ? new URL(url).origin : appUrl;
  return origin !== appUrl && authorizedParties.includes(origin);
}

/** Removes parameters only where they stand: touching `searchParams` rewrites the whole query. */
function drop(url: URL, ...names: string[]): void {
  for (const name of names) if (url.searchParams.has(name)) url.searchParams.delete(name);
}

function pageHeaders(request: ExpressRequest): Headers {
  const headers = new Headers();
  for (const name of JUDGED_BY) {
    const value = request.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const cookies = clerkCookies(request.headers.cookie ?? '', { handshakes: mayHandshake(request) });
  headers.set('cookie', cookies.map((cookie) => cookie.join('=')).join('; '));
  return headers;
}

/** Clerk starts a handshake for documents only; the API is never one, even when typed into the address bar. */
function apiHeaders(request: ExpressRequest): Headers {
  const headers = pageHeaders(request);
  headers.set('accept', 'application/json');
  headers.set('sec-fetch-dest', 'empty');
  const authorization = request.get('authorization') ?? '';
  if (/^Bearer \S+$/.test(authorization) && authorization.length <= LONGEST_TOKEN) {
    headers.set('authorization', authorization);
  }
  return headers;
}

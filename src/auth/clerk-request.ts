import { BadRequestException } from '@nestjs/common';
import type { Request as ExpressRequest } from 'express';
import type { AuthOptions } from './auth.options.js';
import { isApi } from './caller.js';

const HANDSHAKE_PARAMETERS = ['__clerk_handshake', '__clerk_handshake_nonce'];
const SATELLITE_REDIRECT = '__clerk_redirect_url';
/** Clerk's SDK takes the public URL from these, whoever sent them. */
const FORWARDING = /^(forwarded|x-forwarded-.*|x-original-.*|x-rewrite-.*|cloudfront-forwarded-proto)$/;

/**
 * The request as Clerk's SDK may see it: on the public origin, whatever Host or forwarding headers say,
 * without the carriers that do not count here (`Authorization` on pages, handshakes on the API, and with
 * live keys a handshake in the query, by which a stranger could sign somebody in).
 * @throws BadRequestException for what a web Request cannot hold: `//` targets, credentials, TRACE
 */
export function toClerkRequest(request: ExpressRequest, options: AuthOptions): Request {
  try {
    return new Request(publicUrl(request, options), {
      method: request.method,
      headers: headers(request, options),
    });
  } catch {
    throw new BadRequestException();
  }
}

function publicUrl(request: ExpressRequest, { appUrl, publishableKey, authorizedParties }: AuthOptions): URL {
  if (!/^\/(?!\/)/.test(request.originalUrl)) throw new BadRequestException();
  const url = new URL(appUrl + request.originalUrl);
  if (isApi(request) || publishableKey.startsWith('pk_live_')) drop(url, ...HANDSHAKE_PARAMETERS);
  const satellite = url.searchParams.get(SATELLITE_REDIRECT);
  if (satellite !== null && !isSatelliteOf(satellite, appUrl, authorizedParties))
    drop(url, SATELLITE_REDIRECT);
  return url;
}

function isSatelliteOf(url: string, appUrl: string, authorizedParties: string[]): boolean {
  const origin = URL.canParse(url) ? new URL(url).origin : appUrl;
  return origin !== appUrl && authorizedParties.includes(origin);
}

/** Removes parameters only where they stand: touching `searchParams` rewrites the whole query. */
function drop(url: URL, ...names: string[]): void {
  for (const name of names) if (url.searchParams.has(name)) url.searchParams.delete(name);
}

function headers(request: ExpressRequest, { appUrl }: AuthOptions): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !FORWARDING.test(name)) result.set(name, value);
  }
  result.set('host', new URL(appUrl).host);
  if (!isApi(request) || !/^Bearer \S+$/.test(result.get('authorization') ?? ''))
    result.delete('authorization');
  if (isApi(request)) {
    // Clerk starts a handshake for documents only; the API is never one, even when typed into the address bar.
    result.set('sec-fetch-dest', 'empty');
    result.set('accept', 'application/json');
    result.set('cookie', withoutHandshakes(result.get('cookie') ?? ''));
  }
  return result;
}

function withoutHandshakes(cookies: string): string {
  return cookies
    .split(';')
    .filter((cookie) => !HANDSHAKE_PARAMETERS.some((name) => cookie.trim().startsWith(`${name}=`)))
    .join(';');
}

import type { Request, Response } from 'express';
import { isApi } from './caller.js';
import { clerksDirectives } from './handshake.js';
import type { Session } from './session.js';

const NOT_COPIED = /^(access-control-.*|cache-control|location|set-cookie)$/;

/**
 * Puts what Clerk says of the session on the response: its own cookies, each apart, and its headers but for the CORS
 * pair, which would open the answer to `Origin: null`. Keeps what depends on a session out of every cache.
 */
export function tellSession(
  { headers }: Session,
  request: Request,
  response: Response,
  { isHttps }: { isHttps: boolean },
): void {
  headers.forEach((value, name) => {
    if (!NOT_COPIED.test(name)) response.append(name, value);
  });
  for (const cookie of clerksDirectives(headers.getSetCookie())) {
    response.append('Set-Cookie', guarded(cookie, isHttps));
  }
  response.setHeader('Cache-Control', headers.get('cache-control') ?? 'private, no-store');
  response.vary(isApi(request) ? 'Cookie, Authorization' : 'Cookie');
}

/** The cookie as Clerk wrote it, with the protection that it may lack. */
function guarded(cookie: string, isHttps: boolean): string {
  const sameSite = /;\s*samesite=/i.test(cookie) ? '' : '; SameSite=Lax';
  const secure = !isHttps || /;\s*secure\s*(;|$)/i.test(cookie) ? '' : '; Secure';
  return cookie + sameSite + secure;
}

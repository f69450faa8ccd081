import { ForbiddenException } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const SITES = ['same-origin', 'same-site', 'cross-site', 'none'];

/** A request that changes something was sent by another site's page. */
export class CrossSiteRequestException extends ForbiddenException {
  readonly event = 'cross-site-request';

  constructor() {
    super('This request comes from another site.');
  }
}

/**
 * Refuses requests that change something unless a page of this origin sent them: by fetch metadata, by `Origin` in
 * browsers that do not send it, and without either only when no cookie comes along.
 * See https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function csrfCheck(appUrl: string): RequestHandler {
  return (request, _response, next) => {
    const passes = SAFE.includes(request.method) || isFromHere(request, appUrl);
    next(passes ? undefined : new CrossSiteRequestException());
  };
}

function isFromHere({ headers }: Request, appUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && SITES.includes(site)) return site === 'same-origin';
  return headers.origin === undefined ? headers.cookie === undefined : headers.origin === appUrl;
}

import {
  BadRequestException,
  MethodNotAllowedException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request, RequestHandler } from 'express';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded'];

/**
 * Refuses what no browser and no honest client sends, before anything looks at it: a target that is not a path of this
 * origin, two hosts, methods that no handler can have, and bodies that another site's form could send as JSON.
 */
export function requestCheck(): RequestHandler {
  return (request, response, next) => {
    if (!/^\/(?!\/)/.test(request.originalUrl) || hosts(request) !== 1) {
      next(new BadRequestException());
    } else if (request.method === 'OPTIONS') {
      // Nothing here is for other origins: no preflight succeeds, and what a route can do is nobody's business.
      response.status(204).end();
    } else if (!METHODS.includes(request.method)) {
      next(new MethodNotAllowedException());
    } else {
      next(hasForeignBody(request) ? new UnsupportedMediaTypeException() : undefined);
    }
  };
}

/** Node keeps the first of several Host headers and drops the rest. */
function hosts({ rawHeaders }: Request): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
}

function hasForeignBody(request: Request): boolean {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
  return hasBody && !request.is(BODY_TYPES);
}

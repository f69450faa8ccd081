import { Logger } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';

const LONGEST_PATH = 200;

export interface RequestLogOptions {
  /** Path under which requests get no line: the local Clerk's, dozens for each page. */
  except?: string;
}

/**
 * Gives each request an id, which `X-Request-Id` carries, and writes one line for it when it is answered. The line holds
 * what stands here and nothing else: of the address the path without its query, and no header.
 */
export function requestLog({ except }: RequestLogOptions): RequestHandler {
  const logger = new Logger('Request');
  return (request, response, next) => {
    if (except !== undefined && request.path.startsWith(except)) return next();
    const started = performance.now();
    const path = request.path.slice(0, LONGEST_PATH);
    const requestId = requestIdOf(request);
    response.setHeader('X-Request-Id', requestId);
    response.on('close', () => {
      const { statusCode: status, writableFinished } = response;
      const line = {
        requestId,
        method: request.method,
        path,
        status,
        milliseconds: millisecondsSince(started),
      };
      logger.log(writableFinished ? line : { ...line, aborted: true });
    });
    next();
  };
}

function millisecondsSince(started: number): number {
  return Math.round(performance.now() - started);
}

/** The caller's own id where it is one, so that a request can be followed through several services. */
function requestIdOf(request: Request): string {
  const given = request.get('x-request-id') ?? '';
  return /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

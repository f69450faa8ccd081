import {
  BadRequestException,
  HttpException,
  MethodNotAllowedException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded'];
/** Browsers send about twenty. Past 2000 Node drops them without a word, which could be the second Host. */
const MOST_HEADERS = 100;

/**
 * Refuses what no browser and no honest client sends, before anything looks at it: a target that is not a path of this
 * origin, two hosts, framing that another server may read differently, methods that no handler can have, and bodies that
 * another site's form could send as JSON.
 */
export function requestCheck(): RequestHandler {
  return (request, response, next) => {
    if (isMalformed(request)) {
      response.setHeader('Connection', 'close');
      next(new BadRequestException());
    } else if (request.rawHeaders.length / 2 > MOST_HEADERS) {
      response.setHeader('Connection', 'close');
      next(new HttpException('The request has too many header lines.', 431));
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

/** Answers CONNECT, which Node hands to no handler, like each other method that is not there. */
export function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
    socket.destroy(),
  );
}

function isMalformed(request: Request): boolean {
  const isPath = /^\/(?![/\\])[^#]*$/.test(request.originalUrl);
  return !isPath || hosts(request) !== 1 || request.httpVersionMajor !== 1 || isOddlyFramed(request);
}

/** Node keeps the first of several Host headers and drops the rest. */
function hosts({ rawHeaders }: Request): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
}

/** HTTP/1.0 has no chunks, and 1.1 no other coding that everybody reads (RFC 9112, section 6.1). */
function isOddlyFramed({ headers, httpVersionMinor }: Request): boolean {
  const coding = headers['transfer-encoding'];
  return coding !== undefined && (httpVersionMinor === 0 || coding.toLowerCase() !== 'chunked');
}

function hasForeignBody(request: Request): boolean {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
  return hasBody && !request.is(BODY_TYPES);
}

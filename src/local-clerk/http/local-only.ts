import type { Request, RequestHandler } from 'express';
import { ApiError } from './api.error.js';
import { isLoopbackAddress } from './loopback.js';

/**
 * Answers this machine and this application only: a loopback peer, the application's own Host (against DNS
 * rebinding), no foreign Origin, nothing state-changing from another site. Looks at the socket, never at
 * forwarded headers.
 */
export function localOnly(origin: string): RequestHandler {
  const { host } = new URL(origin);
  return (request, _response, next) => {
    const fault = faultOf(request, origin, host);
    next(fault && new ApiError(403, 'origin_invalid', `The local Clerk refuses ${fault}.`));
  };
}

function faultOf(request: Request, origin: string, host: string): string | undefined {
  if (!isLoopbackAddress(request.socket.remoteAddress)) return 'other machines';
  if (request.headers.host?.toLowerCase() !== host) return 'a foreign Host';
  if (request.headers.origin !== undefined && request.headers.origin !== origin) return 'a foreign Origin';
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (!reading && request.headers['sec-fetch-site'] === 'cross-site') return 'changes from another site';
  return undefined;
}

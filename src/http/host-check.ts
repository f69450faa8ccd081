import { HttpException } from '@nestjs/common';
import type { RequestHandler } from 'express';

/** The request names a host that is not this application's: 421, the host is never repeated. */
export class MisdirectedRequestException extends HttpException {
  readonly event = 'foreign-host';

  constructor(appUrl: string) {
    super(`This application answers at ${appUrl}.`, 421);
  }
}

/** Refuses every Host but that of the public origin, so that nothing can be built from a forged one. */
export function hostCheck(appUrl: string): RequestHandler {
  const { host } = new URL(appUrl);
  return (request, _response, next) => {
    next(request.headers.host?.toLowerCase() === host ? undefined : new MisdirectedRequestException(appUrl));
  };
}

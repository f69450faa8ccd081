import { HttpException } from '@nestjs/common';
import type { Session } from './session.js';

/** Ends a request with a redirect and an empty body. */
export abstract class RedirectException extends HttpException {
  protected constructor(
    readonly location: string,
    status: 303 | 307,
  ) {
    super('Redirect', status);
  }
}

/** Clerk wants to see the browser before the request goes on: 307, so that it comes back as it was. */
export class HandshakeException extends RedirectException {
  constructor(location: string) {
    super(location, 307);
  }
}

/** A page is for signed-in people: 303 to the sign-in page, which leads back. */
export class SignInRedirectException extends RedirectException {
  constructor(location: string) {
    super(location, 303);
  }
}

/**
 * Sends the browser to Clerk first where the session says so.
 * @throws HandshakeException, or Error when Clerk asks for a handshake without saying where
 */
export function playHandshakeOut({ location, status }: Session): void {
  if (location !== null) throw new HandshakeException(location);
  if (status === 'handshake') throw new Error('Clerk asks for a handshake but does not say where');
}

import {
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { Authenticator } from './authenticator.js';
import { isDocument, isEmbedded } from './caller.js';
import { ClerkUnavailableException } from './clerk-unavailable.exception.js';
import { Public } from './public.decorator.js';
import { playHandshakeOut, SignInRedirectException } from './redirect.exception.js';
import { signInLocation } from './return-path.js';
import { keepSession, withoutUser, type Session } from './session.js';
import { tellSession } from './session-headers.js';

/** Lets a request pass when its route is `@Public()` or its session is signed in; refuses everything else. */
@Injectable()
export class ClerkGuard implements CanActivate {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return false;
    const request = context.switchToHttp().getRequest<Request>();
    const open = this.reflector.getAllAndOverride(Public, [context.getHandler(), context.getClass()]);
    if (open?.session === false) {
      keepSession(request, withoutUser('signed-out'));
      return true;
    }
    const session = await this.authenticator.authenticate(request);
    const isHttps = this.options.appUrl.startsWith('https:');
    tellSession(session, request, context.switchToHttp().getResponse<Response>(), { isHttps });
    if (open === undefined) this.requireSignIn(session, request);
    return true;
  }

  /** @throws the answer to give instead, unless the session is signed in with nothing left to settle */
  protected requireSignIn(session: Session, request: Request): void {
    if (isEmbedded(request)) throw new ForbiddenException('This cannot be embedded in a page.');
    playHandshakeOut(session);
    if (session.status === 'unavailable') throw new ClerkUnavailableException();
    if (session.status === 'signed-in') return;
    if (isDocument(request) && session.status !== 'stale') {
      throw new SignInRedirectException(signInLocation(request.originalUrl, this.options));
    }
    throw new UnauthorizedException('Sign in to see this.');
  }
}

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
import { denialOf } from './access/denial.js';
import { routeAccess, type RouteAccess } from './access/route-access.js';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { Authenticator } from './authenticator.js';
import { isDocument, isEmbedded } from './caller.js';
import { ClerkUnavailableException } from './clerk-unavailable.exception.js';
import { FreshPlan } from './lookup/fresh-plan.js';
import { playHandshakeOut, SignInRedirectException } from './redirect.exception.js';
import { signInLocation } from './return-path.js';
import { keepSession, withoutUser, type Session } from './session.js';
import { tellSession } from './session-headers.js';

/**
 * Lets a request pass when its route is `@Public()`, or when its caller is known, of a kind that the route takes, and meets
 * every condition that stands on it. Refuses everything else.
 */
@Injectable()
export class ClerkGuard implements CanActivate {
  readonly #access = new Map<unknown, Map<unknown, RouteAccess>>();

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly authenticator: Authenticator,
    private readonly freshPlan: FreshPlan,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return false;
    const request = context.switchToHttp().getRequest<Request>();
    const access = this.#accessTo(context);
    if (access.isBlind) {
      keepSession(request, withoutUser('signed-out'));
      return true;
    }
    const session = await this.authenticator.authenticate(request, access.tokens);
    const isHttps = this.options.appUrl.startsWith('https:');
    tellSession(session, request, context.switchToHttp().getResponse<Response>(), { isHttps });
    if (access.isPublic) return true;
    this.requireCaller(session, access, request);
    await this.requireConditions(session, access);
    return true;
  }

  /** Read once for each route: decorators stay as they are. */
  #accessTo(context: ExecutionContext): RouteAccess {
    const [controller, handler] = [context.getClass(), context.getHandler()];
    const ofController = this.#access.get(controller) ?? new Map<unknown, RouteAccess>();
    const access = ofController.get(handler) ?? routeAccess(this.reflector, handler, controller);
    this.#access.set(controller, ofController.set(handler, access));
    return access;
  }

  /** @throws the answer to give instead, unless somebody is known by a token that the route takes, with nothing left to settle */
  protected requireCaller(session: Session, { tokens }: RouteAccess, request: Request): void {
    if (isEmbedded(request)) throw new ForbiddenException('This cannot be embedded in a page.');
    playHandshakeOut(session);
    if (session.status === 'unavailable') throw new ClerkUnavailableException();
    if (tokens.some((type) => type === session.auth.tokenType)) return;
    if (isDocument(request) && session.status !== 'stale') {
      throw new SignInRedirectException(signInLocation(request.originalUrl, this.options));
    }
    throw new UnauthorizedException('Sign in to see this.');
  }

  /** @throws the refusal of the first condition that does not hold */
  protected async requireConditions(session: Session, access: RouteAccess): Promise<void> {
    const denial = denialOf(session, access) ?? (await this.freshPlan.denialOf(session, access));
    if (denial) throw denial;
  }
}

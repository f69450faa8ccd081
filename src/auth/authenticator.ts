import type { ClerkClient } from '@clerk/backend';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Request as ExpressRequest } from 'express';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { CLERK_CLIENT } from './clerk-client.provider.js';
import { toClerkRequest } from './clerk-request.js';
import { toSessionUser } from './session-user.js';
import { withDeadline } from './deadline.js';
import { MAX_REDIRECTS } from './clerk-cookies.js';
import { tokenFault } from './token-policy.js';
import { keepSession, sessionOf, withoutUser, type Session } from './session.js';
import { SigningKeys } from './signing-keys.js';

type ClerkState = Awaited<ReturnType<ClerkClient['authenticateRequest']>>;

/** Resolves who sent a request: once, whoever asks. */
@Injectable()
export class Authenticator implements OnModuleInit {
  readonly #logger = new Logger(Authenticator.name);

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(CLERK_CLIENT) private readonly clerk: ClerkClient,
    private readonly keys: SigningKeys,
  ) {}

  /** A configuration that Clerk's SDK refuses shall stop the boot, not the first visitor. */
  async onModuleInit(): Promise<void> {
    await this.#ask(new Request(this.options.appUrl));
  }

  /**
   * The session of the request; `unavailable` when Clerk cannot be reached.
   * @throws BadRequestException when the request's target is none
   */
  async authenticate(request: ExpressRequest): Promise<Session> {
    return (
      sessionOf(request) ?? keepSession(request, await this.#resolve(toClerkRequest(request, this.options)))
    );
  }

  async #resolve(request: Request): Promise<Session> {
    try {
      return await withDeadline(this.#verify(request));
    } catch (error) {
      this.#logger.warn(`Clerk cannot be reached: ${(error as Error).message}`);
      return withoutUser('unavailable');
    }
  }

  async #verify(request: Request): Promise<Session> {
    if (!bringsTokens(request)) return this.#toSession(await this.#ask(request), request);
    const keys = await this.keys.current();
    let state = await this.#askWith(keys, request);
    if (!isSigned(state)) {
      const renewed = await this.keys.renewed();
      if (renewed !== keys) state = await this.#askWith(renewed, request);
    }
    return this.#toSession(state, request);
  }

  /** What Clerk's SDK says with the first key that fits; undefined where it throws. */
  async #askWith(keys: readonly string[], request: Request): Promise<ClerkState | undefined> {
    let state: ClerkState | undefined;
    for (const jwtKey of keys) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a further key matters only where the former does not fit
        state = await this.#ask(request, jwtKey);
        if (isSigned(state)) return state;
      } catch {
        // The SDK throws on some tokens that nobody signed: whoever brings one is a stranger, not a fault of ours.
      }
    }
    return state;
  }

  #toSession(state: ClerkState | undefined, request: Request): Session {
    if (!state) return this.#refuse('token-unreadable');
    if (lostNonce(state, request)) throw new Error('the nonce of a handshake could not be exchanged');
    const { headers } = state;
    const location = headers.get('location');
    const auth = state.toAuth();
    if (state.status === 'handshake') return { status: 'handshake', user: null, headers, location };
    if (auth?.isAuthenticated && auth.userId) {
      const fault = tokenFault(
        { token: state.token ?? '', claims: auth.sessionClaims },
        this.options.publishableKey,
      );
      if (fault) return this.#refuse(fault);
      return { status: 'signed-in', user: toSessionUser(auth), headers, location };
    }
    if (state.reason?.startsWith('token-')) this.#report(state.reason);
    if (auth?.sessionStatus === 'pending') return { status: 'pending', user: null, headers, location };
    if (!isStale(state, request)) return { status: 'signed-out', user: null, headers, location };
    if (hasTriedEnough(request)) this.#logger.warn({ event: 'handshake-loop', reason: state.reason });
    return { status: 'stale', user: null, headers, location };
  }

  #refuse(reason: string): Session {
    this.#report(reason);
    return withoutUser('signed-out');
  }

  #report(reason: string): void {
    this.#logger.warn({ event: 'session-refused', reason });
  }

  #ask(request: Request, jwtKey?: string): Promise<ClerkState> {
    const { appUrl, signInUrl, signUpUrl, ...options } = this.options;
    return this.clerk.authenticateRequest(request, {
      ...options,
      jwtKey,
      acceptsToken: 'session_token',
      signInUrl: new URL(signInUrl, appUrl).href,
      signUpUrl: new URL(signUpUrl, appUrl).href,
    });
  }
}

function bringsTokens(request: Request): boolean {
  const { searchParams } = new URL(request.url);
  return (
    request.headers.has('authorization') ||
    /__session|__clerk_handshake/.test(request.headers.get('cookie') ?? '') ||
    [...searchParams.keys()].some((name) => name.startsWith('__clerk_handshake'))
  );
}

function isSigned(state: ClerkState | undefined): boolean {
  return state !== undefined && state.reason !== 'token-invalid-signature';
}

/** Clerk's SDK passes over a nonce that it could not exchange; a handshake that went through always sets cookies. */
function lostNonce({ reason, headers }: ClerkState, request: Request): boolean {
  const broughtNonce = (request.url + request.headers.get('cookie')).includes('__clerk_handshake_nonce=');
  return broughtNonce && reason === 'session-token-missing' && headers.getSetCookie().length === 0;
}

/** Whether only a handshake could settle the session: the SDK's reasons to start one, on a request that gets none. */
function isStale({ reason }: ClerkState, request: Request): boolean {
  return (hasTriedEnough(request) ? UNSETTLED : EXPIRED).test(reason ?? '');
}

function hasTriedEnough(request: Request): boolean {
  return (request.headers.get('cookie') ?? '').includes(`__clerk_redirect_count=${MAX_REDIRECTS}`);
}

const EXPIRED = /^(session-token-(expired|iat|nbf|but-no)|client-uat-but-no)/;
const UNSETTLED =
  /^(session-token-(expired|iat|nbf|but-no)|client-uat-but-no|dev-browser-|satellite-|primary-|active-organization-)/;

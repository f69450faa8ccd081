import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { decodeJwt } from '@clerk/backend/jwt';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { CLERK_CLIENT } from './clerk-client.provider.js';
import { bringsTokens } from './clerk-request.js';
import { hasTriedEnough, isSettled, isStale, lostRefresh, type ClerkState } from './clerk-state.js';
import {
  afterHandshake,
  bringsHandshake,
  clerksDirectives,
  forgottenNonce,
  handshakeNonce,
  withoutHandshake,
} from './handshake.js';
import { refused, reportRefusal } from './refusal.js';
import { personOf, withCookies, withoutUser, withPerson, type Session } from './session.js';
import { SigningKeys } from './signing-keys.js';
import { tokenFault } from './token-policy.js';

/** Asks Clerk's SDK about the session of a person, and finishes here what the SDK would leave open. */
@Injectable()
export class SessionVerifier implements OnModuleInit {
  readonly #logger = new Logger(SessionVerifier.name);

  /** What Clerk's SDK is told with every request. */
  readonly #settings: Parameters<ClerkClient['authenticateRequest']>[1];

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(CLERK_CLIENT) private readonly clerk: ClerkClient,
    private readonly keys: SigningKeys,
  ) {
    const { appUrl, signInUrl, signUpUrl, sdkOnly: _, ...rest } = options;
    this.#settings = {
      ...rest,
      acceptsToken: 'session_token',
      signInUrl: new URL(signInUrl, appUrl).href,
      signUpUrl: new URL(signUpUrl, appUrl).href,
    };
  }

  /** A configuration that Clerk's SDK refuses shall stop the boot, not the first visitor. */
  async onModuleInit(): Promise<void> {
    await this.#ask(new Request(this.options.appUrl));
  }

  /** @throws Error when Clerk cannot be asked */
  async verify(request: Request): Promise<Session> {
    const nonce = handshakeNonce(request);
    return nonce === undefined ? this.#verifyTokens(request) : this.#finishHandshake(nonce, request);
  }

  /**
   * A nonce may work only once, so it is exchanged here and not by Clerk's SDK, which asks again with each key and goes
   * on without a word when Clerk is away.
   */
  async #finishHandshake(nonce: string, request: Request): Promise<Session> {
    const directives = await this.#directives(nonce);
    const clean = withoutHandshake(request);
    if (!directives)
      return withCookies(await this.#verifyTokens(clean), forgottenNonce(request, this.options));
    const session = withCookies(await this.#verifyTokens(afterHandshake(request, directives)), directives);
    const isInQuery = clean.url !== request.url;
    return isInQuery && session.status !== 'stale' ? { ...session, location: clean.url } : session;
  }

  /** The cookies that a nonce stands for; undefined when Clerk knows of none. */
  async #directives(nonce: string): Promise<string[] | undefined> {
    try {
      return clerksDirectives((await this.clerk.clients.getHandshakePayload({ nonce })).directives);
    } catch (error) {
      const status = (isClerkAPIResponseError(error) && error.status) || 500;
      if (status >= 500 || status === 429) throw error;
      reportRefusal('handshake-nonce');
      return undefined;
    }
  }

  async #verifyTokens(request: Request): Promise<Session> {
    if (!bringsTokens(request)) return this.#toSession(await this.#ask(request), request);
    const keys = await this.keys.current();
    let state = await this.#askWith(keys, request);
    if (!isSettled(state, request)) {
      const renewed = await this.keys.renewed();
      if (renewed !== keys) state = await this.#askWith(renewed, request);
    }
    if (state || !bringsHandshake(request)) return this.#toSession(state, request);
    reportRefusal('handshake-unreadable');
    return this.#verifyTokens(withoutHandshake(request));
  }

  /** What Clerk's SDK says with the first key that fits; undefined where it throws. */
  async #askWith(keys: readonly string[], request: Request): Promise<ClerkState | undefined> {
    let state: ClerkState | undefined;
    for (const jwtKey of keys) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a further key matters only where the former does not fit
        state = await this.#ask(request, jwtKey);
        if (isSettled(state, request)) return state;
      } catch {
        // The SDK throws on some tokens that nobody signed: whoever brings one is a stranger, not a fault of ours.
      }
    }
    return state;
  }

  #toSession(state: ClerkState | undefined, request: Request): Session {
    if (!state) return refused('token-unreadable');
    if (lostRefresh(state)) throw new Error('an expired session could not be refreshed');
    const { headers } = state;
    const target = headers.get('location');
    // What came in a cookie leaves nothing to clean from the address: the redirect would lead here again, without end.
    const location = target === request.url ? null : target;
    const auth = state.toAuth();
    const answer = { headers, location };
    if (state.status === 'handshake') return withoutUser('handshake', answer);
    if (auth?.isAuthenticated && auth.userId) {
      const token = state.token ?? '';
      const fault = tokenFault(
        { token, header: decodeJwt(token).header, claims: auth.sessionClaims },
        this.options.publishableKey,
      );
      if (fault) return refused(fault);
      const person = personOf(auth);
      const { userId, actorId } = person.user;
      if (actorId) this.#logger.warn({ event: 'impersonation', userId, actorId });
      return withPerson(person, answer);
    }
    if (state.reason?.startsWith('token-')) reportRefusal(state.reason);
    if (auth?.sessionStatus === 'pending') return withoutUser('pending', answer);
    if (!isStale(state, request)) return withoutUser('signed-out', answer);
    if (hasTriedEnough(request)) this.#logger.warn({ event: 'handshake-loop', reason: state.reason });
    return withoutUser('stale', answer);
  }

  #ask(request: Request, jwtKey?: string): Promise<ClerkState> {
    return this.clerk.authenticateRequest(request, { ...this.#settings, jwtKey });
  }
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request as ExpressRequest } from 'express';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { bearerToken, toClerkRequest } from './clerk-request.js';
import { withDeadline } from './deadline.js';
import { FastPath } from './fast-path/fast-path.js';
import { forgottenNonce } from './handshake.js';
import { MachineTokens } from './machine/machine-tokens.js';
import { tokenTypeOf, type MachineTokenType, type TokenType } from './machine/token-type.js';
import { refused } from './refusal.js';
import { keepSession, sessionOf, withCookies, withMachine, withoutUser, type Session } from './session.js';
import { SessionVerifier } from './session-verifier.js';

/** Resolves who sent a request: once, whoever asks. */
@Injectable()
export class Authenticator {
  readonly #logger = new Logger(Authenticator.name);

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly sessions: SessionVerifier,
    private readonly machines: MachineTokens,
    private readonly fastPath: FastPath,
  ) {}

  /**
   * The session of the request; `unavailable` when Clerk cannot be reached. A token of a type that is not accepted counts
   * for nothing, and is shown to nobody.
   * @throws BadRequestException when the request's target is none
   */
  async authenticate(
    request: ExpressRequest,
    accepted: readonly TokenType[] = ['session_token'],
  ): Promise<Session> {
    const known = sessionOf(request);
    if (known) return known;
    const ordinary = accepted.includes('session_token') ? this.fastPath.sessionFor(request) : undefined;
    const session = ordinary ?? (await this.#resolve(toClerkRequest(request, this.options), accepted));
    return keepSession(request, session);
  }

  async #resolve(request: Request, accepted: readonly TokenType[]): Promise<Session> {
    const token = bearerToken(request);
    const type = token === undefined ? 'session_token' : tokenTypeOf(token);
    if (!accepted.includes(type)) return token ? refused('token-type') : withoutUser('signed-out');
    try {
      if (token !== undefined && type !== 'session_token') return await this.#verifyMachine(token, type);
      return await withDeadline(this.sessions.verify(request));
    } catch (error) {
      this.#logger.warn(`Clerk cannot be reached: ${(error as Error).message}`);
      return withCookies(withoutUser('unavailable'), forgottenNonce(request, this.options));
    }
  }

  async #verifyMachine(token: string, type: MachineTokenType): Promise<Session> {
    const machine = await this.machines.verify(token, type);
    if (!machine) return refused(`${type.replace('_', '-')}-unknown`);
    return withMachine(machine);
  }
}

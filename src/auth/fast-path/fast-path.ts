import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AUTH_OPTIONS } from '../auth.module-definition.js';
import type { AuthOptions } from '../auth.options.js';
import { cookieSuffix } from '../clerk-cookies.js';
import { nominalCredentials, signInCookieNames, type SignInCookieNames } from './nominal-request.js';
import { withoutUser, withPerson, type Session } from '../session.js';
import { SigningKeys } from '../signing-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

/**
 * Answers for the ordinary request what Clerk's SDK would, without asking it. It knows two cases, a browser that is signed in
 * and one that is not, and leaves everything else to the SDK: it refuses nobody.
 */
@Injectable()
export class FastPath {
  readonly #cookieNames: SignInCookieNames;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly keys: SigningKeys,
    private readonly tokens: VerifiedTokens,
  ) {
    this.#cookieNames = signInCookieNames(cookieSuffix(options.publishableKey));
  }

  /**
   * The session of the request, or undefined where Clerk's SDK has to judge.
   * @throws BadRequestException for cookies that are none
   */
  sessionFor(request: Request): Session | undefined {
    if (this.options.sdkOnly) return undefined;
    const credentials = nominalCredentials(request, this.options, this.#cookieNames);
    if (credentials === 'none') return withoutUser('signed-out', { headers: STRANGER });
    if (!credentials) return undefined;
    const { known } = this.keys;
    const person = known && this.tokens.verify(credentials.token, known);
    if (!person || Number(person.auth.claims['iat']) < credentials.clientUat) return undefined;
    return withPerson(person);
  }
}

/** What Clerk's SDK tells of a request that brings nothing. */
const STRANGER = new Headers({
  'x-clerk-auth-status': 'signed-out',
  'x-clerk-auth-reason': 'session-token-and-uat-missing',
});

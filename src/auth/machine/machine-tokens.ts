import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS } from '../auth.module-definition.js';
import type { AuthOptions } from '../auth.options.js';
import { CLERK_CLIENT } from '../clerk-client.provider.js';
import { withDeadline } from '../deadline.js';
import { SigningKeys } from '../signing-keys.js';
import { headerFault } from '../token-policy.js';
import type { Machine } from './machine.js';
import { isJwt, type MachineTokenType } from './token-type.js';

/** What Clerk says of a token of any type, as far as it is looked at. */
interface Grant {
  id: string;
  subject: string;
  scopes: readonly string[];
  name?: string | null;
  clientId?: string | null;
  claims?: Record<string, unknown> | null;
  revoked?: boolean;
  expired?: boolean;
}

/** Answers of the Backend API that mean: there is no such token. */
const UNKNOWN = [400, 404, 410, 422];

/** Verifies what programs call with: opaque tokens by asking Clerk, once for each call; signed ones by the instance's keys. */
@Injectable()
export class MachineTokens {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(CLERK_CLIENT) private readonly clerk: ClerkClient,
    private readonly keys: SigningKeys,
  ) {}

  /**
   * Whom the token stands for; undefined when it is worth nothing.
   * @throws Error when Clerk cannot be asked
   */
  async verify(token: string, tokenType: MachineTokenType): Promise<Machine | undefined> {
    const grant = isJwt(token) ? await this.#read(token, tokenType) : await this.#ask(token, tokenType);
    if (!grant || grant.revoked || grant.expired || !grant.subject) return undefined;
    return {
      tokenType,
      id: grant.id,
      subject: grant.subject,
      scopes: grant.scopes ?? [],
      name: grant.name ?? null,
      clientId: grant.clientId ?? null,
      claims: grant.claims ?? {},
    };
  }

  /** Clerk's SDK does not tell a token that Clerk refuses from a Clerk that is away, so its client is asked. */
  async #ask(token: string, tokenType: MachineTokenType): Promise<Grant | undefined> {
    const { apiKeys, m2m, idPOAuthAccessToken } = this.clerk;
    const question: Record<MachineTokenType, () => Promise<Grant>> = {
      api_key: () => apiKeys.verify(token),
      m2m_token: () => m2m.verify({ token }),
      oauth_token: () => idPOAuthAccessToken.verify(token),
    };
    try {
      const grant: Partial<Grant> = await withDeadline(question[tokenType]());
      if (typeof grant.id !== 'string') throw new Error('Clerk answers with something that is no token');
      return grant as Grant;
    } catch (error) {
      if (isClerkAPIResponseError(error) && UNKNOWN.includes(error.status)) return undefined;
      throw error;
    }
  }

  async #read(token: string, tokenType: MachineTokenType): Promise<Grant | undefined> {
    if (headerFault(token) !== undefined) return undefined;
    const known = await this.keys.current();
    return (
      (await this.#readWith(known, token, tokenType)) ??
      (await this.#readWith(await this.keys.renewed(), token, tokenType))
    );
  }

  async #readWith(
    keys: readonly string[],
    token: string,
    acceptsToken: MachineTokenType,
  ): Promise<Grant | undefined> {
    const request = new Request(this.options.appUrl, { headers: { authorization: `Bearer ${token}` } });
    for (const jwtKey of keys) {
      // oxlint-disable-next-line no-await-in-loop -- a further key matters only where the former does not fit
      const state = await this.clerk.authenticateRequest(request, {
        acceptsToken,
        jwtKey,
        isSatellite: false,
      });
      const auth = state.toAuth();
      if (auth?.isAuthenticated && 'scopes' in auth) return auth;
    }
    return undefined;
  }
}

import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { decodeJwt } from '@clerk/backend/jwt';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { actorOf } from '../access/auth.js';
import { AUTH_OPTIONS } from '../auth.module-definition.js';
import type { AuthOptions } from '../auth.options.js';
import { CLERK_CLIENT } from '../clerk-client.provider.js';
import { ClerkTroubleError } from '../clerk-trouble.error.js';
import { withDeadline } from '../deadline.js';
import { CircuitBreaker } from '../lookup/circuit-breaker.js';
import { SigningKeys } from '../signing-keys.js';
import { machineTokenFault } from '../token-policy.js';
import type { Machine } from './machine.js';
import { isOpaque, type MachineTokenType } from './token-type.js';

/** What Clerk says of a token of any type, as far as it is looked at. */
interface Grant {
  id: string;
  subject: string;
  scopes: unknown;
  name?: string | null;
  clientId?: string | null;
  claims?: Record<string, unknown> | null;
  act?: unknown;
  revoked?: boolean;
  expired?: boolean;
}

/** Answers of the Backend API that mean: there is no such token. */
const UNKNOWN = [400, 404, 410, 422];

/** Milliseconds for which a token that Clerk does not know is not asked for again, and how many are remembered. */
const REFUSED = { ttl: 10_000, max: 1000 };

/** Verifies what programs call with: opaque tokens by asking Clerk, once for each call; signed ones by the instance's keys. */
@Injectable()
export class MachineTokens {
  readonly #breaker = new CircuitBreaker();
  /** By digest: a token is kept nowhere. */
  readonly #refused = new LRUCache<string, true>(REFUSED);

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
    const grant = isOpaque(token) ? await this.#ask(token, tokenType) : await this.#read(token, tokenType);
    if (!grant || grant.revoked || grant.expired || !grant.subject || !isListOfTexts(grant.scopes)) {
      return undefined;
    }
    return {
      tokenType,
      id: grant.id,
      subject: grant.subject,
      scopes: grant.scopes,
      name: grant.name ?? null,
      clientId: grant.clientId ?? null,
      actorId: actorOf(grant.act),
      claims: grant.claims ?? {},
    };
  }

  /** Clerk's SDK does not tell a token that Clerk refuses from a Clerk that is away, so its client is asked. */
  async #ask(token: string, tokenType: MachineTokenType): Promise<Grant | undefined> {
    const digest = createHash('sha256').update(token).digest('base64');
    if (!/^\w+$/.test(token) || this.#refused.has(digest)) return undefined;
    const { apiKeys, m2m, idPOAuthAccessToken } = this.clerk;
    const question: Record<MachineTokenType, () => Promise<Grant>> = {
      api_key: () => apiKeys.verify(token),
      m2m_token: () => m2m.verify({ token }),
      oauth_token: () => idPOAuthAccessToken.verify(token),
    };
    try {
      return await this.#breaker.call(async () => {
        const grant: Partial<Grant> = await withDeadline(question[tokenType]());
        if (typeof grant.id !== 'string') {
          throw new ClerkTroubleError('Clerk answers with something that is no token');
        }
        return grant as Grant;
      });
    } catch (error) {
      if (!isClerkAPIResponseError(error) || !UNKNOWN.includes(error.status)) throw error;
      this.#refused.set(digest, true);
      return undefined;
    }
  }

  async #read(token: string, tokenType: MachineTokenType): Promise<Grant | undefined> {
    if (machineTokenFault(token, this.options.publishableKey) !== undefined) return undefined;
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
    const settings = { acceptsToken, isSatellite: false };
    for (const jwtKey of keys) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a further key matters only where the former does not fit
        const state = await this.clerk.authenticateRequest(request, { ...settings, jwtKey });
        const auth = state.toAuth();
        const { act } = decodeJwt(token).payload as { act?: unknown };
        if (auth?.isAuthenticated && 'scopes' in auth) return { ...auth, act };
      } catch {
        // The SDK throws on some claims of odd types: whoever brings them is a stranger, not a fault of ours.
      }
    }
    return undefined;
  }
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

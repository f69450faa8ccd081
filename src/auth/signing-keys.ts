import type { ClerkClient } from '@clerk/backend';
import { Inject, Injectable } from '@nestjs/common';
import { createPublicKey } from 'node:crypto';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';
import { CLERK_CLIENT } from './clerk-client.provider.js';
import { withDeadline } from './deadline.js';

type JwksJSON = Awaited<ReturnType<ClerkClient['jwks']['getJwks']>>;

/** Milliseconds. */
const FRESH_FOR = 5 * 60_000;
const RENEWED_AT_MOST_EVERY = 10_000;

/**
 * The public keys of the Clerk instance, as PEM. Fetched here and not by Clerk's SDK, which cannot tell
 * "Clerk is away" from "not signed in", never gives up on a silent server and asks once for each request.
 */
@Injectable()
export class SigningKeys {
  readonly #configured: readonly string[] | undefined;
  #keys: Promise<readonly string[]> | undefined;
  #fetchedAt = -Infinity;

  constructor(
    @Inject(AUTH_OPTIONS) { jwtKey }: AuthOptions,
    @Inject(CLERK_CLIENT) private readonly clerk: ClerkClient,
  ) {
    this.#configured = jwtKey === undefined ? undefined : [jwtKey];
  }

  /**
   * The keys, at most five minutes old; `CLERK_JWT_KEY` alone where it is set.
   * @throws Error when Clerk cannot be asked
   */
  async current(): Promise<readonly string[]> {
    if (this.#configured) return this.#configured;
    if (!this.#keys || Date.now() - this.#fetchedAt > FRESH_FOR) return this.#fetch();
    return this.#keys;
  }

  /** The keys anew, for a token that none of the current ones signed; the same again within ten seconds. */
  async renewed(): Promise<readonly string[]> {
    if (this.#configured || Date.now() - this.#fetchedAt < RENEWED_AT_MOST_EVERY) return this.current();
    return this.#fetch();
  }

  #fetch(): Promise<readonly string[]> {
    this.#fetchedAt = Date.now();
    const keys = withDeadline(this.clerk.jwks.getJwks())
      .then(toPems)
      .catch((error: unknown) => {
        if (this.#keys === keys) this.#keys = undefined;
        throw error;
      });
    return (this.#keys = keys);
  }
}

function toPems({ keys = [] }: JwksJSON): string[] {
  if (keys.length === 0) throw new Error('The key set of the Clerk instance is empty');
  return keys.map(({ kty, n, e }) => {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    return key.export({ type: 'spki', format: 'pem' }).toString();
  });
}

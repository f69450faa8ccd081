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
  #keys: readonly string[] = [];
  #keysAskedAt = -Infinity;
  /** The last question to Clerk, whatever became of it, and the same while it is open. */
  #latest: Promise<readonly string[]> | undefined;
  #open: Promise<readonly string[]> | undefined;
  #askedAt = -Infinity;

  constructor(
    @Inject(AUTH_OPTIONS) { jwtKey }: AuthOptions,
    @Inject(CLERK_CLIENT) private readonly clerk: ClerkClient,
  ) {
    this.#configured = jwtKey === undefined ? undefined : [jwtKey];
  }

  /** The keys as far as nobody has to be asked for them; undefined when they are too old. */
  get known(): readonly string[] | undefined {
    const areFresh = Date.now() - this.#keysAskedAt < FRESH_FOR;
    return this.#configured ?? (areFresh ? this.#keys : undefined);
  }

  /**
   * The keys, at most five minutes old; `CLERK_JWT_KEY` alone where it is set.
   * @throws Error when Clerk cannot be asked
   */
  async current(): Promise<readonly string[]> {
    return this.known ?? this.#ask();
  }

  /**
   * The keys anew, for a token that none of the current ones signed; the last answer again within ten seconds.
   * Nobody with a token of a known key waits for it, or loses by it when it fails.
   * @throws Error when Clerk cannot be asked
   */
  async renewed(): Promise<readonly string[]> {
    if (this.#configured) return this.#configured;
    const isRecent = Date.now() - this.#askedAt < RENEWED_AT_MOST_EVERY;
    return isRecent && this.#latest ? this.#latest : this.#ask();
  }

  #ask(): Promise<readonly string[]> {
    if (this.#open) return this.#open;
    this.#latest = this.#fetch();
    this.#open = this.#latest.finally(() => (this.#open = undefined));
    return this.#open;
  }

  async #fetch(): Promise<readonly string[]> {
    this.#askedAt = Date.now();
    this.#keys = toPems(await withDeadline(this.clerk.jwks.getJwks()));
    this.#keysAskedAt = this.#askedAt;
    return this.#keys;
  }
}

/** Keys of a kind that signs no session token are passed over (RFC 7517, section 5). */
function toPems({ keys = [] }: JwksJSON): string[] {
  const pems = keys
    .filter(({ kty }) => kty === 'RSA')
    .map(({ kty, n, e }) => {
      const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
      return key.export({ type: 'spki', format: 'pem' }).toString();
    });
  if (pems.length === 0) throw new Error('The key set of the Clerk instance is empty');
  return pems;
}

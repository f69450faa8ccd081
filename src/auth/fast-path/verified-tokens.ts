import { signedInAuthObject } from '@clerk/backend/internal';
import { Inject, Injectable } from '@nestjs/common';
import type * as FastJwt from 'fast-jwt';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { AUTH_OPTIONS } from '../auth.module-definition.js';
import type { AuthOptions } from '../auth.options.js';
import type { SignedInAuth } from '../session-user.js';
import { personOf, type Person } from '../session.js';
import { tokenFault } from '../token-policy.js';

/** Tokens that are remembered; each takes about 4 kB. */
const MOST = 5000;
/** What Clerk writes into the header of a session token, where it writes any category. */
const SESSION_CATEGORY = 'cl_B7d4PD111AAA';
const PERSON = /^user_\w+$/;
/** A signature of which no other text stands for the same bytes: the last letter may have bits that no byte is made of. */
const CANONICAL = /\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

const require = createRequire(import.meta.url);

type Header = Readonly<Record<string, unknown>>;
type Claims = Readonly<Record<string, unknown>>;
type Verifier = (token: string) => { header: Header; payload: Claims };

/**
 * Verifies ordinary session tokens, and remembers by a hash those that were good. What is remembered is said by the token
 * alone and frozen; its time is looked at each time, and when the keys change all is forgotten.
 */
@Injectable()
export class VerifiedTokens {
  readonly #known = new LRUCache<string, Person>({ max: MOST });
  #keys: readonly string[] = [];
  #verifiers: readonly Verifier[] = [];

  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {}

  /**
   * Who a token names, as Clerk's SDK would say; undefined unless it is beyond doubt, now, that the SDK and the token policy
   * accept it.
   * @param keys public keys as PEM, any of which may have signed it
   */
  verify(token: string, keys: readonly string[]): Person | undefined {
    this.#use(keys);
    const name = hash('sha256', token, 'base64');
    const known = this.#known.get(name);
    if (known && isTimely(known.auth.claims)) return known;
    const person = known ? undefined : this.#read(token);
    if (person) this.#known.set(name, person);
    else this.#known.delete(name);
    return person;
  }

  #use(keys: readonly string[]): void {
    if (keys === this.#keys) return;
    // Loaded with the first token: a start needs none, and it brings forty files.
    const { createVerifier } = require('fast-jwt') as typeof FastJwt;
    this.#known.clear();
    this.#keys = keys;
    this.#verifiers = keys.map((key) =>
      createVerifier({ key, algorithms: ['RS256'], complete: true, cache: false }),
    );
  }

  #read(token: string): Person | undefined {
    for (const verifier of this.#verifiers) {
      try {
        const { header, payload } = verifier(token);
        if (!this.#isOrdinary(token, header, payload)) return undefined;
        return frozen(personOf(signedInAuthObject({}, token, payload as SignedInAuth['sessionClaims'])));
      } catch {
        // Not signed by this key, or odd in some other way, on which Clerk's SDK has the last word.
      }
    }
    return undefined;
  }

  /** Whether the claims leave nothing open: whom it names, where it was issued, that it is complete, and no actor. */
  #isOrdinary(token: string, header: Header, claims: Claims): boolean {
    const { sub, azp, sts, act } = claims;
    return (
      CANONICAL.test(token) &&
      tokenFault({ token, header, claims }, this.options.publishableKey) === undefined &&
      header['typ'] === 'JWT' &&
      (header['cat'] === undefined || header['cat'] === SESSION_CATEGORY) &&
      PERSON.test(String(sub)) &&
      this.options.authorizedParties.some((party) => party === azp) &&
      (sts === undefined || sts === 'active') &&
      act === undefined &&
      isTimely(claims)
    );
  }
}

/** Stricter than Clerk's SDK, which lets clocks differ by five seconds. */
function isTimely({ iat, nbf, exp }: Claims): boolean {
  const now = Date.now() / 1000;
  return Number(exp) > now && Number(iat) <= now && (nbf === undefined || Number(nbf) <= now);
}

/** Since it is shared between requests, with all that hangs on it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';

export const APP_URL = 'https://app.example.com';

interface ClerkInstanceOptions {
  mode?: 'live' | 'test';
  /** Host of the Frontend API, which the publishable key carries. */
  host?: string;
}

/** A made-up Clerk instance: its keys as an application's variables, and session tokens signed by it. */
export class ClerkInstance {
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly host: string;
  readonly mode: 'live' | 'test';

  constructor({ mode = 'live', host = 'clerk.example.com' }: ClerkInstanceOptions = {}) {
    this.mode = mode;
    this.host = host;
  }

  get jwtKey(): string {
    return this.#keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** The key as the Backend API lists it. */
  get jwks(): { keys: object[] } {
    return {
      keys: [
        { ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'ins_test', alg: 'RS256', use: 'sig' },
      ],
    };
  }

  /** What an application sets to verify this instance's sessions with no call to Clerk. */
  get variables(): Record<string, string> {
    return {
      CLERK_PUBLISHABLE_KEY: `pk_${this.mode}_${Buffer.from(`${this.host}$`).toString('base64').replaceAll('=', '')}`,
      CLERK_SECRET_KEY: `sk_${this.mode}_secret`,
      CLERK_JWT_KEY: this.jwtKey,
    };
  }

  /** A session token, valid now for a minute unless the claims say otherwise; `undefined` leaves a claim out. */
  sessionToken(claims: JWTPayload = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      azp: APP_URL,
      iss: `https://${this.host}`,
      sub: 'user_ada',
      sid: 'sess_1',
      iat: now,
      nbf: now - 10,
      exp: now + 60,
      sts: 'active',
      fva: [3, -1],
      v: 2,
      ...claims,
    };
    return this.#sign(payload);
  }

  /** The token that brings a handshake's cookies back. */
  handshakeToken(directives: string[]): Promise<string> {
    return this.#sign({ handshake: directives });
  }

  /** The cookies of a browser that is signed in with a token of the claims. */
  async cookies(claims: JWTPayload = {}): Promise<string> {
    return this.cookiesFor(await this.sessionToken(claims));
  }

  cookiesFor(token: string): string {
    return `__session=${token}; __client_uat=1700000000; __clerk_db_jwt=dvb_1`;
  }

  #sign(payload: JWTPayload): Promise<string> {
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_test' })
      .sign(this.#keys.privateKey);
  }
}

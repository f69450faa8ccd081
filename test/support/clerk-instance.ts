import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

export const APP_URL = 'https://app.example.com';

interface ClerkInstanceOptions {
  mode?: 'live' | 'test';
  /** Host of the Frontend API, which the publishable key carries. */
  host?: string;
}

/** A made-up Clerk instance: its keys as an application's variables, and session tokens signed by it. */
export class ClerkInstance {
  /** For tokens that no real instance would issue. */
  readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly host: string;
  readonly mode: 'live' | 'test';

  constructor({ mode = 'live', host = 'clerk.example.com' }: ClerkInstanceOptions = {}) {
    this.mode = mode;
    this.host = host;
  }

  get jwtKey(): string {
    return this.keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** The key as the Backend API lists it. */
  get jwks(): { keys: object[] } {
    return {
      keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'ins_test', alg: 'RS256', use: 'sig' }],
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
    return this.sign(this.claims(claims));
  }

  /** The claims of a session token, before it is signed. */
  claims(claims: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
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
  }

  /** The token that brings a handshake's cookies back. */
  handshakeToken(directives: string[]): Promise<string> {
    return this.sign({ handshake: directives });
  }

  /** The cookies of a browser that is signed in with a token of the claims. */
  async cookies(claims: JWTPayload = {}): Promise<string> {
    return this.cookiesFor(await this.sessionToken(claims));
  }

  cookiesFor(token: string): string {
    return `__session=${token}; __client_uat=1700000000; __clerk_db_jwt=dvb_1`;
  }

  /** Any claims under any header, signed by this instance's key. */
  sign(payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_test', ...header })
      .sign(this.keys.privateKey);
  }
}

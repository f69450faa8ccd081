import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const HOST = 'clerk.example.com';
const base64url = (/** @type {string} */ text) => Buffer.from(text).toString('base64url');

/** A made-up live Clerk instance: the variables of an application that uses it, and sessions signed by it. */
export class ClerkInstance {
  #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  #header = base64url(JSON.stringify({ alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid: 'ins_bench', typ: 'JWT' }));
  #sessions = 0;
  #publishableKey = ['pk', 'live', Buffer.from(`${HOST}$`).toString('base64').replaceAll('=', '')].join('_');
  #cookieSuffix = createHash('sha1').update(this.#publishableKey).digest('base64url').slice(0, 8);

  /** @param {string} appUrl origin that the sessions are for */
  constructor(appUrl) {
    this.appUrl = appUrl;
    /** The first session: one that is used over and over. */
    this.hotSession = this.newSession();
  }

  /** The public key lets servers verify sessions with no call to Clerk. */
  get variables() {
    return {
      CLERK_PUBLISHABLE_KEY: this.#publishableKey,
      CLERK_SECRET_KEY: ['sk', 'live', base64url('made up')].join('_'),
      CLERK_JWT_KEY: this.#keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  }

  /** The `Cookie` header of a browser in a session that no server has seen, good for an hour. */
  newSession() {
    const token = this.#token(++this.#sessions);
    const since = Math.floor(Date.now() / 1000) - 300;
    return Object.entries({ __session: token, __client_uat: since })
      .flatMap(([name, value]) => [`${name}=${value}`, `${name}_${this.#cookieSuffix}=${value}`])
      .join('; ');
  }

  /** @param {number} count */
  newSessions(count) {
    return Array.from({ length: count }, () => this.newSession());
  }

  /** @param {number} number */
  #token(number) {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      azp: this.appUrl,
      exp: now + 3600,
      fea: 'u:reports,u:priority-support',
      first: 'Ada',
      fva: [3, -1],
      iat: now,
      iss: `https://${HOST}`,
      last: 'Lovelace',
      nbf: now - 10,
      pla: 'u:pro',
      sid: `sess_${number}`,
      sts: 'active',
      sub: `user_${number}`,
      uid: `ada-${number}`,
      v: 2,
    };
    const signed = `${this.#header}.${base64url(JSON.stringify(claims))}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#keys.privateKey).toString('base64url')}`;
  }
}

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { randomId } from './random.js';
import type { State } from './state/state.js';

/** The keys of this local instance, in the forms that tokens, cookies and the application need. */
export interface Instance {
  publishableKey: string;
  secretKey: string;
  /** `iss` of every token: the host inside the publishable key, not the proxy URL. */
  issuer: string;
  /** Ending of the suffixed cookies, as ClerkJS and `@clerk/backend` compute it. */
  cookieSuffix: string;
  privateKey: KeyObject;
  publicJwk: JWK;
  /** Derived from the key: `@clerk/backend` caches keys by it. */
  keyId: string;
}

/** Fresh keys for a fresh state. */
export function generateKeys(): Pick<State, 'instance' | 'secretKey' | 'privateKey'> {
  return {
    instance: randomBytes(4).toString('hex'),
    secretKey: randomId('sk_test'),
    privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  };
}

/** @throws {Error} when the stored private key is none. */
export async function createInstance(state: State): Promise<Instance> {
  const privateKey = readKey(state);
  const publicJwk: JWK = createPublicKey(privateKey).export({ format: 'jwk' });
  // A host under .test never resolves (RFC 6761), so a forgotten proxy URL cannot reach a stranger.
  const host = `${state.instance}.local-clerk.test`;
  const publishableKey = `pk_test_${Buffer.from(`${host}$`).toString('base64').replace(/=+$/, '')}`;
  return {
    publishableKey,
    secretKey: state.secretKey,
    issuer: `https://${host}`,
    cookieSuffix: createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8),
    privateKey,
    publicJwk,
    keyId: `ins_${await calculateJwkThumbprint(publicJwk)}`,
  };
}

function readKey(state: State): KeyObject {
  try {
    return createPrivateKey({ key: state.privateKey, format: 'jwk' });
  } catch (cause) {
    throw new Error('"privateKey" is no private key', { cause });
  }
}

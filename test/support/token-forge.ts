import { createHmac, sign, type KeyObject } from 'node:crypto';

/** Makes the third part of a token out of the first two. */
export type Signer = (input: string) => Buffer;

export const unsigned: Signer = () => Buffer.alloc(0);

export function rsa(key: KeyObject, hash = 'sha256'): Signer {
  return (input) => sign(hash, Buffer.from(input), key);
}

export function hmac(secret: string | Buffer, hash = 'sha256'): Signer {
  return (input) => createHmac(hash, secret).update(input).digest();
}

/**
 * A compact JWS of any header and any payload: also of those that no library would write. Text is taken as it is,
 * everything else is written as JSON.
 */
export function forge(header: unknown, payload: unknown, signer: Signer): string {
  const input = [header, payload].map((part) =>
    encoded(typeof part === 'string' ? part : JSON.stringify(part)),
  );
  return [...input, signer(input.join('.')).toString('base64url')].join('.');
}

/** Text as a part of a token. */
export function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

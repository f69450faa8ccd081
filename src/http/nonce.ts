import { randomBytes } from 'node:crypto';

/** Bytes of a nonce: the 128 bits that the Content Security Policy asks for, https://www.w3.org/TR/CSP3/#security-nonces. */
const SIZE = 16;
/** Nonces for which randomness is fetched at once; fetching it for each takes longer than all else about one. */
const BATCH = 256;

let random = Buffer.alloc(0);
let used = 0;

/** 22 characters that nobody can guess and that no other answer has. */
export function newNonce(): string {
  if (used === random.length) [random, used] = [randomBytes(SIZE * BATCH), 0];
  used += SIZE;
  return random.toString('base64url', used - SIZE, used);
}

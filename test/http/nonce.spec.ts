import { expect, it } from '@jest/globals';
import { newNonce } from '../../src/http/nonce.js';

it('gives no nonce twice, however many are asked for', () => {
  const nonces = Array.from({ length: 2000 }, newNonce);
  expect(new Set(nonces).size).toBe(2000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{22}$/);
});

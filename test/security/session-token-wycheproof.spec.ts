import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasValidSignature } from '@clerk/backend/jwt';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

interface VectorGroup {
  name: string;
  /** Of the groups that are signed by RS256. */
  publicKey?: JsonWebKey;
  valid: string[];
  invalid: string[];
}

const file = new URL('./vectors/wycheproof-jws.json', import.meta.url);
const { groups } = JSON.parse(readFileSync(file, 'utf8')) as { groups: VectorGroup[] };

describe('A34 signs nobody in by a vector of Wycheproof, valid for another key or invalid,', () => {
  const clerk = new ClerkInstance();
  const vectors = groups.flatMap(({ valid, invalid }) => [...valid, ...invalid]);
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk });
    await app.listen();
  });
  afterAll(() => app.stop());

  it.each([
    ['in a cookie', (token: string) => ({ cookie: clerk.cookiesFor(token) })],
    ['in a header', (token: string) => ({ authorization: `Bearer ${token}` })],
  ])(
    '%s',
    async (_name, carry) => {
      const statuses: Record<string, number> = {};
      for (let at = 0; at < vectors.length; at += 20) {
        const batch = vectors.slice(at, at + 20).map((token) => app.request('get', '/api/me', carry(token)));
        // oxlint-disable-next-line no-await-in-loop -- not all four hundred connections at once
        for (const { status } of await Promise.all(batch)) statuses[status] = (statuses[status] ?? 0) + 1;
      }
      expect(statuses).toEqual({ 401: 401 });
    },
    30_000,
  );
});

describe('A35 verifies what Wycheproof signed by RS256, and nothing else:', () => {
  const rs256 = groups.filter(({ publicKey }) => publicKey !== undefined);

  it.each([
    ['accepts', 'valid', 6, 6],
    ['refuses', 'invalid', 225, 0],
  ] as const)('%s its %s vectors', async (_verb, kind, total, accepted) => {
    const verdicts = await Promise.all(
      rs256.flatMap(({ publicKey, [kind]: vectors }) => {
        const key = createPublicKey({ key: publicKey ?? {}, format: 'jwk' });
        const pem = key.export({ type: 'spki', format: 'pem' }).toString();
        return vectors.map((vector) => isSigned(vector, pem));
      }),
    );
    expect(verdicts).toHaveLength(total);
    expect(verdicts.filter(Boolean)).toHaveLength(accepted);
  });
});

/** By the same function that session tokens are verified with. The payloads of the vectors are no claims. */
function isSigned(jws: string, pem: string): Promise<boolean> {
  const parts = jws.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || header === '') return Promise.resolve(false);
  const decoded = {
    header: JSON.parse(Buffer.from(header, 'base64url').toString()),
    payload: {},
    signature: new Uint8Array(Buffer.from(signature, 'base64url')),
    raw: { header, payload, signature, text: jws },
  };
  return hasValidSignature(decoded as unknown as Parameters<typeof hasValidSignature>[0], pem);
}

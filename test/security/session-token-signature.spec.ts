import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { BackendApi, ClerkInstance, createTestApp, json, type TestApp } from '../support/index.js';
import { encoded, forge, hmac, rsa, unsigned, type Signer } from '../support/token-forge.js';
import { SIGNED_IN, SIGNED_OUT, tokenVerdict } from '../support/token-verdict.js';

const clerk = new ClerkInstance();
const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
const right = rsa(clerk.keys.privateKey);
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  await app.listen();
});
afterAll(() => app.stop());

describe('A01 signs in by a token of the instance,', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, object, object]>([
    ['as Clerk issues it', {}, {}],
    ['with a custom first name', { first: 'Ada', uid: 'u-1' }, {}],
    ['with an organisation', { o: { id: 'org_1', slg: 'engines', rol: 'admin' } }, {}],
    ['with a plan', { pla: 'u:pro', fea: 'u:basics' }, {}],
    ['of the first version', { v: undefined, sts: undefined, fva: undefined }, {}],
    ['without a time to start', { nbf: undefined }, {}],
    ['that lives for an hour', { iat: now, exp: now + 3600 }, {}],
    ['under another key id', {}, { kid: 'ins_other' }],
    ['without a type', {}, { typ: undefined }],
  ])('%s', async (_name, claims, header) => {
    const token = forge({ ...HEADER, ...header }, clerk.claims({ ...claims }), right);
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_IN);
  });
});

describe('A02 refuses a token without a signature,', () => {
  const names = ['none', 'None', 'NONE', 'nOnE', 'none ', ''];
  const claims = clerk.claims();
  const twoParts = (alg: string) => forge({ ...HEADER, alg }, claims, unsigned).slice(0, -1);

  it.each([
    ...names.map((alg) => [`alg ${JSON.stringify(alg)}`, forge({ ...HEADER, alg }, claims, unsigned)]),
    ...names.map((alg) => [
      `alg ${JSON.stringify(alg)} over RS256`,
      forge({ ...HEADER, alg }, claims, right),
    ]),
    ['in two parts', twoParts('none')],
    ['in two parts that claim RS256', twoParts('RS256')],
    ['RS256 and an empty signature', forge(HEADER, claims, unsigned)],
  ])('%s', async (_name, token = '') => {
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  });
});

describe('A03 refuses an algorithm that is none, whatever the signature:', () => {
  const odd = [null, [], ['RS256'], {}, 0, true, '__proto__', 'constructor', 'toString', undefined];

  it.each(odd.map((alg) => [JSON.stringify(alg) ?? 'missing', alg]))('%s', async (_name, alg) => {
    const token = forge({ ...HEADER, alg }, clerk.claims(), right);
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  });
});

describe('A04 refuses an HMAC keyed with the public key,', () => {
  const { publicKey } = clerk.keys;
  const pem = clerk.jwtKey;
  const jwk = publicKey.export({ format: 'jwk' });

  it.each<[string, string, string | Buffer]>([
    ['HS256', 'as PEM', pem],
    ['HS256', 'as PEM without the last line break', pem.trimEnd()],
    ['HS256', 'as PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['HS256', 'as the base64 of the PEM', pem.replaceAll(/-----.*-----|\s/g, '')],
    ['HS256', 'as DER', publicKey.export({ type: 'spki', format: 'der' })],
    ['HS256', 'as PKCS #1 PEM', publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['HS256', 'as its modulus', Buffer.from(jwk.n ?? '', 'base64url')],
    ['HS256', 'as JWK', JSON.stringify(jwk)],
    ['HS384', 'as PEM', pem],
    ['HS512', 'as PEM', pem],
  ])('%s, %s', async (alg, _name, secret) => {
    const token = forge({ ...HEADER, alg }, clerk.claims(), hmac(secret, alg.replace('HS', 'sha')));
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  });
});

describe('A05 refuses an HMAC keyed with a guess,', () => {
  it.each(['', 'secret', 'null', clerk.variables['CLERK_SECRET_KEY'] ?? ''])('%j', async (secret) => {
    const token = forge({ ...HEADER, alg: 'HS256' }, clerk.claims(), hmac(secret));
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  });
});

describe('A06 refuses every algorithm but RS256,', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const ecdsa: Signer = (input) =>
    sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
  const eddsa: Signer = (input) => sign(null, Buffer.from(input), ed.privateKey);
  const pss: Signer = (input) =>
    sign('sha256', Buffer.from(input), {
      key: clerk.keys.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    });

  it.each<[string, Signer]>([
    ['ES256', ecdsa],
    ['ES256', () => Buffer.alloc(64)],
    ['EdDSA', eddsa],
    ['PS256', pss],
    ['RS384', rsa(clerk.keys.privateKey, 'sha384')],
    ['RS512', rsa(clerk.keys.privateKey, 'sha512')],
  ])('%s', async (alg, signer) => {
    expect(await tokenVerdict(app, clerk, forge({ ...HEADER, alg }, clerk.claims(), signer))).toEqual(
      SIGNED_OUT,
    );
  });
});

describe('A07 refuses a token by another key under the right key id,', () => {
  it.each([
    ['of another instance', new ClerkInstance().keys.privateKey],
    ['of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
  ])('%s', async (_name, key) => {
    expect(await tokenVerdict(app, clerk, forge(HEADER, clerk.claims(), rsa(key)))).toEqual(SIGNED_OUT);
  });
});

describe('A08 looks nothing up by the key id, and logs no part of it:', () => {
  const ids = [
    '../../../../../../dev/null',
    '/dev/null',
    '/proc/self/environ',
    'file:///etc/passwd',
    String.raw`..\..\win.ini`,
    "' OR '1'='1",
    "x' UNION SELECT 'secret'-- ",
    '1; DROP TABLE keys',
    '{"$gt":""}',
    '| sleep 5',
    '$(id)',
    '`id`',
    '; id',
    'http://127.0.0.1:9/jwks',
    '//127.0.0.1:9/x',
    '${jndi:ldap://127.0.0.1:9/a}',
    'ins_test\0',
    'ins_test\r\nSet-Cookie: a=b',
    '__proto__',
    'k'.repeat(7_000),
    null,
    ['ins_test'],
    { toString: 'ins_test' },
  ];
  let api: BackendApi;
  let asking: TestApp;

  beforeAll(async () => {
    api = await BackendApi.start(json(clerk.jwks));
    asking = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
    await asking.listen();
  });
  afterAll(async () => {
    await asking.stop();
    await api.stop();
  });

  it.each(ids.map((kid) => [JSON.stringify(kid).slice(0, 40), kid]))('%s', async (_name, kid) => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const emptyFile = forge({ ...HEADER, kid, alg: 'HS256' }, clerk.claims(), hmac(''));
    const ownKey = forge({ ...HEADER, kid }, clerk.claims(), rsa(attacker.privateKey));
    expect(await tokenVerdict(asking, clerk, emptyFile)).toEqual(SIGNED_OUT);
    expect(await tokenVerdict(asking, clerk, ownKey)).toEqual(SIGNED_OUT);
    expect(new Set(api.calls)).toEqual(new Set(['GET /v1/jwks']));
    for (const [line] of warn.mock.calls) {
      expect(line).toEqual({ event: 'session-refused', reason: expect.stringMatching(/^[\w-]+$/) });
    }
    warn.mockRestore();
  });
});

describe('A09 takes no key from the token itself, nor asks the address that it names,', () => {
  it.each(['jwk', 'jku', 'x5u', 'x5c', 'jwks', 'all at once'])('%s', async (name) => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/jwks.json`;
    const jwk = { ...attacker.publicKey.export({ format: 'jwk' }), kid: 'ins_test', alg: 'RS256' };
    const x5c = [attacker.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')];
    const keys: Record<string, unknown> = { jwk, jku: url, x5u: url, x5c, jwks: { keys: [jwk] } };
    const header = { ...HEADER, ...(name in keys ? { [name]: keys[name] } : keys) };
    const token = forge(header, clerk.claims(), rsa(attacker.privateKey));
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
    await new Promise((resolve) => listener.close(resolve));
    expect(connections).toBe(0);
  });
});

it('A10 does none of the work that a token asks for', async () => {
  const header = { ...HEADER, alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1e9, p2s: encoded('salt') };
  const token = forge(header, clerk.claims(), hmac('secret'));
  expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const started = performance.now();
    await app.request('get', '/api/me', { authorization: `Bearer ${token}` });
    times.push(performance.now() - started);
  }
  expect(Math.min(...times)).toBeLessThan(50);
});

describe('A11 refuses critical headers, which it does not know, under the right signature:', () => {
  it.each([
    ['an unknown extension', { crit: ['example'], example: true }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['an empty list', { crit: [] }],
    ['none at all', { crit: null }],
  ])('%s', async (_name, critical) => {
    const token = forge({ ...HEADER, ...critical }, clerk.claims(), right);
    expect(await tokenVerdict(app, clerk, token)).toEqual(SIGNED_OUT);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import express, { type Request } from 'express';
import * as fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect, isDeepStrictEqual } from 'node:util';
import { VerifiedTokens } from '../../src/auth/fast-path/verified-tokens.js';
import { Authenticator, FastPath, type Conditions, type Session } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { encoded, forge, hmac, rsa, unsigned, type Signer } from '../support/token-forge.js';
import { cookieSuffix } from '../support/token-verdict.js';

const clerk = new ClerkInstance();
const stranger = new ClerkInstance();
const suffix = cookieSuffix(clerk);
const right = rsa(clerk.keys.privateKey);
const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
const now = Math.floor(Date.now() / 1000);
const token = forge(HEADER, clerk.claims({ exp: now + 1200 }), right);
const HEADERS = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

let app: TestApp;
let sdk: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  sdk = await createTestApp({ clerk, variables: { CLERK_SDK_ONLY: '1' } });
});
afterAll(() => Promise.all([app.stop(), sdk.stop()]));

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
}

/** A request as Express would hand it on, without the way through a socket. */
function requestOf({ method = 'GET', path = '/closed', headers = {} }: Sent): Request {
  const sent = { ...HEADERS, host: new URL(APP_URL).host, ...headers };
  return Object.assign(Object.create(express.request) as Request, {
    method,
    url: path,
    originalUrl: path,
    headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
    socket: { remoteAddress: '127.0.0.1' },
    app: { get: () => () => false },
  });
}

/** What somebody answers, or how the question was refused: not every claim is of the type that Clerk writes. */
async function answer<T>(ask: () => T | Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    return (error as Error).name;
  }
}

/** All that handlers, templates and the response see of a session. */
async function told(session: Session | string): Promise<unknown> {
  if (typeof session === 'string') return session;
  const { has, ...auth } = session.auth;
  const asked = [
    { plan: 'pro' },
    { role: 'org:admin' },
    { permission: 'org:reports:export' },
    { reverification: 'strict' },
  ];
  const held = await Promise.all(asked.map((each) => answer(() => has(each as Conditions))));
  return { ...session, headers: [...session.headers], auth, held };
}

/**
 * Whether the fast path answered a request, and the SDK with the checks around it the same.
 * @throws Error when they differ
 */
async function isAnswered(sent: Sent): Promise<boolean> {
  const fast = await answer(() => app.get(FastPath).sessionFor(requestOf(sent)));
  if (fast === undefined || typeof fast === 'string') return false;
  const slow = await answer(() => sdk.get(Authenticator).authenticate(requestOf(sent)));
  const [one, other] = [await told(fast), await told(slow)];
  if (!isDeepStrictEqual(one, other)) throw new Error(inspect({ sent, fast: one, sdk: other }, { depth: 6 }));
  return true;
}

const both = (value: string, clientUat = '1700000000') =>
  `__session=${value}; __session_${suffix}=${value}; __client_uat=${clientUat}; __client_uat_${suffix}=${clientUat}`;

describe(`${FastPath.name} answers`, () => {
  it.each<[name: string, sent: Sent]>([
    ['cookies with and without the suffix', { headers: { cookie: both(token) } }],
    ['cookies without it', { headers: { cookie: `__session=${token}; __client_uat=1700000000` } }],
    [
      'cookies with it',
      { headers: { cookie: `__session_${suffix}=${token}; __client_uat_${suffix}=1700000000` } },
    ],
    ['a step inside the site', { headers: { cookie: both(token), referer: `${APP_URL}/plans` } }],
    ['the API', { path: '/api/me', headers: { cookie: both(token), 'sec-fetch-dest': 'empty' } }],
    ['a query', { path: '/closed?page=2&q=a%20b', headers: { cookie: both(token) } }],
    ['a form', { method: 'POST', headers: { cookie: both(token) } }],
    ['somebody of an organisation', { headers: { cookie: both(forge(HEADER, inOrganization(), right)) } }],
    ['a browser without cookies', {}],
    ['a browser that has signed out', { headers: { cookie: `__client_uat=0; __client_uat_${suffix}=0` } }],
  ])('%s as the SDK does', async (_name, sent) => {
    expect(await isAnswered(sent)).toBe(true);
    expect(await isAnswered(sent)).toBe(true);
  });

  it('nothing when it is switched off', () => {
    expect(sdk.get(FastPath).sessionFor(requestOf({ headers: { cookie: both(token) } }))).toBeUndefined();
  });
});

describe(`${FastPath.name} leaves to the SDK`, () => {
  it.each<[name: string, sent: Sent]>([
    ['a sign-in that changed after the token', { headers: { cookie: both(token, String(now + 60)) } }],
    ['a browser that has signed out elsewhere', { headers: { cookie: both(token, '0') } }],
    ['a token alone', { headers: { cookie: `__session=${token}` } }],
    ['a sign-in without a token', { headers: { cookie: '__client_uat=1700000000' } }],
    ['cookies that differ', { headers: { cookie: `${both(token)}0` } }],
    ['somebody from another site', { headers: { cookie: both(token), referer: 'https://other.example/' } }],
    ['a handshake in a cookie', { headers: { cookie: `${both(token)}; __clerk_handshake=${token}` } }],
    ['a nonce', { headers: { cookie: `${both(token)}; __clerk_handshake_nonce=n` } }],
    ['a round of redirects', { headers: { cookie: `${both(token)}; __clerk_redirect_count=1` } }],
    ['a parameter of Clerk', { path: '/closed?__clerk_synced=false', headers: { cookie: both(token) } }],
    ['one in other letters', { path: '/closed?%5F_clerk_help=1', headers: { cookie: both(token) } }],
    [
      'a token in a header',
      { path: '/api/me', headers: { cookie: both(token), authorization: `Bearer ${token}` } },
    ],
    [
      'an actor',
      { headers: { cookie: both(forge(HEADER, clerk.claims({ act: { sub: 'user_eve' } }), right)) } },
    ],
    [
      'a pending session',
      { headers: { cookie: both(forge(HEADER, clerk.claims({ sts: 'pending' }), right)) } },
    ],
  ])('%s', async (_name, sent) => {
    expect(await isAnswered(sent)).toBe(false);
  });
});

describe(`${VerifiedTokens.name} knows a token`, () => {
  const keys = [clerk.jwtKey];
  const verify = (pems = keys) => app.get(VerifiedTokens).verify(token, pems)?.user.userId;

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('until its time is over', () => {
    expect(verify()).toBe('user_ada');
    jest.spyOn(Date, 'now').mockReturnValue((now + 1200) * 1000);
    expect(verify()).toBeUndefined();
  });

  it('not before its time', () => {
    expect(verify()).toBe('user_ada');
    jest.spyOn(Date, 'now').mockReturnValue((now - 1) * 1000);
    expect(verify()).toBeUndefined();
  });

  it('until its key is gone', () => {
    expect(verify()).toBe('user_ada');
    expect(verify([stranger.jwtKey])).toBeUndefined();
    expect(verify([stranger.jwtKey, clerk.jwtKey])).toBe('user_ada');
  });

  it('and gives nothing that a handler could change for others', () => {
    const { user, auth } = app.get(VerifiedTokens).verify(token, keys) ?? {};
    for (const part of [user, user?.features, auth, auth?.claims]) {
      expect(() => Object.assign(part ?? {}, { sub: 'user_eve' })).toThrow(TypeError);
    }
  });
});

describe('The fast path and the SDK never differ in whom they accept', () => {
  it('by an attack on the token', async () => {
    const tokens = attacks();
    const answered: string[] = [];
    for (const attack of tokens) {
      for (const cookie of [both(attack), `__session=${attack}; __client_uat=1`]) {
        // oxlint-disable-next-line no-await-in-loop -- a failure is to name one token
        if (await isAnswered({ headers: { cookie } })) answered.push(attack);
      }
    }
    expect(tokens.length).toBeGreaterThan(1000);
    expect(answered.length).toBeGreaterThan(0);
  }, 60_000);

  it('by 4000 tokens with letters changed', async () => {
    const place = fc.record({
      at: fc.nat(token.length - 1),
      letter: fc.constantFrom(...'AZaz09-_.=+/ %'),
      removed: fc.nat(1),
    });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 3 }), async (places) => {
        const mutant = places.reduce(
          (text, { at, letter, removed }) => text.slice(0, at) + letter + text.slice(at + removed),
          token,
        );
        // Spaces around a cookie's value are none of it.
        const isMutant = mutant.trim() !== token;
        if (await isAnswered({ headers: { cookie: both(mutant) } })) accepted += Number(isMutant);
      }),
      { numRuns: 4000 },
    );
    expect(accepted).toBe(0);
  }, 60_000);

  it('by 3000 tokens of other claims, rightly signed', async () => {
    const odd = fc.oneof(fc.constantFrom(...ODD), fc.jsonValue({ maxDepth: 1 }));
    const claims = fc.dictionary(fc.constantFrom(...CLAIMS), odd, { minKeys: 1, maxKeys: 3 });
    const header = fc.dictionary(fc.constantFrom('typ', 'cat', 'crit', 'b64', 'kid', 'jwk', 'cty'), odd, {
      maxKeys: 1,
    });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(claims, header, async (changed, more) => {
        const mutant = forge(
          { ...HEADER, ...more },
          clerk.claims({ exp: now + 1200, ...(changed as object) }),
          right,
        );
        answered += Number(await isAnswered({ headers: { cookie: both(mutant) } }));
      }),
      { numRuns: 3000 },
    );
    expect(answered).toBeGreaterThan(0);
  }, 60_000);

  it('by 3000 requests of another shape', async () => {
    const cookie = fc.tuple(
      fc.constantFrom(...COOKIES),
      fc.constantFrom(token, '', '0', '1', '1700000000', String(now + 9), 'x'),
    );
    const request = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE'),
      path: fc.constantFrom(
        '/',
        '/closed',
        '/api/me',
        '/?a=1',
        '/?__clerk_synced=false',
        '/?__clerk_db_jwt=d',
        '/?%5f%5fclerk_help=1',
        '//x',
      ),
      cookies: fc.array(cookie, { maxLength: 5 }),
      referer: fc.constantFrom(
        undefined,
        `${APP_URL}/x`,
        `${APP_URL}.other.example/`,
        'https://other.example/',
        'x',
      ),
      destination: fc.constantFrom(undefined, 'document', 'empty', 'iframe', 'image'),
      authorization: fc.constantFrom(undefined, `Bearer ${token}`, 'Bearer x', 'Basic x'),
    });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(request, async ({ cookies, referer, destination, authorization, ...rest }) => {
        const header = cookies.map((pair) => pair.join('=')).join('; ');
        const headers = { cookie: header, referer, authorization, 'sec-fetch-dest': destination };
        answered += Number(await isAnswered({ ...rest, headers }));
      }),
      { numRuns: 3000 },
    );
    expect(answered).toBeGreaterThan(0);
  }, 60_000);
});

const COOKIES = ['', '_', `_${suffix}`, '_other']
  .flatMap((end) => ['__session', '__client_uat', '__clerk_db_jwt', '__refresh'].map((name) => name + end))
  .concat('__clerk_handshake', '__clerk_handshake_nonce', '__clerk_redirect_count', 'theme');
const CLAIMS = [
  'azp',
  'iss',
  'sub',
  'sid',
  'iat',
  'nbf',
  'exp',
  'sts',
  'act',
  'fva',
  'v',
  'o',
  'org_id',
  'org_role',
  'org_permissions',
  'pla',
  'fea',
  'first',
  'aud',
];
const ODD = [
  undefined,
  null,
  '',
  ' ',
  0,
  1,
  -1,
  true,
  [],
  {},
  1e10,
  1e12,
  now,
  now - 10,
  now + 3,
  now + 4000,
  String(now),
  'user_eve',
  'mch_1',
  APP_URL,
  [APP_URL],
  `${APP_URL}/`,
  'https://clerk.example.com',
  'https://clerk.example.com/',
  'active',
  'pending',
  'expired',
  { sub: 'user_eve' },
  { id: 'org_1', rol: 'admin', slg: 'acme', per: 'read', fpm: '1' },
  [0, -1],
  'u:pro',
  'o:team',
  'JWT',
  'at+jwt',
  'jwt',
  'cl_B7d4PD111AAA',
  'cl_B7d4PD333AAA',
  ['exp'],
];

function inOrganization(): object {
  const o = { id: 'org_1', rol: 'admin', slg: 'acme', per: 'export', fpm: '1' };
  return clerk.claims({ exp: now + 1200, o, fea: 'o:reports', pla: 'u:pro' });
}

/** Tokens of the known kinds of attack: on the algorithm, the key, the form, the header and each claim. */
function attacks(): string[] {
  const claims = clerk.claims({ exp: now + 1200 });
  const [h = '', p = '', s = ''] = token.split('.');
  const pem = clerk.jwtKey;
  const jwk = clerk.keys.publicKey.export({ format: 'jwk' });
  const signers: [alg: unknown, signer: Signer][] = [
    ...['none', 'None', 'NONE', 'nOnE', '', null, [], ['RS256'], {}, undefined].map(
      (alg): [unknown, Signer] => [alg, unsigned],
    ),
    ...['none', null, undefined, 'RS512', 'PS256', 'ES256', 'HS256', 'EdDSA'].map(
      (alg): [unknown, Signer] => [alg, right],
    ),
    ...[pem, pem.trimEnd(), JSON.stringify(jwk), '', 'secret'].map((secret): [unknown, Signer] => [
      'HS256',
      hmac(secret),
    ]),
    ['RS256', unsigned],
    ['RS256', hmac(pem)],
    ['RS384', rsa(clerk.keys.privateKey, 'sha384')],
    ['RS512', rsa(clerk.keys.privateKey, 'sha512')],
    ['RS256', rsa(stranger.keys.privateKey)],
    ['RS256', rsa(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
  ];
  const headers = [
    ...['at+jwt', 'jwt', 'application/jwt', '', null, ['JWT']].map((typ) => ({ typ })),
    ...['cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', '', null].map((cat) => ({ cat })),
    ...[['exp'], [], null, 'exp', ['b64']].map((crit) => ({ crit })),
    { jwk },
    { jku: 'https://other.example/jwks' },
    { x5u: 'https://other.example/' },
    { kid: '../../dev/null' },
    { b64: false, crit: ['b64'] },
  ];
  const changes = CLAIMS.flatMap((name) => ODD.map((value) => ({ [name]: value })));
  const { groups } = JSON.parse(
    readFileSync(new URL('../security/vectors/wycheproof-jws.json', import.meta.url), 'utf8'),
  ) as {
    groups: { valid: string[]; invalid: string[] }[];
  };
  return [
    ...signers.map(([alg, signer]) => forge({ ...HEADER, alg }, claims, signer)),
    ...headers.map((header) => forge({ ...HEADER, ...header }, claims, right)),
    ...changes.map((change) => forge(HEADER, { ...claims, ...change }, right)),
    '',
    '.',
    '..',
    h,
    `${h}.${p}`,
    `${h}.${p}.`,
    `${token}.`,
    `${token}=`,
    `.${token}`,
    `${h}.${p}.${s}==`,
    `${h}==.${p}.${s}`,
    `${encoded('{}')}.${p}.${s}`,
    `${h}.${encoded('{}')}.${s}`,
    `${h}.${encoded('null')}.${s}`,
    forge(HEADER, `${JSON.stringify(claims).slice(0, -1)},"sub":"user_eve"}`, right),
    forge(`\uFEFF${JSON.stringify(HEADER)}`, claims, right),
    forge(HEADER, ` ${JSON.stringify(claims)} `, right),
    ...groups.flatMap(({ valid, invalid }) => [...valid, ...invalid]),
  ];
}

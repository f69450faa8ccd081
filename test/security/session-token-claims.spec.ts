import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { APP_URL, ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { forge, rsa } from '../support/token-forge.js';
import {
  COOKIES_HANDSHAKE,
  cookieVerdict,
  HANDSHAKE,
  SIGNED_IN,
  SIGNED_OUT,
  tokenVerdict,
  type TokenVerdict,
} from '../support/token-verdict.js';

const clerk = new ClerkInstance();
const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  await app.listen();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => app.stop());

/** What a token signed by the right key is worth, whatever else stands in it. */
function verdict(claims: object | string, header: object = {}): Promise<TokenVerdict> {
  const payload = typeof claims === 'string' ? claims : clerk.claims({ ...claims });
  const token = forge({ ...HEADER, ...header }, payload, rsa(clerk.keys.privateKey));
  return tokenVerdict(app, clerk, token);
}

/** The time in whole seconds, at which the clock stands still until the test is over. */
function stopClock(): number {
  const now = Math.floor(Date.now() / 1000);
  jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
  return now;
}

/** Names for a table out of its values. */
function named<T>(values: T[]): [name: string, value: T][] {
  return values.map((value) => [JSON.stringify(value) ?? 'missing', value]);
}

describe('A12 refuses a token that was issued for another use,', () => {
  it.each([
    ...['at+jwt', 'AT+JWT', 'application/at+jwt', 'logout+jwt', 'dpop+jwt'].map((typ) => ({ typ })),
    ...[null, '', ['JWT'], {}].map((typ) => ({ typ })),
    ...['cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'unknown', '', null, []].map((cat) => ({ cat })),
  ])('%j', async (header) => {
    expect(await verdict({}, header)).toEqual(SIGNED_OUT);
  });
});

it('A13 refuses the token of a machine', async () => {
  expect(await verdict({ sub: 'mch_2vYVtestTESTtestTESTtestTESTtest' })).toEqual(SIGNED_OUT);
});

describe('A14 asks Clerk again for an expired token,', () => {
  it('on a document only: everybody else is told 401', async () => {
    const now = stopClock();
    const expired = { iat: now - 66, exp: now - 6 };
    expect(await verdict(expired)).toEqual(HANDSHAKE);
    const cookie = await clerk.cookies(expired);
    for (const destination of ['empty', 'image', 'script']) {
      const headers = { ...NAVIGATION, cookie, 'sec-fetch-dest': destination };
      const response = await app.request('get', '/closed', headers);
      expect([401, 403]).toContain(response.status);
      expect(response.headers['location']).toBeUndefined();
    }
  });
});

describe('A15 allows clocks to differ by less than five seconds:', () => {
  it.each([
    [3, SIGNED_IN],
    [4, SIGNED_IN],
    [5, HANDSHAKE],
  ])('expired for %i seconds', async (age, expected) => {
    const now = stopClock();
    expect(await verdict({ iat: now - 50, exp: now - age })).toEqual(expected);
  });
});

describe('A16 refuses a token without a time to end,', () => {
  it.each(named([undefined, String(Date.now()), null, [1e10]]))('%s', async (_name, exp) => {
    expect(await verdict({ exp })).toEqual(SIGNED_OUT);
  });
});

describe('A17 refuses times that are none,', () => {
  it.each([{ exp: 1e20 }, { exp: 1e300 }, { nbf: 1e20 }, { nbf: -1e20 }, { iat: 1e20 }])(
    '%j',
    async (claims) => {
      expect(await verdict(claims)).toEqual(SIGNED_OUT);
    },
  );
});

describe('A18 refuses a token that lives for more than an hour,', () => {
  it.each<[string, (now: number) => object]>([
    ['ten years', (now) => ({ exp: now + 3650 * DAY })],
    ['an hour and a second', (now) => ({ iat: now, exp: now + HOUR + 1 })],
    ['to an end in milliseconds', (now) => ({ exp: (now + MINUTE) * 1000 })],
    ['since a start that is not told', () => ({ iat: undefined })],
  ])('%s', async (_name, claims) => {
    expect(await verdict(claims(stopClock()))).toEqual(SIGNED_OUT);
  });
});

describe('A19 takes no token before its time:', () => {
  it.each([
    ['nbf', 6],
    ['nbf', HOUR],
    ['nbf', DAY],
    ['iat', 6],
    ['iat', HOUR],
    ['iat', DAY],
  ])('%s in %i seconds', async (claim, ahead) => {
    const start = stopClock() + ahead;
    expect(await verdict({ [claim]: start, exp: start + MINUTE })).toEqual(HANDSHAKE);
  });
});

it('A20 asks Clerk again for a token from before the last change of sign-in, on pages and by cookie', async () => {
  const now = stopClock();
  const token = await clerk.sessionToken();
  const cookie = `__session=${token}; __client_uat=${now + 1}`;
  expect(await cookieVerdict(app, cookie)).toEqual(COOKIES_HANDSHAKE);
  const headers = { ...NAVIGATION, authorization: `Bearer ${token}` };
  expect((await app.request('get', '/open', headers)).text).toContain('data-session="signed-out"');
});

describe('A21 refuses a token for another origin,', () => {
  it.each(
    named<unknown>([
      undefined,
      '',
      null,
      'null',
      '*',
      true,
      [APP_URL],
      'app.example.com',
      'http://app.example.com',
      'https://APP.example.com',
      'https://\u0430pp.example.com',
      `${APP_URL}/`,
      `${APP_URL}:443`,
      `${APP_URL}:8443`,
      `${APP_URL}.evil.example`,
      `${APP_URL}@evil.example`,
      `https://evil.example/${APP_URL}`,
    ]),
  )('%s', async (_name, azp) => {
    expect(await verdict({ azp })).toEqual(SIGNED_OUT);
  });
});

describe('A22 refuses a token of another issuer,', () => {
  const issuer = `https://${clerk.host}`;

  it.each(
    named<unknown>([
      undefined,
      '',
      null,
      7,
      [issuer],
      { issuer },
      clerk.host,
      `http://${clerk.host}`,
      `${issuer}/`,
      issuer.toUpperCase(),
      'https://clerk.evil.example',
    ]),
  )('%s', async (_name, iss) => {
    expect(await verdict({ iss })).toEqual(SIGNED_OUT);
  });
});

describe('A23 refuses a token of nobody,', () => {
  it.each(named([undefined, '', ' ', null, [], ['user_ada'], { id: 'user_ada' }, 7]))(
    '%s',
    async (_name, sub) => {
      expect(await verdict({ sub })).toEqual(SIGNED_OUT);
    },
  );
});

describe('A24 refuses a token of no session,', () => {
  it.each(named([undefined, '', null, ['sess_1'], {}]))('%s', async (_name, sid) => {
    expect(await verdict({ sid })).toEqual(SIGNED_OUT);
  });
});

it('A25 sends a session with an open task to sign in, where Clerk settles it', async () => {
  expect(await verdict({ sts: 'pending' })).toEqual(SIGNED_OUT);
});

it('A26 knows one person by a token that names two: the one whom a JSON parser reads', async () => {
  const payload = JSON.stringify(clerk.claims()).replace('{', '{"sub":"user_eve","sid":"sess_eve",');
  const cookie = clerk.cookiesFor(forge(HEADER, payload, rsa(clerk.keys.privateKey)));
  const { body } = await app.request('get', '/api/me', { cookie });
  expect(body).toMatchObject({ userId: 'user_ada', sessionId: 'sess_1' });
  for (const path of ['/open', '/closed']) {
    const { text } = await app.open(path, cookie);
    expect(text).toContain('user_ada');
    expect(text).not.toMatch(/user_eve|sess_eve/);
  }
});

it('A27 is not changed by claims with names of the language', async () => {
  const names = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},';
  expect(await verdict(JSON.stringify(clerk.claims()).replace('{', names))).toEqual(SIGNED_IN);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

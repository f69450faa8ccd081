import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { clerkCookies } from '../../src/auth/clerk-cookies.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';
import {
  COOKIES_HANDSHAKE,
  COOKIES_SIGNED_IN,
  COOKIES_SIGNED_OUT,
  cookieSuffix,
  cookieVerdict,
} from '../support/token-verdict.js';

const clerk = new ClerkInstance();
const suffix = cookieSuffix(clerk);
const now = Math.floor(Date.now() / 1000);
const ada = await clerk.sessionToken({ exp: now + 600 });
const eve = await clerk.sessionToken({ exp: now + 600, sub: 'user_eve', sid: 'sess_eve' });
const UAT = '__client_uat=1700000000';
const signedIn = clerk.cookiesFor(ada);
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

describe('C01 counts no session when there are two,', () => {
  it.each([
    ['then garbage', `__session=${ada}; __session=garbage`],
    ['garbage first', `__session=garbage; __session=${ada}`],
    ['then nothing', `__session=${ada}; __session=`],
    ['nothing first', `__session; __session=${ada}`],
    ['the same again', `__session=${ada}; __session=${ada}`],
    ['with a space after the name', `__session=${ada}; __session =garbage`],
    ['with no space between', `__session=garbage;__session=${ada}`],
  ])('%s', async (_name, cookies) => {
    expect(await cookieVerdict(app, `${UAT}; ${cookies}`)).toEqual(COOKIES_SIGNED_OUT);
  });
});

describe('C02 never shows the session that another host of the domain has planted,', () => {
  it.each([
    ['before the own one', `__session=${eve}; __session=${ada}`],
    ['after the own one', `__session=${ada}; __session=${eve}`],
    ['under a name with a space', `__session =${eve}; __session=${ada}`],
    ['under a name with a space, after the own one', `__session=${ada}; __session =${eve}`],
  ])('%s', async (_name, cookies) => {
    expect(await cookieVerdict(app, `${cookies}; ${UAT}`)).toEqual(COOKIES_SIGNED_OUT);
  });

  it('in a Cookie header of its own', async () => {
    const headers = [`Cookie: __session=${eve}`, `Cookie: ${signedIn}`];
    expect((await sendRaw(port, rawRequest('GET /api/me HTTP/1.1', headers))).status).toBe(401);
  });

  it('in whatever company', () => {
    const name = fc.constantFrom(
      '__session',
      `__session_${suffix}`,
      '__client_uat',
      'theme',
      ' __session',
      '__session ',
    );
    const value = fc.oneof(fc.constantFrom('ada', 'eve', '"eve"', ''), fc.string({ unit: 'grapheme-ascii' }));
    const cookies = fc.array(fc.tuple(name, value), { maxLength: 6 });
    fc.assert(
      fc.property(cookies, fc.constantFrom(';', '; ', ' ;  '), (pairs, separator) => {
        const header = pairs.map((pair) => pair.join('=')).join(separator);
        const sent = header.split(';').map((pair) => pair.split('=')[0]?.trim() ?? '');
        for (const [keptName] of clerkCookies(header, { handshakes: true })) {
          expect(keptName).toMatch(/^__(session|client_uat)/);
          expect(sent.filter((each) => each === keptName)).toHaveLength(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('C03 counts no session when it has two', () => {
  it.each([
    ['times of sign-in', `__session=${ada}; ${UAT}; __client_uat=1700000001`],
    [
      'times of sign-in with suffix',
      `__session=${ada}; ${UAT}; __client_uat_${suffix}=1; __client_uat_${suffix}=2`,
    ],
    [
      'tokens with suffix',
      `__session_${suffix}=${ada}; __session_${suffix}=${eve}; __client_uat_${suffix}=1; ${UAT}`,
    ],
    ['tokens of another instance', `__session=${ada}; ${UAT}; __session_other=1; __session_other=2`],
  ])('%s', async (_name, cookies) => {
    expect(await cookieVerdict(app, cookies)).toEqual(COOKIES_SIGNED_OUT);
  });
});

describe('C04 takes cookies apart before it decodes them:', () => {
  it.each([
    ['in a foreign cookie', `a=x%3B%20__session%3D${ada}`],
    ['in a foreign cookie, with the time', `a=x%3B%20__session%3D${ada}%3B%20__client_uat%3D1700000000`],
    ["in one of Clerk's", `__clerk_a=x%3B%20__session%3D${ada}`],
    ['in the time of sign-in', `__client_uat=1700000000%3B%20__session%3D${ada}`],
    ['under an encoded name', `%5F_session=${ada}`],
  ])('no session %s', async (_name, cookies) => {
    expect(await cookieVerdict(app, cookies)).toEqual(COOKIES_SIGNED_OUT);
  });
});

describe('C05 understands a cookie in the same way everywhere:', () => {
  it.each([
    ['in quotes', `"${ada}"`, COOKIES_SIGNED_OUT],
    ['in half quotes', `"${ada}`, COOKIES_SIGNED_OUT],
    ['with encoded dots', ada.replaceAll('.', '%2E'), COOKIES_SIGNED_IN],
    ['with encoded dots, twice', ada.replaceAll('.', '%252E'), COOKIES_SIGNED_OUT],
    ['with spaces around', `  ${ada}  `, COOKIES_SIGNED_IN],
  ])('%s', async (_name, value, expected) => {
    expect(await cookieVerdict(app, clerk.cookiesFor(value))).toEqual(expected);
  });
});

describe('C06 answers 400 to a cookie with', () => {
  it.each([
    ['NUL', '\0'],
    ['CR', '\r'],
    ['LF', '\n'],
    ['a tab', '\t'],
    ['DEL', '\x7f'],
    ['8 bits', '\xe9'],
    ['UTF-8', '\xc3\xa9'],
  ])('%s', async (_name, character) => {
    for (const cookie of [
      `__session_a=x${character}x; ${signedIn}`,
      `${signedIn}; __session_x=x${character}x`,
    ]) {
      for (const path of ['/open', '/closed', '/api/me']) {
        const answer = await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`, [`Cookie: ${cookie}`]));
        expect([path, answer.status, answer.count]).toEqual([path, 400, 1]);
      }
    }
  });
});

it('C06 passes over what another application on the domain keeps in its cookies', async () => {
  const cookie = `lang=\xc3\xa9; ${signedIn}`;
  const answer = await sendRaw(port, rawRequest('GET /closed HTTP/1.1', [`Cookie: ${cookie}`]));
  expect(answer.status).toBe(200);
});

it('C07 is not changed by cookies with names of the language', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__session_constructor'];
  const cookies = names.map((name) => `${name}={"isAdmin":true}`).join('; ');
  expect(await cookieVerdict(app, `${cookies}; ${signedIn}`)).toEqual(COOKIES_SIGNED_IN);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

describe('C08 is not confused by a percent sign that encodes nothing', () => {
  it.each([
    ['in a foreign cookie', `a=%E0%A4%A; ${signedIn}`, COOKIES_SIGNED_IN],
    ['in a name', `%=%; __clerk_%=%E0%A4%A; ${signedIn}`, COOKIES_SIGNED_IN],
    ['in the session', `__session=%E0%A4%A; ${UAT}`, COOKIES_SIGNED_OUT],
    ['in the time of sign-in', `__session=${ada}; __client_uat=%E0%A4%A`, COOKIES_HANDSHAKE],
  ])('%s', async (_name, cookies, expected) => {
    expect(await cookieVerdict(app, cookies)).toEqual(expected);
  });
});

describe('C09 is not overwhelmed by', () => {
  const many = Array.from({ length: 300 }, (_, index) => `name_${index}=value`).join('; ');

  it.each([
    ['15 kB in one cookie', `a=${'x'.repeat(14_000)}`, 200],
    ['300 cookies', many, 200],
    ['300 cookies of Clerk', many.replaceAll('name', '__clerk'), 200],
    ['20 kB', `a=${'x'.repeat(20_000)}`, 431],
  ])('%s', async (_name, cookies, status) => {
    const answer = await sendRaw(
      port,
      rawRequest('GET /closed HTTP/1.1', [`Cookie: ${cookies}; ${signedIn}`]),
    );
    expect(answer.status).toBe(status);
  });
});

describe('C10 reads a time of sign-in in digits only,', () => {
  it.each(['abc', '1e3', '-1', '99999999999999', '0x10', '1.5', '', '1700000000abc'])(
    'not %j',
    async (time) => {
      expect(await cookieVerdict(app, `__session=${ada}; __client_uat=${time}`)).toEqual(COOKIES_HANDSHAKE);
    },
  );
});

describe('C11 knows one person by cookies of two, by the one with suffix unless the other is newer:', () => {
  it.each([
    ['as old as the other', 0, 'user_eve'],
    ['older', -5, 'user_eve'],
    ['newer', 1, 'user_ada'],
  ])('%s', async (_name, age, userId) => {
    const plain = await clerk.sessionToken({ iat: now + age });
    const suffixed = await clerk.sessionToken({ iat: now, sub: 'user_eve', sid: 'sess_eve' });
    const cookie = `__session=${plain}; ${UAT}; __session_${suffix}=${suffixed}; __client_uat_${suffix}=1700000000`;
    const { body } = await app.request('get', '/api/me', { cookie });
    expect(body).toMatchObject({ userId, sessionId: userId === 'user_ada' ? 'sess_1' : 'sess_eve' });
    for (const path of ['/open', '/closed']) {
      const shown = (await app.open(path, cookie)).text.match(/user_(?:ada|eve)/g);
      expect(new Set(shown)).toEqual(new Set([userId]));
    }
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';
import { forge, rsa, unsigned } from '../support/token-forge.js';

const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
const DAY = 24 * 60 * 60;
const now = Math.floor(Date.now() / 1000);

/** With live keys a handshake comes back in a cookie, with test keys in the query. */
interface Side {
  clerk: ClerkInstance;
  app: TestApp;
  /** What a known browser without a session sends. */
  known: string;
  port: number;
}

const sides = {} as Record<'live' | 'test', Side>;
const stranger = new ClerkInstance();

beforeAll(async () => {
  // Clerk's SDK prints each handshake that it refuses.
  jest.spyOn(console, 'error').mockReturnValue();
  for (const mode of ['live', 'test'] as const) {
    const clerk = new ClerkInstance({ mode });
    // oxlint-disable-next-line no-await-in-loop -- one application after the other
    const app = await createTestApp({ clerk });
    // oxlint-disable-next-line no-await-in-loop -- likewise
    sides[mode] = { clerk, app, known: '__clerk_db_jwt=dvb_1', port: await app.listen() };
  }
});
afterAll(() => Promise.all(Object.values(sides).map(({ app }) => app.stop())));

/** The cookies that sign their browser in as somebody of the instance. */
async function directives({ clerk }: Side): Promise<string[]> {
  return [`__session=${await clerk.sessionToken()}; Path=/`, '__client_uat=1700000000; Path=/'];
}

/** What a visitor sees who brings a handshake's token, in the query and in a cookie. */
async function outcomes({ app, known }: Side, token: string): Promise<string[]> {
  const query = `?__clerk_handshake=${token}`;
  const cookie = `${known}; __clerk_handshake=${token}`;
  const answers = await Promise.all([
    app.open(`/open${query}`, known),
    app.open(`/closed${query}`, known),
    app.open('/open', cookie),
    app.open('/closed', cookie),
    app.request('get', '/api/me', { ...NAVIGATION, cookie }),
  ]);
  return answers.map(({ status, headers, text }) => {
    const seen = /data-session="([\w-]+)"/.exec(text)?.[1] ?? headers['location']?.split('?')[0] ?? '';
    return [status, seen, ...(headers['set-cookie'] ?? [])].join(' ').trim();
  });
}

const REFUSED = ['200 signed-out', '303 /sign-in', '200 signed-out', '303 /sign-in', '401'];

describe.each(['live', 'test'] as const)('with %s keys', (mode) => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', null])('B01 takes no handshake of alg %j', async (alg) => {
    const payload = { handshake: await directives(sides[mode]) };
    expect(await outcomes(sides[mode], forge({ ...HEADER, alg }, payload, unsigned))).toEqual(REFUSED);
  });

  it('B01 takes no handshake without its third part', async () => {
    const token = forge(HEADER, { handshake: await directives(sides[mode]) }, unsigned);
    expect(await outcomes(sides[mode], token.slice(0, -1))).toEqual(REFUSED);
  });

  it('B02 takes no handshake that another key has signed', async () => {
    const payload = { handshake: await directives(sides[mode]) };
    expect(await outcomes(sides[mode], forge(HEADER, payload, rsa(stranger.keys.privateKey)))).toEqual(
      REFUSED,
    );
  });

  it.each([
    'garbage',
    'a.b.c',
    'e30.e30.AAAA',
    'e30.bnVsbA.AAAA',
    'bnVsbA.e30.AAAA',
    '%',
    '%E0%A4%A',
    '%00',
    '%0d%0aSet-Cookie:x=1',
    `e30.${Buffer.from('['.repeat(3000)).toString('base64url')}.AAAA`,
  ])('B03 takes %j for no handshake', async (garbage) => {
    expect(await outcomes(sides[mode], garbage)).toEqual(REFUSED);
  });

  it('B03 takes an empty handshake for none, and hears none that is too long to be one', async () => {
    expect(await outcomes(sides[mode], '')).toEqual(REFUSED);
    const long = rawRequest(`GET /?__clerk_handshake=${'x'.repeat(100_000)} HTTP/1.1`);
    expect((await sendRaw(sides[mode].port, long)).status).toBe(431);
  });

  it('B03 keeps the session of somebody who follows a link with garbage in it', async () => {
    const { app, clerk } = sides[mode];
    const answer = await app.open('/closed?__clerk_handshake=garbage', await clerk.cookies());
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('data-session="signed-in"');
  });

  it.each(['cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'unknown'])(
    'B04 takes no token of category %s, made from a template, for a handshake',
    async (cat) => {
      const side = sides[mode];
      const payload = { handshake: await directives(side) };
      const token = forge({ ...HEADER, cat }, payload, rsa(side.clerk.keys.privateKey));
      expect(await outcomes(side, token)).toEqual(REFUSED);
    },
  );

  it.each([now - 10 * DAY, now - 1, 0, -1, 1e20, '9999999999', null])(
    'B07 takes no handshake whose time is over or no time: %j',
    async (exp) => {
      const side = sides[mode];
      const payload = { handshake: await directives(side), exp };
      const token = forge(HEADER, payload, rsa(side.clerk.keys.privateKey));
      expect(await outcomes(side, token)).toEqual(REFUSED);
    },
  );

  it.each([{ handshake: 'x' }, { handshake: [1, null, {}] }, { handshake: null }, { handshake: {} }, [], {}])(
    'B11 sees nobody in a handshake of %j',
    async (payload) => {
      const side = sides[mode];
      const token = forge(HEADER, payload, rsa(side.clerk.keys.privateKey));
      const seen = await outcomes(side, token);
      expect(seen).not.toContainEqual(expect.stringContaining('signed-in'));
      for (const answer of seen) expect(answer).toMatch(/^(200|30[37]|401)/);
      for (const answer of seen) expect(answer).not.toContain('__session');
    },
  );
});

describe('a handshake that somebody else was given', () => {
  it('B05 signs nobody in from the query of a live application, and nobody out', async () => {
    const { app, clerk } = sides.live;
    const attackers = await clerk.handshakeToken([
      `__session=${await clerk.sessionToken({ sub: 'user_mallory' })}; Path=/`,
      '__client_uat=1700000000; Path=/',
    ]);
    const [anonymous, victim] = await Promise.all([
      app.open(`/closed?__clerk_handshake=${attackers}`),
      app.open(`/closed?__clerk_handshake=${attackers}`, await clerk.cookies()),
    ]);
    expect(anonymous.status).toBe(303);
    expect(victim.status).toBe(200);
    expect(victim.text).toContain('user_ada');
    for (const answer of [anonymous, victim]) {
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text).not.toContain('user_mallory');
    }
  });

  it('B05 is what the cookie brings, by which Clerk alone can reach this host', async () => {
    const { app, clerk } = sides.live;
    const cookies = await directives(sides.live);
    const answer = await app.open('/closed', `__clerk_handshake=${await clerk.handshakeToken(cookies)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(cookies.length);
  });
});

it('B07 takes a handshake whose time is not over', async () => {
  const { app, clerk } = sides.live;
  const token = await clerk.sign({ handshake: await directives(sides.live), exp: now + DAY });
  expect((await app.open('/closed', `__clerk_handshake=${token}`)).status).toBe(200);
});

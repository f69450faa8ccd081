import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadEnvironment } from '../../src/config/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { Visitor } from '../support/upstream-visitor.js';

const live = new ClerkInstance();
const test = new ClerkInstance({ mode: 'test' });
const now = Math.floor(Date.now() / 1000);
const EXPIRED = { iat: now - 120, exp: now - 60 };
/** What a person whom handshakes do not help can check. */
const CHECKS = ['cookies', 'clock', 'Clerk keys'];
let app: TestApp;
let dev: TestApp;

beforeAll(async () => {
  // Clerk's SDK prints each loop that it ends.
  jest.spyOn(console, 'log').mockReturnValue();
  app = await createTestApp({ clerk: live });
  dev = await createTestApp({ clerk: test });
});
afterAll(() => Promise.all([app.stop(), dev.stop()]));

describe('a handshake that settles nothing', () => {
  it.each([
    ['/open', 200, 'a session that stays expired', () => live.cookies(EXPIRED)],
    ['/closed', 401, 'a session that stays expired', () => live.cookies(EXPIRED)],
    ['/closed', 401, 'a sign-in without a session', async () => '__client_uat=1700000000'],
    ['/closed', 401, 'a session without a sign-in', async () => `__session=${await live.sessionToken()}`],
  ])('B17 ends after three redirects from %s in a page (%i) that says what to check: %s', async (...row) => {
    const [path, status, , cookies] = row;
    const visitor = new Visitor({ app, frontend: () => ({}), cookies: await cookies() });
    const page = await visitor.open(path);
    expect(visitor.handshakes).toBe(3);
    expect(page.status).toBe(status);
    expect(page.type).toBe('text/html');
    for (const text of CHECKS) expect(page.text).toContain(text);
    expect(page.text).toContain('data-session="signed-out"');
  });

  it('B17 ends so with test keys too, in a browser that keeps no cookie but the count', async () => {
    const visitor = new Visitor({ app: dev, frontend: () => ({}) });
    const page = await visitor.open('/open');
    expect(visitor.handshakes).toBe(3);
    for (const text of CHECKS) expect(page.text).toContain(text);
  });

  it.each(['4', '33', '-100', '-1', 'abc', '1e9', '0x1', '1.5', '', ' ', '٣', '%33', 'null'].map(encodeURI))(
    'B18 is not started afresh by a count of "%s"',
    async (count) => {
      const cookie = `${await live.cookies(EXPIRED)}; __clerk_redirect_count=${count}`;
      const page = await app.open('/closed', cookie);
      expect(page.status).toBe(401);
      expect(page.headers['location']).toBeUndefined();
      for (const text of CHECKS) expect(page.text).toContain(text);
    },
  );

  it('B18 leaves a session that is settled alone, whatever the count', async () => {
    const cookie = `${await live.cookies()}; __clerk_redirect_count=4`;
    const page = await app.open('/closed', cookie);
    expect(page.status).toBe(200);
    for (const text of CHECKS) expect(page.text).not.toContain(text);
  });
});

const FOREIGN = [
  'https://evil.example',
  'https://evil.example/%2e%2e',
  'http://app.example.com',
  'https://app.example.com@evil.example',
  'https://app.example.com.evil.example/',
  'https://app.example.com/closed',
];
const UNREADABLE = [
  'javascript:alert(1)',
  'data:text/html,x',
  '//evil.example',
  '/\\evil.example',
  'https://',
  'https://[',
  'evil',
  '%',
  '',
];

describe('a redirect to a satellite that nobody has listed', () => {
  it.each([
    ...FOREIGN.map((target) => ['B19 is not followed', target]),
    ...UNREADABLE.map((target) => ['B20 is no fault of ours', target]),
  ])('%s: %s', async (_row, target) => {
    const query = `?__clerk_redirect_url=${encodeURIComponent(target)}`;
    const signedIn = await test.cookies();
    const [open, closed, known, stranger, fetched] = await Promise.all([
      dev.open(`/open${query}`, signedIn),
      dev.open(`/closed${query}`, signedIn),
      dev.open(`/open${query}`, '__clerk_db_jwt=dvb_1'),
      dev.open(`/open${query}`),
      dev.request('get', `/open${query}`, { 'sec-fetch-dest': 'empty', cookie: signedIn }),
    ]);
    for (const answer of [open, closed, known, fetched]) {
      expect(answer.status).toBe(200);
      expect(answer.headers['location']).toBeUndefined();
    }
    expect(stranger.status).toBe(307);
    expect(new URL(stranger.headers['location'] ?? '').host).toBe('clerk.example.com');
    expect(stranger.headers['location']).not.toMatch(/__clerk_db_jwt|evil/);
  });
});

it('B21 starts in production with no test keys, whose handshakes forgive a day of clock skew', async () => {
  const variables = { NODE_ENV: 'production', APP_URL, ...test.variables };
  await expect(loadEnvironment(variables)).rejects.toThrow('CLERK_PUBLISHABLE_KEY is a test key');
});

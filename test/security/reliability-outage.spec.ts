import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BackendApi, ClerkInstance, createTestApp, json, silence, type TestApp } from '../support/index.js';
import { cookieSuffix } from '../support/token-verdict.js';
import { FAULTS } from '../support/upstream.js';

const SOON = 3000;
const MINUTE = 60_000;
const clerk = new ClerkInstance();

type Answer = Awaited<ReturnType<TestApp['open']>>;
/** What people get, and in how many milliseconds. */
type Answers = Record<
  'open' | 'signIn' | 'closed' | 'me' | 'live' | 'ready' | 'anonymous',
  Answer & { took: number }
>;

/** Everything at once, asked for by somebody with a session that is in order. */
async function ask(app: TestApp, cookie: string): Promise<Answers> {
  const asked = {
    open: app.open('/open', cookie),
    signIn: app.open('/sign-in', cookie),
    closed: app.open('/closed', cookie),
    me: app.request('get', '/api/me', { cookie }),
    live: app.request('get', '/health/live'),
    ready: app.request('get', '/health/ready'),
    anonymous: app.open('/open'),
  };
  const started = performance.now();
  const answers = Object.entries(asked).map(async ([name, answer]) => [
    name,
    Object.assign(await answer, { took: performance.now() - started }),
  ]);
  return Object.fromEntries(await Promise.all(answers)) as Answers;
}

/** Where Clerk's Backend API is, and what it does with the first call. */
const TROUBLE: [name: string, start: () => Promise<{ url: string; stop?: () => Promise<void> }>][] = [
  ...Object.entries(FAULTS).map(([name, answer]): (typeof TROUBLE)[number] => [
    name,
    async () => BackendApi.start(answer),
  ]),
  [
    'refuses connections',
    async () => {
      const api = await BackendApi.start(silence);
      const { url } = api;
      await api.stop();
      return { url };
    },
  ],
  ['has no address', async () => ({ url: 'http://clerk.invalid' })],
  ['has no keys', async () => BackendApi.start(json({ keys: [] }))],
];

describe.each(TROUBLE)('an application that starts while Clerk %s', (_name, start) => {
  let api: { url: string; stop?: () => Promise<void> };
  let app: TestApp;
  let cookie: string;
  let answers: Answers;

  beforeAll(async () => {
    api = await start();
    app = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
    cookie = await clerk.cookies({ first: 'Ada', last: 'Lovelace' });
    answers = await ask(app, cookie);
  });
  afterAll(async () => {
    await app.stop();
    await api.stop?.();
  });

  it('J13 and J31 is alive but not ready, and shows public pages', () => {
    const { live, ready, open, signIn, anonymous } = answers;
    expect([live, open, signIn, anonymous].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ error: { clerk: { status: 'down' } } });
  });

  it('J13, J14 and J15 says 503 within three seconds where a session is needed, and when to try again', () => {
    const { closed, me } = answers;
    for (const { status, headers } of [closed, me]) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(headers['cache-control']).toContain('no-store');
    }
    expect(closed.type).toBe('text/html');
    expect(me.type).toBe('application/problem+json');
    for (const { took } of Object.values(answers)) expect(took).toBeLessThan(SOON);
  });

  it('J19 shows nobody as signed in and no page that is for one person', () => {
    for (const { text } of Object.values(answers)) {
      expect(text).not.toMatch(/data-session="signed-in"|Ada|Lovelace|user_ada|sess_1/);
    }
  });

  it('J20 signs nobody out: no cookie is touched, nobody is sent to sign in, and the page says so', () => {
    for (const { headers } of Object.values(answers)) {
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['location']).toBeUndefined();
    }
    for (const { text } of [answers.open, answers.signIn]) expect(text).toContain('You are not signed out');
    expect(answers.anonymous.text).not.toContain('You are not signed out');
  });

  it('J15 asks Clerk at most once for a request', () => {
    const { calls } = api instanceof BackendApi ? api : { calls: [] };
    const inNeed = [answers.open, answers.signIn, answers.closed, answers.me, answers.ready];
    expect(calls.length).toBeLessThanOrEqual(inNeed.length);
    expect(calls.filter((call) => call !== 'GET /v1/jwks')).toEqual([]);
  });
});

describe('an application in use when Clerk goes away', () => {
  let api: BackendApi;
  let app: TestApp;

  beforeEach(async () => {
    api = await BackendApi.start(json(clerk.jwks));
    app = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
    await app.open('/closed', await clerk.cookies({ first: 'Ada' }));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.stop();
    await api.stop();
  });

  it.each(Object.entries(FAULTS))(
    'J19 goes on while it knows the keys, and then shows nobody what it showed before: Clerk %s',
    async (_name, fault) => {
      api.answer(fault);
      const during = await ask(app, await clerk.cookies({ first: 'Ada' }));
      expect([during.closed.status, during.me.status, during.ready.status]).toEqual([200, 200, 200]);
      expect(during.closed.text).toContain('Ada');

      const later = Date.now() + 6 * MINUTE;
      jest.spyOn(Date, 'now').mockReturnValue(later);
      for (const answers of await Promise.all([
        ask(app, await clerk.cookies({ first: 'Ada' })),
        ask(app, await clerk.cookies({ first: 'Bob', sub: 'user_bob' })),
      ])) {
        expect([answers.closed.status, answers.me.status, answers.ready.status]).toEqual([503, 503, 503]);
        expect([answers.open.status, answers.live.status]).toEqual([200, 200]);
        for (const { text, took } of Object.values(answers)) {
          expect(text).not.toMatch(/Ada|Bob|user_|data-session="signed-in"/);
          expect(took).toBeLessThan(SOON);
        }
      }
    },
  );

  it('J20 takes the same cookie again as soon as Clerk is back', async () => {
    const later = Date.now() + 6 * MINUTE;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    const cookie = await clerk.cookies();
    api.answer(json({ errors: [] }, 500));
    expect((await app.open('/closed', cookie)).status).toBe(503);
    api.answer(json(clerk.jwks));
    expect((await app.open('/closed', cookie)).status).toBe(200);
  });

  it('J20 says 503 to a program whose expired session cannot be refreshed', async () => {
    const suffix = cookieSuffix(clerk);
    const now = Math.floor(Date.now() / 1000);
    const token = await clerk.sessionToken({ iat: now - 120, exp: now - 60 });
    const cookie = `__session_${suffix}=${token}; __client_uat_${suffix}=1; __refresh_${suffix}=rt`;
    for (const name of ['hangs up', 'answers 500 in JSON', 'answers 500 in text']) {
      api.answer(FAULTS[name] ?? silence);
      // oxlint-disable-next-line no-await-in-loop -- one fault after the other
      expect((await app.request('get', '/api/me', { cookie })).status).toBe(503);
    }
  });
});

it.each(['live', 'test'] as const)(
  'J24 asks nothing of Clerk for an anonymous visitor, with %s keys',
  async (mode) => {
    const instance = new ClerkInstance({ mode });
    const api = await BackendApi.start(json(instance.jwks));
    const app = await createTestApp({
      clerk: instance,
      variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url },
    });
    for (const cookie of ['', '__clerk_db_jwt=dvb_1', '__clerk_db_jwt=dvb_1; __client_uat=0', 'theme=dark']) {
      // oxlint-disable-next-line no-await-in-loop -- in the order in which a browser collects them
      await Promise.all(['/open', '/sign-in', '/nowhere', '/site.css'].map((path) => app.open(path, cookie)));
    }
    expect(api.calls).toEqual([]);
    await app.stop();
    await api.stop();
  },
);

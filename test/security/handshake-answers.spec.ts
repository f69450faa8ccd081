import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Public } from '../../src/auth/index.js';
import {
  APP_URL,
  BackendApi,
  ClerkInstance,
  createTestApp,
  NAVIGATION,
  type TestApp,
} from '../support/index.js';
import { byPath, handshakePayload } from '../support/upstream.js';

@Public()
@Controller('cookies')
class CookiesController {
  @Get()
  read(@Req() request: Request) {
    return { cookie: request.headers.cookie };
  }
}

const live = new ClerkInstance();
const test = new ClerkInstance({ mode: 'test' });
const extra = { controllers: [CookiesController] };
let api: BackendApi;
let app: TestApp;
let dev: TestApp;

beforeAll(async () => {
  // Clerk's SDK prints each handshake that it refuses.
  jest.spyOn(console, 'error').mockReturnValue();
  api = await BackendApi.start(byPath({}));
  const CLERK_API_URL = api.url;
  app = await createTestApp({ clerk: live, variables: { CLERK_API_URL }, with: extra });
  dev = await createTestApp({ clerk: test, variables: { CLERK_API_URL }, with: extra });
});
beforeEach(() => api.answer(byPath({})));
afterEach(() => {
  api.calls.length = 0;
});
afterAll(() => Promise.all([app.stop(), dev.stop(), api.stop()]));

const NONCE = 'clients/handshake_payload?nonce=';

async function signIn(clerk: ClerkInstance): Promise<string[]> {
  return [`__session=${await clerk.sessionToken()}; Path=/`, '__client_uat=1700000000; Path=/'];
}

/** Each way in which a handshake's cookies come back, for an instance that is told of them. */
const CARRIERS: [name: string, open: (path: string, directives: unknown[]) => Promise<Answer>][] = [
  [
    'a token in the cookie',
    async (path, directives) =>
      app.open(path, `theme=dark; __clerk_handshake=${await live.handshakeToken(directives as string[])}`),
  ],
  [
    'a nonce in the cookie',
    async (path, directives) => {
      api.answer(byPath({ [`${NONCE}n1`]: handshakePayload(directives) }));
      return app.open(path, 'theme=dark; __clerk_handshake_nonce=n1');
    },
  ],
  [
    'a token in the query',
    async (path, directives) =>
      dev.open(`${path}?__clerk_handshake=${await test.handshakeToken(directives as string[])}`),
  ],
  [
    'a nonce in the query',
    async (path, directives) => {
      api.answer(byPath({ [`${NONCE}n1`]: handshakePayload(directives) }));
      return dev.open(`${path}?__clerk_handshake_nonce=n1`);
    },
  ],
];
type Answer = Awaited<ReturnType<TestApp['open']>>;

describe.each(CARRIERS)('the cookies behind %s', (carrier, open) => {
  const clerk = carrier.endsWith('query') ? test : live;

  it('B08 are set only where they are of Clerk, whatever else a handshake lists', async () => {
    const foreign = [
      'evil=1; Domain=.example.com',
      'theme=light',
      'session=x',
      '_session=x',
      '__Host-x=1',
      '__cf_bm=1',
      '=__session=x',
      '',
    ];
    const suffixed = ['__client_uat_abc=1; Domain=.example.com; Path=/', '__refresh_abc=1; Path=/; HttpOnly'];
    const own = [...(await signIn(clerk)), ...suffixed, '__clerk_db_jwt=dvb_1; Path=/'];
    const { headers } = await open('/open', [...foreign, ...own]);
    expect(headers['set-cookie']).toEqual(own.map((cookie) => `${cookie}; SameSite=Lax; Secure`));
  });

  it('B10 are set each apart and byte for byte', async () => {
    const odd = [
      '__clerk_x=a,b; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=None; Secure',
      '__clerk_y=%0d%0aX-Injected:%201; Path=/; SameSite=Strict; Secure',
      '__clerk_z="q"==; Path=/; SameSite=Lax; Secure; Partitioned',
    ];
    const { headers } = await open('/open', [...(await signIn(clerk)), ...odd]);
    expect(headers['set-cookie']?.slice(2)).toEqual(odd);
    expect(headers['x-injected']).toBeUndefined();
  });

  it.each(['\r\nX-Injected: 1', '\nX-Injected: 1', '\0', '\u0001', '\u{1f36a}', 'é'])(
    'B10 make no header line of %j',
    async (text) => {
      const { status, headers } = await open('/open', [
        `__clerk_x=1${text}; Path=/`,
        `__clerk_y=2; Path=/${text}`,
      ]);
      expect([200, 307]).toContain(status);
      expect(headers['x-injected']).toBeUndefined();
      expect(headers['set-cookie'] ?? []).not.toContainEqual(expect.stringMatching(/__clerk_[xy]/));
    },
  );

  it('B12 come without a word on other origins', async () => {
    const { headers } = await open('/open', await signIn(clerk));
    const cors = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
    expect(headers['set-cookie']).toHaveLength(2);
    expect(cors).toEqual([]);
  });
});

describe.each(CARRIERS.slice(0, 2))('with live keys, the cookies behind %s', (_carrier, open) => {
  it('B09 count at once, by name and value alone', async () => {
    const attributes = 'Path=/; Domain=.example.com; Max-Age=300; Expires=Thu, 31 Dec 2099 00:00:00 GMT';
    const [session = '', clientUat = ''] = await signIn(live);
    const { status, text } = await open('/closed', [
      '__session_other=; Path=/; Max-Age=0',
      `${session}; ${attributes}; HttpOnly; Secure; SameSite=None`,
      `${clientUat}; ${attributes}; Secure`,
    ]);
    expect(status).toBe(200);
    expect(text).toContain('user_ada');
  });

  it("B09 leave the request's own cookies as the browser sent them", async () => {
    const { body } = await open('/cookies', await signIn(live));
    expect(body.cookie).toMatch(/^theme=dark; __clerk_handshake(_nonce)?=[\w.-]+$/);
  });
});

it('B09 signs out whom a handshake takes the session from', async () => {
  const gone = ['__session=; Path=/; Max-Age=0', '__client_uat=0; Path=/'];
  api.answer(byPath({ [`${NONCE}n1`]: handshakePayload(gone) }));
  const cookie = `${await live.cookies()}; __clerk_handshake_nonce=n1`;
  const { text, headers } = await app.open('/open', cookie);
  expect(text).toContain('data-session="signed-out"');
  expect(headers['set-cookie']).toEqual(gone.map((directive) => `${directive}; SameSite=Lax; Secure`));
});

describe.each([
  ['token', async () => `__clerk_handshake=${await test.handshakeToken(await signIn(test))}`],
  ['nonce', async () => '__clerk_handshake_nonce=n1'],
])('with test keys, the %s of a handshake', (_carrier, parameter) => {
  beforeEach(async () => {
    api.answer(byPath({ [`${NONCE}n1`]: handshakePayload(await signIn(test)) }));
  });

  it('B13 leads to this origin, whatever the headers say', async () => {
    const answer = await dev.open(`/closed?${await parameter()}`).set({
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    });
    expect(answer.status).toBe(307);
    expect(answer.headers['location']).toBe(`${APP_URL}/closed`);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('B14 is taken from the address, which stays as it was otherwise', async () => {
    const answer = await dev.open(`/open?b=2&a=1&${await parameter()}&c=3&__clerk_help=x&a=0`);
    expect(answer.status).toBe(307);
    expect(answer.headers['location']).toBe(`${APP_URL}/open?b=2&a=1&c=3&a=0`);
    expect(answer.text).toBe('');
  });
});

describe('a nonce', () => {
  it('B06 in the query of a live application is worth no call to Clerk', async () => {
    const cookie = await live.cookies();
    const answers = await Promise.all([
      app.open('/open?__clerk_handshake_nonce=n1'),
      app.open('/closed?__clerk_handshake_nonce=n1', cookie),
      app.open('/nowhere?__clerk_handshake_nonce=n1'),
      app.request('get', '/api/me?__clerk_handshake_nonce=n1', { cookie }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
    expect(api.calls).toEqual([]);
  });

  it('B06 is exchanged once where the cookie brings it', async () => {
    api.answer(byPath({ [`${NONCE}n1`]: handshakePayload(await signIn(live)) }));
    expect((await app.open('/closed', '__clerk_handshake_nonce=n1')).status).toBe(200);
    expect(api.calls).toEqual(['GET /v1/clients/handshake_payload?nonce=n1']);
  });

  it.each<['get' | 'head' | 'post', string, Record<string, string>]>([
    ['post', '/closed', { 'sec-fetch-dest': 'document' }],
    ['head', '/open', { 'sec-fetch-dest': 'document' }],
    ['get', '/open', { 'sec-fetch-dest': 'empty' }],
    ['get', '/open', { 'sec-fetch-dest': 'image' }],
    ['get', '/open', { accept: 'application/json' }],
    ['get', '/api/me', NAVIGATION],
  ])('B16 waits for a page to load: %s %s %j leaves it alone', async (method, path, headers) => {
    const cookie = '__clerk_handshake_nonce=n1';
    const origin = APP_URL;
    const answers = await Promise.all([
      app.request(method, path, { ...headers, cookie, origin }),
      dev.request(method, `${path}?__clerk_handshake_nonce=n1`, { ...headers, origin }),
    ]);
    for (const answer of answers) expect(answer.headers['location']).toBeUndefined();
    expect(api.calls).toEqual([]);
  });
});

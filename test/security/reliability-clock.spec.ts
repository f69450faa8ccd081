import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Agent, get } from 'node:http';
import { CurrentUser, Public, type SessionUser } from '../../src/auth/index.js';
import {
  APP_URL,
  BackendApi,
  ClerkInstance,
  createTestApp,
  NAVIGATION,
  type TestApp,
} from '../support/index.js';
import { forge, rsa } from '../support/token-forge.js';
import { byPath, handshakePayload } from '../support/upstream.js';
import { Visitor } from '../support/upstream-visitor.js';

const HOUR = 60 * 60;
let api: BackendApi;

beforeAll(async () => {
  api = await BackendApi.start(byPath({}));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => api.stop());

/** The cookies of a browser that Clerk signed in just now, by Clerk's clock. */
async function signedIn(clerk: ClerkInstance, skew: number): Promise<string[]> {
  const now = Math.floor(Date.now() / 1000) - skew;
  const session = await clerk.sessionToken({ iat: now, nbf: now - 10, exp: now + 60 });
  return [`__session=${session}; Path=/`, `__client_uat=${now}; Path=/`, '__clerk_db_jwt=dvb_1; Path=/'];
}

describe.each([
  ['live', () => ({ cookies: ['__clerk_handshake_nonce=n1; Path=/'] })],
  ['test', () => ({ query: { __clerk_handshake_nonce: 'n1' } })],
] as const)('with %s keys', (mode, frontend) => {
  const clerk = new ClerkInstance({ mode });
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk, variables: { CLERK_API_URL: api.url } });
  });
  afterAll(() => app.stop());

  /** Somebody whom Clerk has just signed in, at a server whose clock is so many seconds ahead of Clerk's. */
  async function visitor(skew: number): Promise<Visitor> {
    const directives = await signedIn(clerk, skew);
    api.answer(byPath({ 'clients/handshake_payload': handshakePayload(directives) }));
    const cookies = directives.map((directive) => directive.split(';')[0]).join('; ');
    return new Visitor({ app, frontend, cookies });
  }

  it.each([-4, 0, 4, 10])('J25 knows who is there with a clock %i seconds ahead', async (skew) => {
    const somebody = await visitor(skew);
    const page = await somebody.open('/closed');
    expect(page.status).toBe(200);
    expect(somebody.handshakes).toBe(0);
  });

  it.each([
    ['/closed', 401, -10],
    ['/open', 200, -10],
    ['/closed', 401, -HOUR],
    ['/open', 200, -HOUR],
    ['/closed', 401, HOUR],
    ['/open', 200, HOUR],
  ])(
    'J25 tries one handshake at %s, then names the clock (%i), which is %i seconds ahead',
    async (...row) => {
      const [path, status, skew] = row;
      const somebody = await visitor(skew);
      const page = await somebody.open(path);
      expect(somebody.handshakes).toBe(1);
      expect(page.status).toBe(status);
      expect(page.text).toContain('clock');
      expect(page.text).toContain('data-session="signed-out"');
    },
  );
});

@Public()
@Controller('person')
class PersonController {
  @Get()
  read(@CurrentUser() user: SessionUser | null) {
    return user?.userId;
  }
}

describe('a thousand people whose tokens live a minute', () => {
  const PEOPLE = Array.from({ length: 1000 }, (_value, index) => `user_${index}`);
  const clerk = new ClerkInstance();
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let app: TestApp;
  let port: number;

  beforeAll(async () => {
    app = await createTestApp({ clerk, with: { controllers: [PersonController] } });
    port = await app.listen();
  });
  afterAll(async () => {
    agent.destroy();
    await app.stop();
  });

  function cookies(sub: string): string {
    const header = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
    return clerk.cookiesFor(forge(header, clerk.claims({ sub }), rsa(clerk.keys.privateKey)));
  }

  /** Who the server sees in somebody's visit, or the first cookie that it sets. Connections stay open. */
  function visit(cookie: string): Promise<string> {
    const headers = { ...NAVIGATION, host: new URL(APP_URL).host, cookie };
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/person', agent, headers }, (response) => {
        const [begun] = response.headers['set-cookie'] ?? [];
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve(begun?.split(';')[0] ?? text));
      }).on('error', reject);
    });
  }

  it('J34 go through one handshake each when it is over, and through none before', async () => {
    const begun = Date.now();
    const at = (seconds: number) => jest.spyOn(Date, 'now').mockReturnValue(begun + seconds * 1000);
    const old = PEOPLE.map(cookies);
    at(59);
    expect(await Promise.all(old.slice(0, 50).map(visit))).toEqual(PEOPLE.slice(0, 50));
    at(66);
    expect(await Promise.all(old.map(visit))).toEqual(PEOPLE.map(() => '__clerk_redirect_count=1'));
    const fresh = PEOPLE.map((person) => `${cookies(person)}; __clerk_redirect_count=1`);
    expect(await Promise.all(fresh.map(visit))).toEqual(PEOPLE);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpException, Post } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import {
  BackendApi,
  ClerkInstance,
  createTestApp,
  NAVIGATION,
  silence,
  type TestApp,
} from '../support/index.js';
import { directivesOf } from '../support/policy-directives.js';
import { rawRequest, sendRaw, type RawAnswer } from '../support/raw-socket.js';

@Public()
@Controller('answers')
class AnswersController {
  @Get('429')
  tooMany() {
    throw new HttpException('Too many requests.', 429);
  }

  @Get('500')
  broken() {
    throw new Error('Broken');
  }

  @Post('body')
  body() {
    return {};
  }
}

const HTML = Object.entries(NAVIGATION).map(([name, value]) => `${name}: ${value}`);

/** The headers of every answer, whatever it is. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
};

const clerk = new ClerkInstance();
const testClerk = new ClerkInstance({ mode: 'test' });
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [AnswersController] } });
  port = await app.listen();
});
afterAll(() => app.stop());

/** The header lines of an answer, each by itself: what a client that joins them would hide. */
function linesOf({ head }: RawAnswer): [string, string][] {
  return head
    .split('\r\n')
    .slice(1)
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);
}

describe('every answer', () => {
  /** One request for each kind of answer, by its status. */
  const ANSWERS: { name: string; status: number; request: string }[] = [
    { name: 'a page', status: 200, request: get('/open', HTML) },
    { name: 'JSON', status: 200, request: get('/health/live') },
    { name: 'a file', status: 200, request: get('/site.css') },
    { name: 'a redirect to sign-in', status: 303, request: get('/closed', HTML) },
    { name: 'a target that is none', status: 400, request: get('//evil.example/', HTML) },
    { name: 'a body that is none', status: 400, request: post('{') },
    { name: 'the API to a stranger', status: 401, request: get('/api/me') },
    { name: 'a closed page to a program', status: 401, request: get('/closed', ['sec-fetch-dest: empty']) },
    { name: 'a change from another site', status: 403, request: post('{}', { site: 'cross-site' }) },
    { name: 'an unknown page', status: 404, request: get('/nowhere', HTML) },
    { name: 'an unknown route', status: 404, request: get('/api/nowhere') },
    { name: 'a method that nothing has', status: 405, request: rawRequest('PROPFIND / HTTP/1.1') },
    { name: 'a body that is too large', status: 413, request: post('x'.repeat(20_000)) },
    { name: 'a body of another kind', status: 415, request: post('x', { type: 'text/plain' }) },
    { name: 'one request too many', status: 429, request: get('/answers/429', HTML) },
    { name: 'a fault', status: 500, request: get('/answers/500', HTML) },
    { name: 'a fault, to a program', status: 500, request: get('/answers/500') },
    { name: 'options', status: 204, request: rawRequest('OPTIONS /closed HTTP/1.1') },
    {
      name: 'the wrong host',
      status: 421,
      request: get('/open', HTML).replace('app.example.com', 'evil.example'),
    },
  ];

  it.each(ANSWERS)('F11 and F13 carry the same headers: $name, $status', async ({ request, status }) => {
    const answer = await sendRaw(port, request);
    expect(answer.status).toBe(status);
    const sent = Object.fromEntries(linesOf(answer));
    expect(sent).toMatchObject(ALWAYS);
    const policy = directivesOf(sent['content-security-policy']);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    const isPage = sent['content-type']?.startsWith('text/html') === true;
    expect(sent['cross-origin-opener-policy']).toBe(isPage ? 'same-origin-allow-popups' : undefined);
    expect(policy.size > 2).toBe(isPage);
  });

  it.each(ANSWERS)('F12 do not tell what made them: $name, $status', async ({ request }) => {
    const answer = await sendRaw(port, request);
    const names = linesOf(answer).map(([name]) => name);
    expect(names.filter((name) => /^(?:x-powered-by|server|via|x-runtime|x-aspnet.*)$/.test(name))).toEqual(
      [],
    );
    expect(answer.head + answer.body).not.toMatch(
      /express|node_modules|\bat \S+ \(|\.[jt]s:\d+|v?\d+\.\d+\.\d+/i,
    );
  });

  it.each(ANSWERS)('F14 have each header once: $name, $status', async ({ request }) => {
    const answer = await sendRaw(port, request);
    const names = linesOf(answer)
      .map(([name]) => name)
      .filter((name) => name !== 'set-cookie');
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect(names).toContain('content-security-policy');
    expect(names).toContain('cache-control');
  });

  it.each<[string, number, string]>([
    ['a request that cannot be read', 400, 'GET /open HTTP/1.1\r\nHost: app.example.com\r\nX y: z\r\n\r\n'],
    [
      'headers that are too large',
      431,
      `GET /open HTTP/1.1\r\nHost: app.example.com\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    ],
  ])('F13 are the shortest that Node.js has for %s, with nothing in them', async (_name, status, bytes) => {
    const answer = await sendRaw(port, bytes);
    expect(answer.status).toBe(status);
    expect(linesOf(answer)).toEqual([['connection', 'close']]);
    expect(answer.body).toBe('');
  });

  it('F13 and F14 hold while Clerk is away, with the time to try again', async () => {
    const api = await BackendApi.start(silence);
    const away = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
    const cookie = `cookie: ${await clerk.cookies()}`;
    const answer = await sendRaw(await away.listen(), get('/closed', [...HTML, cookie]));
    expect(answer.status).toBe(503);
    expect(Object.fromEntries(linesOf(answer))).toMatchObject({ ...ALWAYS, 'retry-after': '5' });
    const names = linesOf(answer).map(([name]) => name);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    await away.stop();
    await api.stop();
  });

  it('F14 have each header once on the way to a handshake and back', async () => {
    const development = await createTestApp({ clerk: testClerk });
    const developmentPort = await development.listen();
    const session = await testClerk.sessionToken();
    const token = await testClerk.handshakeToken([`__session=${session}; Path=/`, '__client_uat=1; Path=/']);
    for (const path of ['/open', `/open?__clerk_handshake=${token}`]) {
      const answer = await sendRaw(developmentPort, get(path, HTML));
      expect(answer.status).toBe(307);
      const names = linesOf(answer)
        .map(([name]) => name)
        .filter((name) => name !== 'set-cookie');
      expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
      expect(Object.fromEntries(linesOf(answer))).toMatchObject({ ...ALWAYS, 'cache-control': 'no-store' });
    }
    await development.stop();
  });

  it('F10 ask for https for two years, on https alone', async () => {
    const plain = await createTestApp({
      clerk,
      variables: { APP_URL: 'http://localhost:3000' },
    });
    for (const path of ['/open', '/health/live', '/site.css', '/nowhere', '/closed']) {
      const secure = await app.request('get', path, NAVIGATION);
      expect(secure.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
      const { headers } = await plain.request('get', path, { ...NAVIGATION, host: 'localhost:3000' });
      expect(headers['strict-transport-security']).toBeUndefined();
    }
    await plain.stop();
  });
});

function get(path: string, headers: string[] = []): string {
  return rawRequest(`GET ${path} HTTP/1.1`, headers);
}

function post(content: string, { site = 'same-origin', type = 'application/json' } = {}): string {
  const headers = [`sec-fetch-site: ${site}`, `content-type: ${type}`, `content-length: ${content.length}`];
  return rawRequest('POST /answers/body HTTP/1.1', headers, content);
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import { Views } from '../../src/views/index.js';
import { APP_URL, ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

@Public()
@Controller('failing')
class FailingController {
  @Get()
  fail() {
    throw new Error('unforeseen');
  }
}

const clerk = new ClerkInstance();
const now = Math.floor(Date.now() / 1000);
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [FailingController] } });
  port = await app.listen();
});
afterAll(() => app.stop());

const PATHS = ['/open', '/closed', '/sign-in', '/api/me', '/nowhere', '/site.css', '/health/live'];

function allowances(headers: Record<string, string>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

function expectUnframed(head: string) {
  expect(head).toMatch(/^content-type: text\/html/im);
  expect(head).toMatch(/^content-security-policy: .*frame-ancestors 'none'/im);
  expect(head).toMatch(/^x-frame-options: DENY\r?$/im);
}

describe('another origin', () => {
  it.each(['https://evil.example', 'https://blog.example.com', 'null', APP_URL])(
    'E14 gets no leave from a preflight: %s',
    async (origin) => {
      for (const path of PATHS) {
        const response = await app.request('options', path, {
          origin,
          cookie: await clerk.cookies(),
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
          'access-control-request-private-network': 'true',
        });
        expect(response.status).toBe(204);
        expect(allowances(response.headers)).toEqual([]);
      }
    },
  );

  it.each([
    'https://evil.example',
    'null',
    `${APP_URL}.evil.example`,
    'https://evilapp.example.com',
    APP_URL,
  ])('E15 is not reflected in any answer: %s', async (origin) => {
    for (const path of PATHS) {
      const { headers } = await app.request('get', path, { origin, cookie: await clerk.cookies() });
      expect(allowances(headers)).toEqual([]);
      expect(Object.values(headers)).not.toContain(origin);
    }
  });

  it("E15 gets no leave by the headers of Clerk's handshake, begun or finished", async () => {
    const session = await clerk.sessionToken();
    const directives = [`__session=${session}; Path=/`, '__client_uat=1700000000; Path=/'];
    for (const [cookie, status] of [
      [await clerk.cookies({ iat: now - 120, exp: now - 60 }), 307],
      [`__clerk_handshake=${await clerk.handshakeToken(directives)}`, 200],
    ] as const) {
      const response = await app.request('get', '/open', { ...NAVIGATION, origin: 'null', cookie });
      expect(response.status).toBe(status);
      expect(response.headers['set-cookie']).toBeDefined();
      expect(allowances(response.headers)).toEqual([]);
    }
  });

  it.each([
    ['GET /open HTTP/1.1', [], 200],
    ['GET /open HTTP/1.1', [], 200],
    ['GET /sign-in HTTP/1.1', [], 200],
    ['GET /sign-up HTTP/1.1', [], 200],
    ['GET //x HTTP/1.1', [], 400],
    ['POST / HTTP/1.1', ['Cookie: a=b'], 403],
    ['GET /nowhere HTTP/1.1', [], 404],
    ['TRACE / HTTP/1.1', [], 405],
    ['POST / HTTP/1.1', ['Content-Type: text/plain', 'Transfer-Encoding: chunked'], 415],
    ['GET /failing HTTP/1.1', [], 500],
  ])('E16 frames no page: %s with %j, which is %i', async (line, lines, status) => {
    const answer = await sendRaw(port, rawRequest(line, ['Accept: text/html', ...lines]));
    expect(answer.status).toBe(status);
    expectUnframed(answer.head);
  });

  it('E16 frames no page of another host or of a person', async () => {
    const foreign = await sendRaw(
      port,
      'GET /open HTTP/1.1\r\nHost: evil.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n',
    );
    expect(foreign.status).toBe(421);
    expectUnframed(foreign.head);
    const headers = ['Accept: text/html', `Cookie: ${await clerk.cookies()}`, 'Sec-Fetch-Dest: iframe'];
    expectUnframed((await sendRaw(port, rawRequest('GET /closed HTTP/1.1', headers))).head);
  });

  it('E16 frames not even the page of the last resort', async () => {
    const broken = await createTestApp({ clerk });
    broken.get(Views).render = () => {
      throw new Error('unforeseen');
    };
    const { status, head } = await sendRaw(
      await broken.listen(),
      rawRequest('GET /open HTTP/1.1', ['Accept: text/html']),
    );
    expect(status).toBe(500);
    expectUnframed(head);
    await broken.stop();
  });

  it.each([
    'script',
    'image',
    'style',
    'object',
    'embed',
    'audio',
    'video',
    'font',
    'worker',
    'track',
    'xslt',
  ])('E17 cannot pull what is personal in as a %s', async (destination) => {
    for (const path of ['/api/me', '/closed']) {
      for (const cookie of [await clerk.cookies(), '']) {
        const response = await app.request('get', path, {
          accept: '*/*',
          'sec-fetch-dest': destination,
          'sec-fetch-mode': 'no-cors',
          'sec-fetch-site': 'cross-site',
          cookie,
        });
        expect(response.status).toBe(403);
        expect(response.text).not.toContain('user_ada');
      }
    }
  });

  it.each(PATHS)('E17 cannot read %s', async (path) => {
    const { headers } = await app.request('get', path, { cookie: await clerk.cookies() });
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['document', 'empty', undefined])(
    'E17 is not a page of ours that asks for %s',
    async (destination) => {
      const headers = {
        cookie: await clerk.cookies(),
        ...(destination && { 'sec-fetch-dest': destination }),
      };
      expect((await app.request('get', '/api/me', headers)).status).toBe(200);
      expect((await app.request('get', '/closed', headers)).status).toBe(200);
    },
  );

  it.each([
    'https://blog.example.com',
    'https://example.com',
    'https://evil.example',
    'http://app.example.com',
    'https://app.example.com:8443',
  ])('E18 cannot use a token that Clerk gave it: %s', async (azp) => {
    const cookie = await clerk.cookies({ azp });
    expect((await app.open('/open', cookie)).text).toContain('data-session="signed-out"');
    expect((await app.open('/closed', cookie)).status).toBe(303);
    expect((await app.request('get', '/api/me', { cookie })).status).toBe(401);
    const authorization = `Bearer ${await clerk.sessionToken({ azp })}`;
    expect((await app.request('get', '/api/me', { authorization })).status).toBe(401);
  });
});

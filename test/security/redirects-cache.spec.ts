import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const clerk = new ClerkInstance();
const ADA = { sub: 'user_ada', first: 'Ada' };
const BOB = { sub: 'user_bob', first: 'Bob' };
const PERSONAL = ['/open', '/closed', '/sign-in', '/sign-up', '/api/me', '/nowhere'];
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

describe('what depends on the session', () => {
  it.each(PERSONAL)('D18 stays out of every cache: %s', async (path) => {
    for (const address of [path, `${path}?v=1`]) {
      const { headers } = await app.open(address, await clerk.cookies(ADA));
      expect(headers['cache-control']).toMatch(
        path === '/api/me' || path === '/nowhere' ? /no-store/ : /^private, no-store$/,
      );
      expect(headers['vary']).toMatch(/\bCookie\b/);
      expect(headers['etag']).toBeUndefined();
      expect(headers['last-modified']).toBeUndefined();
    }
  });

  it.each(['/closed', '/api/me', '/nowhere?v=1', '/health/live?v=1', '//x?v=1'])(
    'D18 stays out of every cache when it is refused, too: %s',
    async (path) => {
      const { head } = await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`));
      expect(head).toMatch(/^cache-control: .*no-store/im);
      expect(head).not.toMatch(/public|max-age=31536000/);
    },
  );

  it.each([
    '/closed/x.css',
    '/closed%2fx.css',
    '/closed;.css',
    '/closed;x.css',
    '/closed.css',
    '/closed%00.css',
    '/closed%0a.css',
    '/closed%23.css',
    '/closed%3f.css',
    '/api/me/x.css',
    '/api/me.css',
    '/api/me%2fx.js',
    '/closed/x.css?v=1',
  ])('D19 is not found under a name that a cache would keep: %s', async (path) => {
    const headers = [
      'Accept: text/html',
      `Cookie: ${await clerk.cookies({ ...ADA, uid: 'canary-uid', sid: 'sess_canary' })}`,
    ];
    const { status, head, body } = await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`, headers));
    expect(status).toBe(404);
    expect(head).toMatch(/^cache-control: (private, )?no-store\r?$/im);
    expect(body).not.toMatch(/canary|user_ada/);
  });

  it.each([
    'x-forwarded-host',
    'x-original-url',
    'x-rewrite-url',
    'x-forwarded-prefix',
    'x-http-host-override',
  ])('D20 does not change with the header %s', async (name) => {
    for (const path of ['/open', '/closed', '/sign-in', '/api/me', '/nowhere', '/site.css']) {
      const response = await app.request('get', path, { ...NAVIGATION, [name]: 'm4rk3r.example' });
      const plain = await app.request('get', path, NAVIGATION);
      expect(response.status).toBe(plain.status);
      expect(JSON.stringify(response.headers) + response.text).not.toContain('m4rk3r');
    }
  });

  it('D20 does not change with a path in a header either', async () => {
    const headers = { ...NAVIGATION, 'x-original-url': '/api/me', 'x-rewrite-url': '/api/me' };
    expect((await app.request('get', '/open', headers)).text).toContain('data-session="signed-out"');
  });

  it.each(['/open', '/closed', '/api/me'])(
    "D21 is never taken for unchanged by another person's validators: %s",
    async (path) => {
      const seen = await app.open(path, await clerk.cookies(ADA));
      expect(seen.text).toContain('Ada');
      const validators: Record<string, string>[] = [
        { 'if-none-match': seen.headers['etag'] ?? '"ada"' },
        { 'if-none-match': 'W/"1-x", "2-y"' },
        { 'if-modified-since': seen.headers['last-modified'] ?? new Date().toUTCString() },
      ];
      for (const validator of validators) {
        const cookie = await clerk.cookies(BOB);
        const response = await app.request('get', path, { ...NAVIGATION, ...validator, cookie });
        expect(response.status).toBe(200);
        expect(response.text).toContain('Bob');
        expect(response.text).not.toContain('Ada');
      }
    },
  );

  it('D22 has a nonce of its own in each answer, the same in policy and page', async () => {
    const nonces = new Set<string>();
    const paths = ['/open', '/open', '/sign-in', '/nowhere', '/open'];
    for (const path of paths) {
      const { headers, text } = await app.open(path);
      const ofPolicy = headers['content-security-policy']?.match(/'nonce-[^']+'/g) ?? [];
      const ofPage = text.match(/nonce="[^"]*"/g) ?? [];
      const [nonce = ''] = ofPolicy.map((source) => source.slice(7, -1));
      expect(nonce).toMatch(/^[\w-]{22,}$/);
      expect(new Set(ofPolicy)).toEqual(new Set([`'nonce-${nonce}'`]));
      expect(new Set(ofPage)).toEqual(new Set([`nonce="${nonce}"`]));
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(paths.length);
  });
});

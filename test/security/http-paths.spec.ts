import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';
import { layersOf, routesOf } from '../support/routes.js';

const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

describe('files', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string };

  it.each([
    '/.env',
    '/.env.example',
    '/.git/config',
    '/.git/HEAD',
    '/.gitignore',
    '/.npmrc',
    '/.DS_Store',
    '/.well-known/security.txt',
    '/.local-clerk/state.json',
    '/package.json',
    '/package-lock.json',
    '/tsconfig.json',
    '/README.md',
    '/node_modules/express/package.json',
    '/dist/main.js',
    '/src/main.ts',
    '/views/layouts/main.hbs',
    '/public/site.css',
    '/site.css.map',
    '/clerk.js.map',
    '/main.js.map',
    '/clerk.js~',
    '/clerk.js.bak',
    '/site.css.orig',
    '/.site.css.swp',
    '/%2e%2e/',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '/../package.json',
    '/x/../../package.json',
    '/....//package.json',
    '/%2e%2e%2f%2e%2e%2fetc/passwd',
    '/..%2f..%2f..%2f..%2fetc/passwd',
    '/%252e%252e/package.json',
    '/%c0%ae%c0%ae/package.json',
    '/site.css%00.html',
    '/package.json%00.css',
    '/%00',
    '/%2eenv',
    '/site.css/',
    '/site.css/x',
    '/server-status',
    '/debug',
    '/metrics',
  ])('I12 of the project are not served: %s', async (path) => {
    for (const target of [path, `${path}?v=1`]) {
      const { status, head, body } = await sendRaw(port, rawRequest(`GET ${target} HTTP/1.1`));
      expect(status).toBe(404);
      expect(head).toMatch(/^cache-control: .*no-store/im);
      expect(body).not.toContain(`"name": "${manifest.name}"`);
      expect(body).not.toMatch(/root:|DOCTYPE/);
    }
  });

  it('I12 that are public are', async () => {
    for (const path of ['/site.css', '/clerk.js', '/icon.svg']) {
      expect((await app.request('get', path)).status).toBe(200);
    }
  });
});

describe('paths', () => {
  const LENGTH = 4 * 1024;
  const pieces = [
    '/',
    'a',
    '/a',
    '/:',
    '%2f',
    '%',
    '.',
    '/.',
    '/..',
    '-',
    '(',
    '*',
    'a/',
    '/api',
    'closed',
    '\u00e9',
  ];
  const tails = pieces.map((piece) => encodeURI(piece).replaceAll('%25', '%'));

  it('I20 are matched in no time, whatever stands behind a route', () => {
    const routes = routesOf(app).map((route) => route.split(' ')[1]?.replace(/\/$/, '') ?? '');
    let slowest = 0;
    for (const route of routes) {
      for (const tail of tails) {
        const path = route + tail.repeat(Math.ceil(LENGTH / tail.length)).slice(0, LENGTH) + '\n';
        for (const layer of layersOf(app)) slowest = Math.max(slowest, matchingTime(layer, path));
      }
    }
    expect(slowest).toBeLessThan(20);
  });

  it('I20 have no wildcard but one at the end and no optional part', () => {
    for (const route of routesOf(app))
      expect(route).toMatch(/^[A-Z]+ (?:\/[\w.-]+|\/:\w+)*\/?(?:\{?\/?\*\w+\}?)?$/);
  });

  it('I20 of 4 kB are not found, each and every one', async () => {
    for (const tail of tails) {
      const path = `/closed${tail.repeat(Math.ceil(LENGTH / tail.length)).slice(0, LENGTH)}`;
      expect([400, 404]).toContain((await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`))).status);
    }
  });

  it('I22 that nobody knows leave nothing behind, ten thousand of them', async () => {
    const before = { routes: routesOf(app), layers: layersOf(app).length };
    const statuses = await flood(10_000);
    expect(statuses).toEqual({ 404: 10_000 });
    expect({ routes: routesOf(app), layers: layersOf(app).length }).toEqual(before);
  }, 30_000);
});

/** The shortest of three times, in milliseconds, in which a layer tells whether a path is for it. */
function matchingTime(layer: ReturnType<typeof layersOf>[number], path: string): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    try {
      layer.match(path);
    } catch {
      // What cannot be decoded is 400 to the router.
    }
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** Asks for random paths over one connection, one behind the other, and counts the statuses. */
function flood(count: number): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const statuses: Record<string, number> = {};
    const socket = connect(port, '127.0.0.1');
    let rest = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const text = rest + chunk;
      rest = text.slice(-12);
      for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    });
    socket.on('error', reject).on('close', () => resolve(statuses));
    const paths = Array.from(
      { length: count },
      (_item, index) => `/${index}${Math.random().toString(36).slice(2)}`,
    );
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: app.example.com\r\n\r\n`);
    const last = rawRequest('GET /last HTTP/1.1');
    socket.write(requests.slice(1).join('') + last);
  });
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import * as fc from 'fast-check';
import { Public } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

@Public()
@Controller('seen')
class SeenController {
  @Get()
  seen(@Req() request: Request) {
    return { ip: request.ip, protocol: request.protocol };
  }

  @Post()
  post() {
    return { method: 'POST' };
  }

  @Delete()
  delete() {
    return { method: 'DELETE' };
  }
}

const HOST = new URL(APP_URL).host;
const clerk = new ClerkInstance();
const controllers = [SeenController];
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers } });
  port = await app.listen();
});
afterAll(() => app.stop());

const now = Math.floor(Date.now() / 1000);
/** The same each time: the handshake's address holds the token. */
const expired = () => clerk.cookies({ iat: now - 120, nbf: now - 120, exp: now - 60 });

/** What a request shows of itself: page, redirects and the address that handlers see, without what differs each time. */
async function traces(target: TestApp, headers: Record<string, string> = {}) {
  const [page, signIn, handshake, seen] = await Promise.all([
    target.request('get', '/open', { ...NAVIGATION, ...headers }),
    target.request('get', '/closed', { ...NAVIGATION, ...headers }),
    target.request('get', '/open?x=1', { ...NAVIGATION, cookie: await expired(), ...headers }),
    target.request('get', '/seen', headers),
  ]);
  const location = new URL(handshake.headers['location'] ?? '');
  // Holds the time of day.
  location.searchParams.delete('__clerk_hs_reason');
  const nonce = /'nonce-([\w-]+)'/.exec(page.headers['content-security-policy'] ?? '')?.[1] ?? '';
  return {
    page: [page.status, page.text.replaceAll(nonce, '')],
    signIn: [signIn.status, signIn.headers['location']],
    handshake: [handshake.status, location.href, handshake.headers['set-cookie']],
    seen: seen.text,
  };
}

describe('forwarding headers', () => {
  it.each([
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'http'],
    ['x-forwarded-proto', 'javascript'],
    ['x-forwarded-port', '8443'],
    ['x-forwarded-for', '203.0.113.9'],
    ['x-forwarded-uri', '/evil'],
    ['x-forwarded-prefix', '/evil'],
    ['x-forwarded-server', 'evil.example'],
    ['x-forwarded-scheme', 'http'],
    ['x-forwarded-ssl', 'off'],
    ['forwarded', 'for=203.0.113.9;host=evil.example;proto=http'],
    ['x-real-ip', '203.0.113.9'],
    ['x-original-host', 'evil.example'],
    ['x-host', 'evil.example'],
    ['x-auth-request-redirect', 'https://evil.example'],
    ['cloudfront-forwarded-proto', 'http'],
  ])('D06 change nothing when anybody may send them: %s: %s', async (name, value) => {
    expect(await traces(app, { [name]: value })).toEqual(await traces(app));
  });

  it('D07 of a trusted proxy tell scheme and client, but not the host', async () => {
    const behind = await createTestApp({
      clerk,
      variables: { TRUST_PROXY: '127.0.0.1' },
      with: { controllers },
    });
    await behind.listen();
    const forwarded = {
      'x-forwarded-for': '198.51.100.6, 203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    const { seen, ...others } = await traces(behind, forwarded);
    expect(JSON.parse(seen)).toEqual({ ip: '203.0.113.9', protocol: 'https' });
    expect({ ...others, seen: '' }).toEqual({ ...(await traces(behind)), seen: '' });
    expect(others.handshake[1]).toContain(`redirect_url=${encodeURIComponent(`${APP_URL}/open?x=1`)}`);
    const foreign = { host: 'evil.example', 'x-forwarded-host': HOST };
    expect((await behind.request('get', '/open', foreign)).status).toBe(421);
    await behind.stop();
  });
});

describe('the Host header', () => {
  const MARKER = 'm4rk3r';

  it.each([
    'm4rk3r.example',
    `${HOST}.m4rk3r.example`,
    `m4rk3r.${HOST}`,
    `${HOST}:8443`,
    `${HOST}:443:m4rk3r`,
    `${HOST}.`,
    `m4rk3r@${HOST}`,
    `${HOST}@m4rk3r.example`,
    `${HOST}, m4rk3r.example`,
    `${HOST}/m4rk3r`,
    `${HOST}\tm4rk3r`,
    'localhost',
    '[::1]',
    '',
  ])('D08 names this application or is refused, and is never repeated: %j', async (host) => {
    for (const path of ['/open', '/closed', '/site.css', '/nowhere']) {
      const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`;
      const { status, head, body } = await sendRaw(port, request);
      expect([400, 421]).toContain(status);
      expect(head + body).not.toContain(MARKER);
      expect(head).not.toMatch(/^(location|set-cookie):/im);
    }
  });

  it('D08 is refused for every string but its own', async () => {
    const part = fc.constantFrom(...HOST, '.', ':', '@', '/', '\\', '%00', ',', '[', ']', '443', 'evil', '-');
    const host = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(''));
    const isRefused = fc.asyncProperty(host, async (value) => {
      fc.pre(value.toLowerCase() !== HOST);
      const lines = `Host: ${value}\r\nConnection: close\r\n\r\n`;
      const { status } = await sendRaw(port, `GET /health/live HTTP/1.1\r\n${lines}`);
      return status === 421 || status === 400;
    });
    await expect(fc.assert(isRefused, { numRuns: 200 })).resolves.toBeUndefined();
  });

  it.each([
    [HOST, 'evil.example'],
    ['evil.example', HOST],
    [HOST, HOST],
  ])('D09 stands once: %s and %s are 400', async (first, second) => {
    const lines = `Host: ${first}\r\nhost: ${second}\r\nConnection: close\r\n\r\n`;
    const answer = await sendRaw(port, `GET /open HTTP/1.1\r\n${lines}`);
    expect(answer.status).toBe(400);
    expect(answer.head + answer.body).not.toContain('evil.example');
  });

  it('D09 is not hidden behind more lines than Node reads', async () => {
    const lines = `Host: ${HOST}\r\n${'a:\r\n'.repeat(2_500)}Host: evil.example\r\n`;
    expect((await sendRaw(port, `GET /open HTTP/1.1\r\n${lines}\r\n`)).status).toBe(431);
  });

  it.each(['HTTP/1.0', 'HTTP/1.1'])('D10 is asked for in %s too', async (version) => {
    expect((await sendRaw(port, `GET /open ${version}\r\nConnection: close\r\n\r\n`)).status).toBe(400);
  });
});

describe('the target of a request', () => {
  it.each([
    'http://evil.example/closed',
    `${APP_URL}/closed`,
    `http://${HOST}@evil.example/`,
    '//evil.example/closed',
    '///evil.example/closed',
    '/\\evil.example/closed',
    '\\\\evil.example/closed',
    'evil.example/closed',
    'javascript:alert(1)',
    '*',
    '/#/closed',
  ])('D11 is a path of this origin, or 400: %s', async (target) => {
    for (const cookie of [[], [`Cookie: ${await expired()}`]]) {
      const headers = ['Accept: text/html', 'Sec-Fetch-Dest: document', ...cookie];
      const { status, head, body } = await sendRaw(port, rawRequest(`GET ${target} HTTP/1.1`, headers));
      expect(status).toBe(400);
      expect(head + body).not.toContain('evil.example');
    }
  });

  it.each([
    '/CLOSED',
    '/Closed',
    '/closed/',
    '/closed//',
    '//closed',
    '/./closed',
    '/x/../closed',
    '/%2e/closed',
    '/%63losed',
    '/close%64',
    '/%2fclosed',
    '/closed%2f',
    '/closed%00',
    '/closed%20',
    '/closed;x',
    '/closed.html',
    '/closed?x=/../',
  ])('D12 never shows a guarded page to a stranger, however it is written: %s', async (target) => {
    for (const method of ['GET', 'HEAD']) {
      const line = `${method} ${target} HTTP/1.1`;
      const { status, body } = await sendRaw(port, rawRequest(line, ['Accept: text/html']));
      expect([303, 400, 404]).toContain(status);
      expect(body).not.toContain('test-page');
    }
  });
});

describe('the method of a request', () => {
  it.each([
    ['a browser', NAVIGATION],
    ['a program', { accept: '*/*', 'sec-fetch-dest': 'empty' }],
  ])('D13 HEAD of a guarded page is answered to %s as GET is, without the body', async (_who, headers) => {
    for (const path of ['/closed', '/api/me']) {
      const get = await app.request('get', path, headers);
      const head = await app.request('head', path, headers);
      expect(head.status).toBe(get.status);
      expect(head.headers['location']).toBe(get.headers['location']);
      expect(head.text ?? '').toBe('');
    }
  });

  it.each(['/closed', '/api/me', '/nowhere'])('D13 OPTIONS tells nothing of %s', async (path) => {
    for (const cookie of ['', await clerk.cookies()]) {
      const response = await app.request('options', path, { ...NAVIGATION, cookie });
      expect(response.status).toBe(204);
      expect(response.text).toBe('');
      expect(response.headers['allow']).toBeUndefined();
    }
  });

  it.each([
    ['/seen', { 'x-http-method-override': 'DELETE' }, ''],
    ['/seen', { 'x-http-method': 'DELETE' }, ''],
    ['/seen', { 'x-method-override': 'DELETE' }, ''],
    ['/seen?_method=DELETE', {}, ''],
    ['/seen', { 'content-type': 'application/x-www-form-urlencoded' }, '_method=DELETE'],
  ])('D14 is the one of the request line: %s %j %s', async (path, headers, body) => {
    const origin = { origin: APP_URL };
    const response = await app.request('post', path, { ...origin, ...headers }).send(body || undefined);
    expect(response.body).toEqual({ method: 'POST' });
  });
});

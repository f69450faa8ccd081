import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Post } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

@Public()
@Controller('changes')
class ChangingController {
  @Post()
  change() {
    return { changed: true };
  }
}

const clerk = new ClerkInstance();
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [ChangingController] } });
});
afterAll(() => app.stop());

describe('the host check', () => {
  it.each([
    'evil.example',
    'app.example.com.evil.example',
    'app.example.com:8443',
    'localhost:3000',
    '127.0.0.1',
  ])('answers 421 for %s and does not repeat it', async (host) => {
    for (const path of ['/open', '/closed', '/site.css', '/nowhere', '/health/live']) {
      const response = await app.request('get', path, { host, accept: 'text/html' });
      expect(response.status).toBe(421);
      expect(JSON.stringify(response.headers) + response.text).not.toContain(
        host === '127.0.0.1' ? '//127' : host,
      );
    }
  });

  it('takes the host in any case', async () => {
    expect((await app.request('get', '/open', { host: 'APP.Example.com' })).status).toBe(200);
  });
});

describe('the CSRF check', () => {
  const cookie = '__session=x';

  it.each<[string, Record<string, string>, number]>([
    ['a page of this origin', { 'sec-fetch-site': 'same-origin', cookie }, 201],
    ['another site', { 'sec-fetch-site': 'cross-site', cookie }, 403],
    ['a sibling host', { 'sec-fetch-site': 'same-site', cookie }, 403],
    ['the address bar', { 'sec-fetch-site': 'none', cookie }, 403],
    ['an old browser here', { origin: APP_URL, cookie }, 201],
    ['an old browser elsewhere', { origin: 'https://evil.example', cookie }, 403],
    ['a sandboxed frame', { origin: 'null', cookie }, 403],
    [
      'an unknown site value and a foreign origin',
      { 'sec-fetch-site': 'foo', origin: 'https://evil.example' },
      403,
    ],
    ['a program with a cookie', { cookie }, 403],
    ['a program without one', {}, 201],
  ])('judges a change sent by %s', async (_name, headers, status) => {
    expect((await app.request('post', '/changes', headers)).status).toBe(status);
  });
});

describe('the security headers', () => {
  it.each(['/open', '/nowhere', '/closed', '/api/me', '/site.css', '/health/live'])(
    'stand on %s',
    async (path) => {
      const { headers } = await app.request('get', path, { accept: 'text/html' });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  it.each(['/site.css', '/health/live', '/api/me'])('let %s load nothing', async (path) => {
    const { headers } = await app.request('get', path);
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  });

  it('let pages talk to windows that sign in opens', async () => {
    expect((await app.open('/open')).headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups');
  });

  it('name the Frontend API and a nonce that is never used twice', async () => {
    const policies = await Promise.all([app.open('/open'), app.open('/open')]);
    const [first, second] = policies.map(({ headers }) => headers['content-security-policy'] ?? '');
    expect(first).toContain("connect-src 'self' https://clerk.example.com");
    expect(first).toMatch(/script-src 'nonce-[\w-]{20,}' 'strict-dynamic'/);
    expect(first).not.toBe(second);
  });

  it('ask for https only where the site is on https', async () => {
    const plain = await createTestApp({
      clerk,
      variables: { APP_URL: 'http://localhost:3000' },
    });
    const { headers } = await plain.request('get', '/open', { host: 'localhost:3000' });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    await plain.stop();
  });
});

describe('addresses', () => {
  it.each([
    '/CLOSED',
    '/closed/',
    '/%63losed',
    '//closed',
    '/closed%2f',
    '/closed;x',
    '/closed/x.css',
    '/./closed',
  ])('%s never shows a closed page to a stranger', async (path) => {
    const response = await app.open(path);
    expect([303, 400, 404]).toContain(response.status);
    expect(response.text).not.toContain('test-page');
  });
});

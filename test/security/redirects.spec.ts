import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { returnPath } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const VECTORS = join(import.meta.dirname, 'vectors/open-redirects.txt');
const OPEN_REDIRECTS = readFileSync(VECTORS, 'utf8').replace(/\n$/, '').split('\n').map(decoded);

const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

/** As a form does: bytes that are no UTF-8 stay, each a character. */
function decoded(line: string): string {
  const text = line.replaceAll('+', ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll(/%([\da-f]{2})/gi, (_match, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

describe('a return path', () => {
  it('D01 is none of the 559 open redirects of oauth2-proxy', () => {
    expect(OPEN_REDIRECTS).toHaveLength(559);
    expect(OPEN_REDIRECTS.filter((target) => returnPath(target, APP_URL) !== '/')).toEqual([]);
  });

  it('D01 comes out of none of them on the sign-in page either, by every tenth', async () => {
    for (const target of OPEN_REDIRECTS.filter((_target, index) => index % 10 === 0)) {
      const path = `/sign-in?redirect_url=${encodeURIComponent(target)}`;
      const { status, body } = await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`));
      expect([target, status, /data-return-path="[^"]*"/.exec(body)?.[0]]).toEqual([
        target,
        200,
        'data-return-path="/"',
      ]);
    }
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '/ /evil.example',
    '/%09/evil.example',
    '/%0a/evil.example',
    '/%2f/evil.example',
    '/%2F%2Fevil.example',
    '/%5cevil.example',
    '/%5C/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/./\\evil.example',
    '/\u0000/evil.example',
  ])('D02 does not begin with a slash and a trick: %j', (target) => {
    expect(target.startsWith('/')).toBe(true);
    expect(returnPath(target, APP_URL)).toBe('/');
  });

  it.each([
    ['', '/'],
    ['/redirect', '/redirect'],
    ['//redirect', '/'],
    ['http://foo.bar/redirect', '/'],
    ['https://foo.bar/redirect', '/'],
    ['http://baz.foo.bar/redirect', '/'],
    ['https://baz.foo.bar/redirect', '/'],
    ['http://baz.bar.foo/redirect', '/'],
    ['https://baz.bar.foo/redirect', '/'],
    ['http://bar.foo/redirect', '/'],
    ['http://foo.bar.evil.corp/redirect', '/'],
    ['https://foo.bar.evil.corp/redirect', '/'],
    ['http://evil.corp/redirect?rd=foo.bar', '/'],
    ['https://evil.corp/redirect?rd=foo.bar', '/'],
    ['https://evil.corp:3838/redirect', '/'],
    ['http://foo.bar:3838/redirect', '/'],
    ['http://baz.bar.foo:3838/redirect', '/'],
    ['http://port.bar:8080/redirect', '/'],
    ['http://port.bar:3838/redirect', '/'],
    ['http://foo.sub.port.bar:8080/redirect', '/'],
    ['http://foo.subport.bar:3838/redirect', '/'],
    ['http://anyport.bar:8080/redirect', '/'],
    ['http://anyport.bar:8081/redirect', '/'],
    ['http://a.sub.anyport.bar:8080/redirect', '/'],
    ['http://a.sub.anyport.bar:8081/redirect', '/'],
    ['/\\evil.com', '/'],
    ['/ /evil.com', '/'],
    ['/ \\evil.com', '/'],
    ['/\t/evil.com', '/'],
    ['/\t\\evil.com', '/'],
    ['/\v/evil.com', '/'],
    ['/\v\\evil.com', '/'],
    ['/\n/evil.com', '/'],
    ['/\n\\evil.com', '/'],
    ['/\r/evil.com', '/'],
    ['/\r\\evil.com', '/'],
    ['/\t/\t\\evil.com', '/'],
    ['/\t\t/\t/evil.com', '/'],
    ['/\t\t\\\t/evil.com', '/'],
    ['/\t\t/\t\t\\evil.com', '/'],
    ['/\t\t\\\t\t/evil.com', '/'],
    ['/./\\evil.com', '/'],
    ['/./../../\\evil.com', '/'],
    ['http://foo.wildcard.bar/redirect', '/'],
    ['https://foo.wildcard.bar/redirect', '/'],
    ['http://wildcard.bar/redirect', '/'],
    ['https://wildcard.bar/redirect', '/'],
    ['http://foo.wildcard.sub.anyport.bar:4242/redirect', '/'],
    ['https://foo.wildcard.sub.anyport.bar:4242/redirect', '/'],
    ['http://wildcard.sub.anyport.bar:4242/redirect', '/'],
    ['https://wildcard.sub.anyport.bar:4242/redirect', '/'],
    ['http://foo.wildcard.sub.port.bar:8080/redirect', '/'],
    ['https://foo.wildcard.sub.port.bar:8080/redirect', '/'],
    ['http://wildcard.sub.port.bar:8080/redirect', '/'],
    ['https://wildcard.sub.port.bar:8080/redirect', '/'],
    ['foo.bar/redirect', '/'],
    ['proxy.wildcard.bar/redirect', '/'],
  ])("D03 follows the validator's table for relative paths: %j becomes %j", (target, expected) => {
    expect(returnPath(target, APP_URL)).toBe(expected);
  });

  const pieces = [
    '/',
    '\\',
    '//',
    '%2f',
    '%5c',
    '.',
    '..',
    '%2e',
    '@',
    ':',
    '?',
    '#',
    '\t',
    '\n',
    '%09',
    ' ',
  ];
  const hosts = ['evil.example', 'https:', 'javascript:', 'closed', 'x', '／', '。', '\u2028', '\u00a0', '%'];
  const target = fc.oneof(
    fc.array(fc.constantFrom(...pieces, ...hosts), { maxLength: 12 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...pieces, ...hosts), { maxLength: 12 }).map((parts) => `/${parts.join('')}`),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `/${text}`),
    fc.webUrl(),
    fc.webPath(),
  );

  it('D04 stays on this origin for every string, however it is read', () => {
    const staysHere = fc.property(target, (value) => {
      const path = returnPath(value, APP_URL);
      const readings = [path, APP_URL + path, path.replaceAll(/%(?:2e|09|0a|0d)/gi, '')];
      return (
        /^\/(?![/\\])/.test(path) &&
        !/\/\/|\\|\p{Cc}|\s/u.test(path) &&
        readings.every((reading) => new URL(reading, APP_URL).origin === APP_URL) &&
        returnPath(path, APP_URL) === path
      );
    });
    expect(() => fc.assert(staysHere, { numRuns: 10_000 })).not.toThrow();
  });

  it('D04 leads to no page of ours that redirects to another origin', async () => {
    const leadsHere = fc.asyncProperty(target, async (value) => {
      const { head } = await sendRaw(port, rawRequest(`GET ${returnPath(value, APP_URL)} HTTP/1.1`));
      return !/^location: (?!\/sign-in\?)/im.test(head);
    });
    await expect(fc.assert(leadsHere, { numRuns: 100 })).resolves.toBeUndefined();
  });

  it.each([
    'redirect_url=/closed&redirect_url=//evil.example',
    'redirect_url=//evil.example&redirect_url=/closed',
    'redirect_url=/closed&redirect_url=/open',
    'redirect_url[]=/closed',
    'redirect_url[x]=/closed',
  ])('D05 given twice or as a list counts as none: %s', async (query) => {
    const { status, text } = await app.open(`/sign-in?${query}`);
    expect(status).toBe(200);
    expect(text).toContain('data-return-path="/"');
    expect(text).not.toContain('evil.example');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const HOST = `Host: ${new URL(APP_URL).host}`;
const JSON_BODY = 'Content-Type: application/json';
const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

/** Lines as they are sent, without the end of the connection that `rawRequest` asks for. */
function lines(...text: string[]): string {
  return text.join('\r\n');
}

const get = (target: string) => rawRequest(`GET ${target} HTTP/1.1`);
const withHeader = (header: string) => rawRequest('GET /open HTTP/1.1', [header]);
const inVersion = (version: string) => rawRequest(`GET /open ${version}`);
const method = (name: string) => rawRequest(`${name} / HTTP/1.1`);

describe('bytes that are hardly a request', () => {
  it.each<[string, string, number[]]>([
    ['a control', get('/open'), [200]],
    ['empty lines first', `\r\n\r\n${get('/open')}`, [200, 400]],
    ['a body on GET', rawRequest('GET /open HTTP/1.1', [JSON_BODY, 'Content-Length: 2'], '{}'), [200]],
    ['no host', 'GET /open HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['an empty host', 'GET /open HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', [400, 421]],
    ['HTTP/0.9', 'GET /\r\n\r\n', [400]],
    ['HTTP/0.9 with headers', inVersion('HTTP/0.9'), [400]],
    ['HTTP/1.0', inVersion('HTTP/1.0'), [200]],
    ['HTTP/1.2', inVersion('HTTP/1.2'), [400]],
    ['HTTP/2.0', inVersion('HTTP/2.0'), [400]],
    ['HTTP/3', inVersion('HTTP/3'), [400]],
    ['HTTP/11', inVersion('HTTP/11'), [400]],
    ['HTTP/1.', inVersion('HTTP/1.'), [400]],
    ['HTTP/-1.1', inVersion('HTTP/-1.1'), [400]],
    ['http in small letters', inVersion('http/1.1'), [400]],
    ['another protocol', inVersion('ICE/1.0'), [400]],
    ['no version', rawRequest('GET /open '), [400]],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['an SSH banner', 'SSH-2.0-OpenSSH_9.9\r\n', [400]],
    ['a PROXY line', `PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n${get('/open')}`, [400]],
    ['zeros', '\0\0\0\0\r\n\r\n', [400]],
    ['a colon', ':\r\n\r\n', [400]],
    ['a space first', ` ${get('/open')}`, [400]],
    ['a tab after the method', get('/open').replace('GET ', 'GET\t'), [400]],
    ['a method in small letters', method('get'), [400]],
    ['a method in mixed letters', method('Get'), [400]],
    ['a method with a NUL', method('G\0T'), [400]],
    ['an empty target', rawRequest('GET  HTTP/1.1'), [400]],
    ['a target without a slash', get('closed'), [400]],
    ['a query without a path', get('?x=1'), [400]],
    ['a fragment', get('/closed#x'), [400]],
    ['a star', get('*'), [400]],
    ['OPTIONS of a star', rawRequest('OPTIONS * HTTP/1.1'), [400]],
    ['an absolute target', get('http://evil.example/'), [400]],
    ['an authority', get('evil.example:80'), [400]],
    ['two slashes', get('//evil.example/'), [400]],
    ['a backslash', get('/\\evil.example/'), [400]],
    ['a scheme', get('javascript:alert(1)'), [400]],
    ['a space in the target', get('/a b'), [400]],
    ['a tab in the target', get('/a\tb'), [400]],
    ['a NUL in the target', get('/a\0b'), [400]],
    ['DEL in the target', get('/a\x7fb'), [400]],
    ['raw UTF-8 in the target', get('/\xc3\xa9'), [400]],
    ['a bad escape', get('/%zz'), [400, 404]],
    ['half an escape', get('/%'), [400, 404]],
    ['an escaped NUL', get('/%00'), [400, 404]],
    ['escapes that are no UTF-8', get('/%ff%fe'), [400, 404]],
    ['an overlong dot', get('/%c0%ae%c0%ae/package.json'), [400, 404]],
    ['an escape of IIS', get('/%u002e%u002e/package.json'), [400, 404]],
    ['a bad escape in the query', get('/open?x=%zz'), [200]],
    [
      'a bad escape in a guarded query',
      rawRequest('GET /closed?x=%zz HTTP/1.1', ['Accept: text/html']),
      [303],
    ],
    ['a folded header', withHeader('X: a\r\n b'), [400]],
    ['a fold with a tab', withHeader('X: a\r\n\tb'), [400]],
    ['a space before the first header', lines('GET /open HTTP/1.1', ` ${HOST}`, '', ''), [400]],
    ['a header without a colon', withHeader('X'), [400]],
    ['a header without a name', withHeader(': x'), [400]],
    ['a name with a space', withHeader('X Y: z'), [400]],
    ['a name with a NUL', withHeader('X\0: z'), [400]],
    ['a name with an umlaut', withHeader('X\xe4: z'), [400]],
    ['a name in parentheses', withHeader('(X): z'), [400]],
    ['a value with a NUL', withHeader('X: a\0b'), [400]],
    ['a value with a bell', withHeader('X: a\x07b'), [400]],
    ['a value with a bare CR', withHeader('X: a\rb'), [400]],
    ['a value with eight bits', withHeader('X: \xff\xfe'), [200, 400]],
    ['a length that is none', rawRequest('POST / HTTP/1.1', ['Content-Length: x'], 'ab'), [400]],
    ['a negative length', rawRequest('POST / HTTP/1.1', ['Content-Length: -1'], 'ab'), [400]],
    ['a signed length', rawRequest('POST / HTTP/1.1', ['Content-Length: +2'], 'ab'), [400]],
    ['a length in hex', rawRequest('POST / HTTP/1.1', ['Content-Length: 0x2'], 'ab'), [400]],
    ['an empty length', rawRequest('POST / HTTP/1.1', ['Content-Length: '], 'ab'), [400]],
    ['a length beyond 64 bits', rawRequest('POST / HTTP/1.1', [`Content-Length: ${'9'.repeat(30)}`]), [400]],
    ['an upgrade to HTTP/2', withHeader('Upgrade: h2c'), [200]],
    ['a range', withHeader('Range: bytes=0-0,1-1,99-'), [200]],
    [
      'a charset that is none',
      rawRequest('POST / HTTP/1.1', ['Content-Type: application/json; charset=x', 'Content-Length: 2'], '{}'),
      [404, 415],
    ],
  ])('I01 are answered without a fault: %s', async (_name, bytes, statuses) => {
    const answer = await sendRaw(port, bytes);
    expect(statuses).toContain(answer.status);
    expect(answer.count).toBe(1);
    expect((await sendRaw(port, get('/health/live'))).status).toBe(200);
  });
});

describe('a request that another server may cut elsewhere', () => {
  const chunked = 'Transfer-Encoding: chunked';
  const smuggled = lines('GET /health/live HTTP/1.1', HOST, '', '');
  const post = (headers: string[], body: string) =>
    lines('POST /api/me HTTP/1.1', HOST, JSON_BODY, ...headers, '', body);

  it.each([
    ['a length and chunks', post(['Content-Length: 4', chunked], `0\r\n\r\n${smuggled}`)],
    ['chunks and a length', post([chunked, 'Content-Length: 4'], `0\r\n\r\n${smuggled}`)],
    ['two lengths', post(['Content-Length: 0', 'Content-Length: 44'], smuggled)],
    ['the same length twice', post(['Content-Length: 2', 'Content-Length: 2'], `{}${smuggled}`)],
    ['a list of lengths', post(['Content-Length: 2, 2'], `{}${smuggled}`)],
    ['a coding after the chunks', post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${smuggled}`)],
    ['a coding before the chunks', post(['Transfer-Encoding: identity, chunked'], `0\r\n\r\n${smuggled}`)],
    ['compressed chunks', post(['Transfer-Encoding: gzip, chunked'], `0\r\n\r\n${smuggled}`)],
    ['no coding by name', post(['Transfer-Encoding: identity'], smuggled)],
    ['an unknown coding', post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${smuggled}`)],
    ['an empty coding', post(['Transfer-Encoding: '], `0\r\n\r\n${smuggled}`)],
    ['a quoted coding', post(['Transfer-Encoding: "chunked"'], `0\r\n\r\n${smuggled}`)],
    ['a coding after a vertical tab', post(['Transfer-Encoding: \x0bchunked'], `0\r\n\r\n${smuggled}`)],
    ['chunks twice', post([chunked, chunked], `0\r\n\r\n${smuggled}`)],
    ['chunks and no coding', post([chunked, 'Transfer-Encoding: identity'], `0\r\n\r\n${smuggled}`)],
    ['chunks in HTTP/1.0', post([chunked], `0\r\n\r\n${smuggled}`).replace('HTTP/1.1', 'HTTP/1.0')],
    ['a space before the colon', post(['Transfer-Encoding : chunked'], `0\r\n\r\n${smuggled}`)],
    ['a space before the colon of a length', post(['Content-Length : 2'], `{}${smuggled}`)],
    ['a folded coding', post(['Transfer-Encoding:\r\n chunked'], `0\r\n\r\n${smuggled}`)],
    ['bare line feeds', `GET /open HTTP/1.1\n${HOST}\n\n${smuggled}`],
    ['one bare line feed', `GET /open HTTP/1.1\r\n${HOST}\nX: y\r\n\r\n${smuggled}`],
    ['a bare line feed at the end', `GET /open HTTP/1.1\r\n${HOST}\r\n\n${smuggled}`],
    ['a bare line feed after a chunk', post([chunked], `2\r\n{}\n0\r\n\r\n${smuggled}`)],
    ['a bare line feed after the size', post([chunked], `2\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a chunk that is longer than it says', post([chunked], `1\r\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a size that is none', post([chunked], `zz\r\n\r\n${smuggled}`)],
    ['a negative size', post([chunked], `-1\r\n\r\n${smuggled}`)],
    ['a size with 0x', post([chunked], `0x2\r\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a size beyond 64 bits', post([chunked], `fffffffffffffffff\r\n{}${smuggled}`)],
  ])('I02 is 400, and the connection ends: %s', async (_name, bytes) => {
    const { status, count } = await sendRaw(port, bytes);
    expect([status, count]).toEqual([400, 1]);
  });
});

describe('a head that is too large', () => {
  it.each([
    ['one header of 17 KiB', withHeader(`X: ${'a'.repeat(17 * 1024)}`)],
    ['a target of 17 KiB', get(`/${'a'.repeat(17 * 1024)}`)],
    ['a query of 17 KiB', get(`/?${'a'.repeat(17 * 1024)}`)],
    ['cookies of 17 KiB', withHeader(`Cookie: ${'a=b; '.repeat(3500)}`)],
    ['3000 lines', withHeader('a: b\r\n'.repeat(2999) + 'a: b')],
    ['3000 empty lines', withHeader('a:\r\n'.repeat(2999) + 'a:')],
    ['101 lines', withHeader('a: b\r\n'.repeat(98) + 'a: b')],
  ])('I03 is 431: %s', async (_name, bytes) => {
    expect((await sendRaw(port, bytes)).status).toBe(431);
  });

  it('I03 is not one of a browser behind several proxies', async () => {
    expect((await sendRaw(port, withHeader('a: b\r\n'.repeat(60) + 'a: b'))).status).toBe(200);
  });
});

describe('names that mean something to JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'I09 are headers like any other: %s',
    async (name) => {
      expect((await sendRaw(port, withHeader(`${name}: x`))).status).toBe(200);
      expect((await sendRaw(port, withHeader(`Cookie: ${name}=x`))).status).toBe(200);
      expect(Object.prototype).not.toHaveProperty('x');
      expect((await sendRaw(port, get('/health/live'))).status).toBe(200);
    },
  );
});

describe('an unknown method', () => {
  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'PURGE', 'SEARCH', 'LINK', 'TRACK', 'FOO', 'DEBUG', 'GETX'])(
    'I10 is refused and nothing of it is repeated: %s',
    async (name) => {
      const target = name === 'CONNECT' ? 'evil.example:443' : '/nowhere';
      for (const accept of ['text/html', 'message/http', '*/*']) {
        const headers = ['X-Canary: canary', 'Cookie: canary=1', `Accept: ${accept}`];
        const answer = await sendRaw(port, rawRequest(`${name} ${target} HTTP/1.1`, headers));
        expect([400, 405]).toContain(answer.status);
        expect(answer.head + answer.body).not.toMatch(/canary|evil/);
      }
    },
  );

  it('I10 opens no tunnel, and one that hangs up harms nobody', async () => {
    const connectTo = `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n\r\n`;
    expect((await sendRaw(port, connectTo + get('/open'))).count).toBe(1);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(connectTo, () => socket.resetAndDestroy()),
      );
      socket.on('close', () => resolve());
    });
    expect((await sendRaw(port, get('/health/live'))).status).toBe(200);
  });
});

describe('a request for another protocol', () => {
  it.each(['websocket', 'h2c', 'TLS/1.3', 'canary'])(
    'I11 stays on this one: Upgrade: %s',
    async (protocol) => {
      const upgrade = ['Connection: Upgrade', `Upgrade: ${protocol}`, 'Sec-WebSocket-Version: 13'];
      const { status, head } = await sendRaw(port, withHeader(upgrade.join('\r\n')));
      expect(status).toBe(200);
      expect(head).not.toMatch(/^upgrade:/im);
    },
  );

  it.each(['999', 'canary', '200-ok'])('I11 with Expect: %s is 417', async (expectation) => {
    expect((await sendRaw(port, withHeader(`Expect: ${expectation}`))).status).toBe(417);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Logger, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { LogCapture } from '../support/log-capture.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const;
const FORMS = [
  ['in production', true],
  ['in development', false],
] as const;

/** An error as HTTP clients throw it, with all that they know of the request. */
function upstreamError(): Error {
  return Object.assign(new Error('Request failed: Bearer sk_live_canary1 was refused'), {
    config: { headers: { authorization: 'Bearer canary2' }, data: 'password=canary3' },
    response: { headers: { 'set-cookie': '__session=canary4' }, data: { token: 'canary5' } },
    cause: new Error('canary6', { cause: { cookie: 'canary7' } }),
  });
}

@Public()
@Controller('canaries')
class CanaryController {
  @Get('headers')
  headers(@Res() response: Response) {
    response
      .setHeader('Location', '/x?token=canary-location')
      .setHeader('Set-Cookie', 'x=canary-set-cookie')
      .json({});
  }

  @Get('error')
  error() {
    throw upstreamError();
  }

  @Get('object')
  object() {
    const thrown: Record<string, unknown> = { headers: { cookie: 'canary-thrown' } };
    thrown['self'] = thrown;
    // oxlint-disable-next-line no-throw-literal
    throw thrown;
  }
}

const clerk = new ClerkInstance({ mode: 'test' });
let app: TestApp;
let port: number;
let log: LogCapture;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [CanaryController] } });
  port = await app.listen();
});
afterEach(() => log.stop());
afterAll(() => app.stop());

function loggedRequests(): number {
  return log.text.match(/"requestId"|requestId=/g)?.length ?? 0;
}

/** The lines of requests are written once the answer has left. */
async function logged(requests: number): Promise<void> {
  const end = Date.now() + 3000;
  while (loggedRequests() < requests && Date.now() < end) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the log', () => {
  it.each(FORMS)('K01 holds no canary of a request or an answer: %s', async (_name, json) => {
    log = new LogCapture({ json });
    const token = await clerk.sessionToken({ jti: 'canary' });
    const handshake = await clerk.handshakeToken([`__session=${token}; Path=/`]);
    const now = Math.floor(Date.now() / 1000);
    const expired = await clerk.cookies({ iat: now - 120, exp: now - 60 });
    await app.request('get', '/closed', {
      ...NAVIGATION,
      cookie: `${clerk.cookiesFor(token)}; other=canary-cookie`,
      referer: 'https://elsewhere.example/?code=canary-referer',
      'user-agent': 'canary-agent',
      'x-anything': 'canary-header',
    });
    await app.request('get', '/api/me?key=canary-query', { authorization: 'Bearer canary-bearer' });
    await app.request('get', '/api/me', { authorization: `Bearer ${token}x` });
    await app.open(`/open?__clerk_handshake=${handshake}`);
    await app.open('/open?__clerk_handshake=canary-handshake');
    await app.open('/open?__clerk_handshake_nonce=canary-nonce');
    await app.open('/open?x=canary-query', expired);
    await app.request('get', '/canaries/headers');
    await app.request('get', '/open', { host: 'canary-host.example' });
    await logged(9);
    expect(log.text).not.toContain('canary');
    for (const secret of [token, handshake, expired]) {
      for (const part of secret.split(/[.;= ]/).filter(({ length }) => length > 20)) {
        expect(log.text).not.toContain(part);
      }
    }
    expect(log.text).not.toContain(clerk.variables['CLERK_SECRET_KEY']);
  });

  it.each(FORMS)('K02 holds the stack of an error and none of its properties: %s', async (_name, json) => {
    log = new LogCapture({ json });
    const logger = new Logger('Upstream');
    for (const level of LEVELS) {
      logger[level](upstreamError());
      logger[level]({ error: upstreamError() });
      logger[level]('A sentence', upstreamError());
    }
    await app.request('get', '/canaries/error');
    await logged(1);
    expect(log.text).toContain('Request failed');
    expect(log.text).not.toContain('canary');
  });

  it.each(FORMS)('K02 holds nothing of what is thrown and no error: %s', async (_name, json) => {
    log = new LogCapture({ json });
    const { status } = await app.request('get', '/canaries/object');
    await logged(1);
    expect(status).toBe(500);
    expect(log.text).toContain('ErrorFilter');
    expect(log.text).not.toContain('canary');
  });

  it.each(FORMS)("K03 takes the console's lines, past the same redaction: %s", async (_name, json) => {
    log = new LogCapture({ json });
    const token = await clerk.sessionToken();
    for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
      console[method]('Clerk: %s was refused for %o', token, {
        secret: 'sk_test_canary1',
        cookie: `__session=${token}`,
      });
      console[method](upstreamError());
      console[method]({ handshake: `__clerk_handshake=${token}`, bearer: 'Bearer canary2' });
    }
    expect(log.text).toContain('Clerk: [redacted] was refused');
    expect(log.text).toContain('Console');
    expect(log.text).not.toContain('canary');
    expect(log.text).not.toContain(token.split('.')[1]);
  });

  it('K04 is one line of JSON for each event, whatever a request holds', async () => {
    log = new LogCapture({ json: true });
    const forged = '{"level":"log","message":"forged"}';
    const kid = `k\r\n${forged}\u001b[2J\u2028`;
    const token = await clerk.sign(clerk.claims(), { kid });
    await app.open(`/%0d%0a${encodeURIComponent(forged)}%00%1b[31m`);
    await app.open('/closed', clerk.cookiesFor(`${token}x`));
    await sendRaw(port, rawRequest('GET /a\u001b[31mb HTTP/1.1', ['user-agent: \u001b[2J']));
    await sendRaw(port, rawRequest('GET /caf\u00e9\u0085 HTTP/1.1'));
    // oxlint-disable-next-line no-console -- as libraries do
    console.error(`kid ${kid}`);
    await logged(2);
    expect(log.entries.length).toBeGreaterThan(2);
    expect(log.entries.filter(({ message }) => message === 'forged')).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- which is what must not be there
    expect(log.text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f]/);
  });

  it('K04 is cut where a path is long', async () => {
    log = new LogCapture({ json: true });
    await app.open(`/${'x'.repeat(5000)}`);
    await logged(1);
    expect(log.lines.every(({ length }) => length < 1000)).toBe(true);
  });

  it.each([
    ['a short name', 'a-valid_ID-1', true],
    ['64 characters', 'x'.repeat(64), true],
    ['65 characters', 'x'.repeat(65), false],
    ['10,000 characters', 'x'.repeat(10_000), false],
    ['a blank', 'a b', false],
    ['an encoded line break', 'a%0d%0aSet-Cookie: x=1', false],
    ['JSON', '"},{"a":"', false],
    ['another alphabet', 'é', false],
    ['nothing', '', false],
  ])("K05 takes the caller's name for a request if it is one: %s", async (_name, given, isTaken) => {
    log = new LogCapture({ json: true });
    const { headers } = await app.request('get', '/health/live', { 'x-request-id': given });
    await logged(1);
    const id = String(headers['x-request-id']);
    expect(id === given).toBe(isTaken);
    expect(id).toMatch(/^[\w-]{1,64}$/);
    expect(log.messages).toEqual([expect.objectContaining({ requestId: id })]);
  });

  it('K05 takes no id that a line break ends', async () => {
    log = new LogCapture({ json: true });
    const { head } = await sendRaw(port, rawRequest('GET /open HTTP/1.1', ['x-request-id: a\r\n b']));
    expect(head).not.toMatch(/x-request-id: a/i);
  });

  it.each<[string, Record<string, unknown>, () => Promise<unknown>]>([
    [
      'a refused session',
      { event: 'session-refused', reason: expect.stringMatching(/^token-[\w-]+$/) },
      async () => app.open('/closed', clerk.cookiesFor(await clerk.sessionToken({ exp: 9e9 }))),
    ],
    [
      "another site's request",
      { event: 'cross-site-request' },
      () => app.request('post', '/open', { 'sec-fetch-site': 'cross-site', cookie: '__session=canary' }),
    ],
    [
      'another host',
      { event: 'foreign-host' },
      () => app.request('get', '/open', { host: 'canary.example' }),
    ],
    [
      'a handshake that settles nothing',
      { event: 'handshake-loop', reason: expect.stringMatching(/^[\w-]+$/) },
      async () => app.open('/open', `${await clerk.cookies({ iat: 1, exp: 2 })}; __clerk_redirect_count=3`),
    ],
  ])('K06 tells of %s in one line, with nothing of the request', async (_name, event, cause) => {
    log = new LogCapture({ json: true });
    await cause();
    await logged(1);
    expect(log.messages.filter((message) => 'event' in message)).toEqual([event]);
    expect(log.text).not.toMatch(/canary|evil\.example/);
    expect(log.entries.find(({ message }) => Object.hasOwn(Object(message), 'event'))).toMatchObject({
      level: 'warn',
    });
  });

  it('K06 is an allowlist: the line of a request holds these fields and no other', async () => {
    log = new LogCapture({ json: true });
    await app.request('get', '/open?x=1', { origin: APP_URL, referer: APP_URL });
    await logged(1);
    const fields = ['requestId', 'method', 'path', 'status', 'milliseconds'];
    expect(log.messages.map((message) => Object.keys(message))).toEqual([fields]);
    expect(log.messages[0]).toMatchObject({ method: 'GET', path: '/open', status: 200 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Delete, Patch, Post, Put } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { problemStatus } from '../support/post-body.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const HOST = new URL(APP_URL).host;
const clerk = new ClerkInstance();
let changes = 0;

@Controller('api/changes')
class ChangingController {
  @Post()
  post() {
    return { changes: ++changes };
  }

  @Put()
  put() {
    return { changes: ++changes };
  }

  @Patch()
  patch() {
    return { changes: ++changes };
  }

  @Delete()
  delete() {
    return { changes: ++changes };
  }
}

@Public()
@Controller('forms')
class FormController {
  @Post()
  echo(@Body() body: unknown) {
    return { body };
  }
}

let app: TestApp;
let port: number;
let cookie: string;

beforeAll(async () => {
  const controllers = [ChangingController, FormController];
  app = await createTestApp({ clerk, with: { controllers } });
  port = await app.listen();
  cookie = await clerk.cookies();
});
afterAll(() => app.stop());

/** Sends each kind of change and gives the statuses; nothing may have changed unless they say so. */
async function change(headers: readonly string[]): Promise<Set<number>> {
  const before = changes;
  const statuses: number[] = [];
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await sendRaw(port, rawRequest(`${method} /api/changes HTTP/1.1`, headers));
    expect(answer.status < 300 || problemStatus(answer) === answer.status).toBe(true);
    statuses.push(answer.status);
  }
  expect(changes - before).toBe(statuses.filter((status) => status < 300).length);
  return new Set(statuses);
}

const PASSES = new Set([201, 200]);
const REFUSED = new Set([403]);

describe('a change that a signed-in browser sends', () => {
  it.each<[string, string[], Set<number>]>([
    ['E01 is refused from another site', ['Sec-Fetch-Site: cross-site'], REFUSED],
    [
      'E01 is refused from another site even with the right Origin',
      ['Sec-Fetch-Site: cross-site', `Origin: ${APP_URL}`],
      REFUSED,
    ],
    ['E02 is refused from a sibling host', ['Sec-Fetch-Site: same-site'], REFUSED],
    [
      'E02 is refused from a sibling host that names its Origin',
      ['Sec-Fetch-Site: same-site', 'Origin: https://blog.example.com'],
      REFUSED,
    ],
    ['E03 passes from a page of this origin', ['Sec-Fetch-Site: same-origin'], PASSES],
    ['E04 is refused from the address bar', ['Sec-Fetch-Site: none'], REFUSED],
    ['E05 is refused from another origin in an old browser', ['Origin: https://evil.example'], REFUSED],
    ['E06 passes from this origin in an old browser', [`Origin: ${APP_URL}`], PASSES],
    ['E07 is refused with a cookie and no word of where it is from', [], REFUSED],
    ['E08 is refused from a sandboxed frame', ['Origin: null'], REFUSED],
    ['E09 is refused from http', [`Origin: http://${HOST}`], REFUSED],
    ['E09 is refused from another port', [`Origin: ${APP_URL}:8443`], REFUSED],
    ['E09 is refused from the port spelled out, which no browser does', [`Origin: ${APP_URL}:443`], REFUSED],
    ['E09 is refused from a host that begins like ours', [`Origin: ${APP_URL}.evil.example`], REFUSED],
    ['E09 is refused from a host that ends like ours', [`Origin: https://evil${HOST}`], REFUSED],
    ['E09 is refused from our host as a user name', [`Origin: ${APP_URL}@evil.example`], REFUSED],
    ['E09 is refused in upper case', [`Origin: ${APP_URL.toUpperCase()}`], REFUSED],
    ['E09 is refused with a slash', [`Origin: ${APP_URL}/`], REFUSED],
    ['E09 is refused from nowhere', ['Origin: '], REFUSED],
    ['E09 is refused from two', [`Origin: ${APP_URL}`, 'Origin: https://evil.example'], REFUSED],
    ['E09 is refused from a list', [`Origin: ${APP_URL} https://evil.example`], REFUSED],
    ['E10 is judged by Origin when the site is an unknown word', ['Sec-Fetch-Site: foo'], REFUSED],
    [
      'E10 passes from this origin when the site is an unknown word',
      ['Sec-Fetch-Site: foo', `Origin: ${APP_URL}`],
      PASSES,
    ],
    [
      'E10 is judged by Origin when the site is told twice',
      ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site', 'Origin: https://evil.example'],
      REFUSED,
    ],
  ])('%s', async (_name, headers, expected) => {
    for (const status of await change([`Cookie: ${cookie}`, ...headers])) {
      expect([...expected]).toContain(status);
    }
  });
});

describe('a change that a program sends', () => {
  it('E07 passes by bearer token', async () => {
    const statuses = await change([`Authorization: Bearer ${await clerk.sessionToken()}`]);
    expect([...statuses]).toEqual([201, 200]);
  });

  it('E07 is refused by bearer token when a cookie comes along', async () => {
    const headers = [`Authorization: Bearer ${await clerk.sessionToken()}`, 'Cookie: theme=dark'];
    expect(await change(headers)).toEqual(REFUSED);
  });

  it('E07 is refused without either, by the guard', async () => {
    expect(await change([])).toEqual(new Set([401]));
  });
});

describe('GET and HEAD', () => {
  it.each([
    '/api/changes',
    '/api/changes?_method=POST',
    '/sign-out',
    '/api/sign-out',
    '/logout',
    '/api/me/delete',
  ])('E11 change nothing at %s', async (path) => {
    const before = changes;
    for (const method of ['GET', 'HEAD']) {
      const headers = [`Cookie: ${cookie}`, 'Accept: text/html'];
      const { status, head } = await sendRaw(port, rawRequest(`${method} ${path} HTTP/1.1`, headers));
      expect([404, 405]).toContain(status);
      expect(head).not.toMatch(/^set-cookie:/im);
    }
    expect(changes).toBe(before);
  });
});

describe('a body', () => {
  const sent = '{"a":1}';

  it.each([
    'text/plain',
    'text/plain; charset=application/json',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/xml',
    'text/json',
    'application/jsonp',
    '',
    undefined,
  ])("E12 is refused in a type that another site's form or script can send: %s", async (type) => {
    const headers = [
      'Sec-Fetch-Site: same-origin',
      `Content-Length: ${sent.length}`,
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ];
    for (const path of ['/forms', '/api/changes', '/nowhere']) {
      expect((await sendRaw(port, rawRequest(`POST ${path} HTTP/1.1`, headers, sent))).status).toBe(415);
    }
  });

  it.each([
    ['application/json', sent, { a: 1 }],
    ['application/json; charset=utf-8', sent, { a: 1 }],
    ['application/x-www-form-urlencoded', 'a=1', { a: '1' }],
  ])('E12 is read as %s', async (type, text, body) => {
    const headers = { origin: APP_URL, 'content-type': type };
    expect((await app.request('post', '/forms', headers).send(text)).body).toEqual({ body });
  });
});

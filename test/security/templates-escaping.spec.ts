import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, ForbiddenException, Get, Query } from '@nestjs/common';
import * as fc from 'fast-check';
import type { JWTPayload } from 'jose';
import { Public } from '../../src/auth/index.js';
import { helpers } from '../../src/views/helpers.js';
import { Views, type Locals } from '../../src/views/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { HOSTILE_TEXTS, markupFor } from '../support/hostile-texts.js';
import { decoded, scriptsOf, tagsOf } from '../support/markup.js';

const PAGES = ['/open', '/closed', '/sign-in', '/nowhere'];

@Public()
@Controller('refusing')
class RefusingController {
  @Get()
  refuse(@Query('message') message: string) {
    throw new ForbiddenException(message);
  }
}

const clerk = new ClerkInstance();
const url = helpers({ assets: { url: String }, routes: { has: () => false }, appUrl: APP_URL })['url'] as (
  value: string,
) => string;
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [RefusingController] } });
});
afterAll(() => app.stop());

function tagNames(html: string): string[] {
  return tagsOf(html).map(({ name }) => name);
}

async function show(path: string, claims: object): Promise<string> {
  const { status, text } = await app.open(path, await clerk.cookies({ ...claims }));
  expect([200, 404]).toContain(status);
  return text;
}

describe('what people call themselves', () => {
  it.each(HOSTILE_TEXTS)('G01 stays text in every page and field: %s', async (text) => {
    for (const path of ['/open', '/closed']) {
      expect(await markupFor(app, path, text)).toEqual(await markupFor(app, path, 'harmless'));
    }
  });

  it('G01 comes out as it went in, and adds no element, whatever it is', () => {
    const views = app.get(Views);
    const locals: Locals = { nonce: 'n', path: '/closed' };
    const render = (name: string) => {
      const texts = { id: name, uid: name, name, organization: name, role: name, plan: name };
      const user = { ...texts, features: [name], signedInAt: null };
      return views.render('test-pages/page', { title: name, user }, locals);
    };
    const expected = tagNames(render('harmless'));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80, unit: 'binary' }), (name) => {
        const html = render(name);
        expect(tagNames(html)).toEqual(expected);
        expect(decoded(/<code>([^<]*)<\/code>/.exec(html)?.[1] ?? '')).toBe(name);
        const titled = tagsOf(html).find(({ attributes }) => attributes.has('title'));
        expect(titled?.attributes.get('title')).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  it('G18 is cut where it is long, and kept apart from the text around it', async () => {
    const html = await show('/closed', { first: 'A'.repeat(7000), last: null });
    expect(html).toContain(`<bdi>${'A'.repeat(80)}…</bdi>`);
    const marks = '\u202E\u2066\u200Bada';
    expect(await show('/open', { first: marks })).toContain(`<bdi>${marks}</bdi>`);
    expect(await show('/closed', { o: { id: 'org_1', slg: marks, rol: 'admin' } })).toContain(
      `<bdi>${marks}</bdi>`,
    );
  });

  it('G18 is cut between characters and not within one', async () => {
    expect(await show('/closed', { first: '🦊'.repeat(100), last: null })).toContain(
      `<bdi>${'🦊'.repeat(80)}…</bdi>`,
    );
  });
});

describe('an address in a page', () => {
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://app.example.com/1',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'http://evil.example/',
    'https://[',
    'ftp://app.example.com',
    'relative',
    '',
  ])('G04 is dropped when it is %j', (address) => {
    expect(url(address)).toBe('');
  });

  it.each([
    '/',
    '/closed?tab=2',
    '/sign-in?redirect_url=%2Fclosed',
    'https://accounts.example.com/x',
    'http://app.example.com/',
  ])('G04 stands as it is when it is %j', (address) => {
    expect(url(address)).toBe(address);
  });

  it('G04 leads nowhere but to this origin, https, or this host', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'/\\:@.\t\n ahtpsjv#?') })),
        (value) => {
          const { protocol, hostname } = new URL(url(value), APP_URL);
          expect(protocol === 'https:' || hostname === 'app.example.com').toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('what the browser is told of the session', () => {
  const BREAKING = '</script><!--\u2028\u2029&<>"\'';

  it('G05 is no script: every script is a file, and data stands in attributes that read as they were written', async () => {
    const path = `/open?x=${encodeURIComponent(BREAKING)}`;
    const { text } = await app.open(
      `/sign-in?redirect_url=${encodeURIComponent(path)}`,
      await clerk.cookies({ first: BREAKING }),
    );
    expect(scriptsOf(text).map((script) => script.trim())).toEqual(['', '', '']);
    const slot = tagsOf(text).find(({ attributes }) => attributes.has('data-return-path'));
    expect(slot?.attributes.get('data-return-path')).toBe(path.replaceAll("'", '%27'));
  });

  it('G06 is the name, the ids and the plan: no token, session, metadata, e-mail address or secret', async () => {
    const claims = {
      first: 'Ada',
      sid: 'sess_canary',
      email: 'canary@example.com',
      public_metadata: { note: 'canary' },
      private_metadata: { note: 'canary' },
      unsafe_metadata: { note: 'canary' },
      jti: 'canary',
    };
    for (const path of PAGES) {
      const token = await clerk.sessionToken(claims);
      const { text } = await app.open(path, clerk.cookiesFor(token));
      expect(text).toContain('data-session="signed-in"');
      expect(text).not.toContain('canary');
      for (const part of token.split('.')) expect(text).not.toContain(part);
      expect(text).not.toContain(clerk.variables['CLERK_SECRET_KEY']);
    }
    const account = await app.request('get', '/api/me', { cookie: await clerk.cookies(claims) });
    expect(JSON.stringify({ ...(account.body as object), sessionId: null })).not.toContain('canary');
  });
});

describe('what steers the rendering', () => {
  it.each([
    'layout=../secret.txt',
    'layout=../package.json&settings[views]=/etc&cache=false',
    '_locals[session]=1&partials[header]=x&session=x',
    'title=%3Cb%3E',
    'message=%3Cb%3E',
  ])('G09 is not in the address: ?%s', async (query) => {
    for (const path of ['/open', '/sign-in']) {
      const [plain, steered] = await Promise.all([app.open(path), app.open(`${path}?${query}`)]);
      expect(withoutNonce(steered.text)).toBe(withoutNonce(plain.text));
    }
  });

  it('G09 is not in the session', async () => {
    const steering = { layout: '../package.json', settings: { views: '/' }, partials: {}, cache: false };
    for (const path of ['/open', '/closed']) {
      const expected = withoutNonce(await show(path, {}));
      expect(withoutNonce(await show(path, { ...steering, public_metadata: steering }))).toBe(expected);
    }
  });

  it.each<JWTPayload>([
    { first: { toHTML: true } },
    { first: { toString: 'x' }, last: { toHTML: 'x' } },
    { first: ['<b>'], uid: { toHTML: true } },
    { pla: { toHTML: true }, fea: { toString: 1 } },
    { public_metadata: { toHTML: true, toString: 'x' } },
  ])('G13 is not an object in place of a text: %j', async (claims) => {
    for (const path of PAGES) {
      const html = await show(path, claims);
      expect(html).not.toMatch(/\[object|<b>/);
    }
  });

  it('G13 costs one page at most where an object is rendered all the same', async () => {
    const views = app.get(Views);
    for (const title of [{ toHTML: true }, { toHTML: '<b>' }, { toString: 'x' }]) {
      const render = () => views.render('errors/404', { title }, { nonce: 'n', path: '/' });
      expect(outcomeOf(render)).not.toContain('<b>');
    }
    expect((await app.open('/open')).status).toBe(200);
  });
});

describe('an error page', () => {
  it('G17 escapes its message and shows no stack', async () => {
    const message = '<img src=x onerror=alert(1)>';
    const { status, text } = await app.open(`/refusing?message=${encodeURIComponent(message)}`);
    expect(status).toBe(403);
    expect(text).toContain('&lt;img src&#x3D;x');
    expect(tagNames(text)).not.toContain('img');
    expect(text).not.toMatch(/\bat \S+ \(|\.(?:ts|js):\d+|node_modules/);
  });

  it('G17 repeats nothing of an address that does not exist', async () => {
    const { text } = await app.open('/nowhere-canary?message=<b>canary');
    expect(text).not.toMatch(/message|<b>canary/);
  });
});

function withoutNonce(html: string): string {
  return html.replaceAll(/nonce="[^"]*"/g, '');
}

function outcomeOf(render: () => string): string {
  try {
    return render();
  } catch (error) {
    return (error as Error).message;
  }
}

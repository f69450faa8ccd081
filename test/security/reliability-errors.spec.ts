import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Render } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import { Views } from '../../src/views/index.js';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';

@Public()
@Controller('failing')
class FailingController {
  @Get('rejects')
  async rejects(): Promise<never> {
    await Promise.resolve();
    throw new Error('hunter2');
  }

  @Get('rejects-nothing')
  rejectsNothing() {
    // oxlint-disable-next-line prefer-promise-reject-errors
    return Promise.reject(undefined);
  }

  @Get('late')
  async late(): Promise<never> {
    await new Promise((resolve) => setImmediate(resolve));
    throw Object.assign(new Error('hunter2'), { status: 'hunter2', statusCode: 200 });
  }

  @Get('page')
  @Render('test-pages/page')
  page() {
    return { title: 'Open', user: null };
  }
}

const clerk = new ClerkInstance();
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [FailingController] } });
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => app.stop());

/** Makes the rendering of some pages fail as a missing partial does. */
function breakTemplates(isBroken: (name: string) => boolean): void {
  const views = app.get(Views);
  const render = views.render.bind(views);
  jest.spyOn(views, 'render').mockImplementation((name, model, locals) => {
    if (isBroken(name)) throw new Error(`The partial hunter2 of ${name} could not be found`);
    return render(name, model, locals);
  });
}

describe('a handler that rejects', () => {
  it.each(['rejects', 'rejects-nothing', 'late'])(
    'J10 is answered with the page for 500, and the next request as ever: %s',
    async (path) => {
      const [page, problem] = await Promise.all([
        app.open(`/failing/${path}`),
        app.request('get', `/failing/${path}`, { accept: 'application/json' }),
      ]);
      for (const answer of [page, problem]) {
        expect(answer.status).toBe(500);
        expect(answer.text).not.toContain('hunter2');
      }
      expect(page.text).toContain('Something went wrong');
      expect(problem.type).toBe('application/problem+json');
      expect((await app.open('/closed', await clerk.cookies())).status).toBe(200);
    },
  );
});

describe('a template that fails', () => {
  it('J11 is answered with the page for 500', async () => {
    breakTemplates((name) => name === 'test-pages/page');
    const page = await app.open('/failing/page', await clerk.cookies());
    expect(page.status).toBe(500);
    expect(page.text).toContain('Something went wrong');
    expect(page.text).not.toContain('hunter2');
  });

  it.each(['/open', '/closed', '/nowhere', '/failing/rejects'])(
    'J11 is answered at %s with fixed markup when the page for errors fails as well',
    async (path) => {
      breakTemplates(() => true);
      const page = await app.open(path, await clerk.cookies());
      expect(page.status).toBe(path === '/nowhere' ? 404 : 500);
      expect(page.type).toBe('text/html');
      expect(page.text).toMatch(/^<!doctype html>[\s\S]*This page cannot be shown \(\d{3}\)/);
      expect(page.text).not.toMatch(/hunter2|user_ada/);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect(page.headers['cache-control']).toBe('private, no-store');
      jest.restoreAllMocks();
      expect((await app.open('/open')).status).toBe(200);
    },
  );

  it('J11 does not touch who asks for no page', async () => {
    breakTemplates(() => true);
    const headers = { ...NAVIGATION, accept: 'application/json', cookie: await clerk.cookies() };
    expect((await app.request('get', '/api/me', headers)).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Render } from '@nestjs/common';
import { Public } from '../../src/auth/index.js';
import { project } from '../../src/config/index.js';
import { Views } from '../../src/views/index.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

@Public()
@Controller()
class BrokenController {
  @Get('incomplete')
  @Render('test-pages/page')
  incomplete() {
    return { title: 'Incomplete' };
  }

  @Get('spread')
  @Render('test-pages/page')
  spread() {
    return {
      title: 'Spread',
      user: null,
      layout: '../package.json',
      settings: {},
      cache: false,
      _locals: { session: 1 },
    };
  }
}

@Public()
@Controller()
class MissingTemplateController {
  @Get('missing')
  @Render('plans/missing')
  missing() {
    return { title: 'Missing' };
  }
}

const clerk = new ClerkInstance();
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [BrokenController] } });
});
afterAll(() => app.stop());

describe(Views.name, () => {
  it('stops the boot when a handler renders a template that does not exist', async () => {
    const start = createTestApp({ clerk, with: { controllers: [MissingTemplateController] } });
    await expect(start).rejects.toThrow(
      /plans\/missing: does not exist, but MissingTemplateController\.missing renders it.*create views\/plans\/missing\.hbs/,
    );
  });

  it('answers 500, not half a page, when a view model lacks a field', async () => {
    const response = await app.open('/incomplete', await clerk.cookies());
    expect(response.status).toBe(500);
    expect(response.text).toContain('Something went wrong');
    expect(response.text).not.toContain('not defined');
  });

  it('takes neither a layout nor locals from a view model', async () => {
    const response = await app.open('/spread');
    expect(response.status).toBe(200);
    expect(response.text).toContain('<h1>Spread</h1>');
    expect(response.text).toContain('data-session="signed-out"');
  });

  it("shows the application's name in the title, the header and the footer", async () => {
    const { displayName: name } = project;
    const { text } = await app.open('/open');
    expect(text).toContain(` &middot; ${name}</title>`);
    expect(text).toContain(`<span class="brand__name">${name}</span>`);
    expect(text).toContain(`&copy; ${new Date().getUTCFullYear()} ${name}</p>`);
  });
});

describe('files in public/', () => {
  it('are kept for good under the address that pages give them', async () => {
    const address =
      /href="(\/site\.css[^"]*)"/.exec((await app.open('/open')).text)?.[1]?.replace('&#x3D;', '=') ?? '';
    const file = await app.request('get', address);
    expect(file.status).toBe(200);
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const other of ['/site.css', '/site.css?v=other']) {
      expect((await app.request('get', other)).headers['cache-control']).toBe('no-cache');
    }
  });

  it.each(['/.env', '/../package.json', '/%2e%2e/package.json', '/.git/config', '/public/site.css'])(
    'are all that is served: %s is not there',
    async (path) => {
      const response = await app.request('get', path);
      expect(response.status).toBe(404);
    },
  );
});

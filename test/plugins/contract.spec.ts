import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Injectable, Render, type OnModuleDestroy } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Min } from 'class-validator';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Public } from '../../src/auth/index.js';
import { Plugin, type PluginHealth } from '../../src/plugins/index.js';
import { APP_URL, createTestApp, user, type TestApp } from '../support/index.js';
import { decoded } from '../support/markup.js';

const folder = mkdtempSync(join(tmpdir(), 'plugin-'));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

write(
  'views/list.hbs',
  '<link rel="stylesheet" href="{{asset "assets/invoices/list.css"}}"><h1>{{title}}</h1>{{> invoices/parts/total}}',
);
write('views/parts/total.hbs', '<p>{{total}} of {{limit}}</p>');
write('assets/list.css', 'h1 { color: teal }');
write('assets/icons.svg', '<svg><g id="bill"/></svg>');

class InvoicesEnvironment {
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'is not a number: set a whole number from 1' })
  @Min(1, { message: 'is not a number: set a whole number from 1' })
  readonly INVOICES_LIMIT: number = 10;
}

@Injectable()
class InvoicesHealth implements PluginHealth, OnModuleDestroy {
  answer: () => Promise<void> = () => Promise.resolve();

  check(): Promise<void> {
    return this.answer();
  }

  onModuleDestroy(): void {
    this.answer = () => Promise.reject(new Error('gone'));
  }
}

@Controller('invoices')
class InvoicesController {
  constructor(private readonly environment: InvoicesEnvironment) {}

  @Public()
  @Get()
  @Render('invoices/list')
  list() {
    return { title: 'Invoices', total: 3, limit: this.environment.INVOICES_LIMIT };
  }
}

@Plugin({
  id: 'invoices',
  compatibility: '>=0.1.0',
  nav: {
    label: 'Invoices',
    path: '/invoices',
    icon: 'assets/invoices/icons.svg#bill',
    order: 0,
    when: { plan: 'pro', role: 'org:admin' },
  },
  views: join(folder, 'views'),
  assets: join(folder, 'assets'),
  csp: { 'connect-src': ['https://api.invoices.example'], 'media-src': ['https://media.invoices.example'] },
  environment: InvoicesEnvironment,
  health: InvoicesHealth,
  requires: ['test-pages'],
  controllers: [InvoicesController],
})
class InvoicesModule {}

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ variables: { INVOICES_LIMIT: '25' }, with: { imports: [InvoicesModule] } });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

describe('what a plugin brings', () => {
  it('its views, in the layout, with a partial of its own, and its variables, checked and typed', async () => {
    const { status, text } = await app.open('/invoices');
    expect(status).toBe(200);
    expect(text).toContain('<h1>Invoices</h1><p>3 of 25</p>');
    expect(text).toContain('<header class="site-header">');
  });

  it('files for browsers, under its name, for good at the address that pages give them', async () => {
    const { text } = await app.open('/invoices');
    const address = /href="(\/assets\/invoices\/list\.css\?v=[\w-]+)"/.exec(decoded(text))?.[1] ?? '';
    const hashed = await app.request('get', address);
    expect(hashed.text).toBe('h1 { color: teal }');
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const plain = await app.request('get', '/assets/invoices/list.css');
    expect(plain.headers['cache-control']).toBe('no-cache');
    for (const path of [
      '/assets/invoices/none.css',
      '/assets/invoices/../../package.json',
      '/assets/invoices/',
    ]) {
      expect((await app.request('get', path)).status).toBe(404);
    }
  });

  it('an entry in the header, first as its order says, with its icon, for those who have all that it asks', async () => {
    const may = user({ plan: 'pro', role: 'org:admin' });
    const { text } = await app.as(may).open('/open');
    const [first] = text.match(/<a class="site-nav__link"[^]*?<\/a>/g) ?? [];
    expect(first).toContain('href="/invoices"');
    expect(first).toMatch(/<use href="\/assets\/invoices\/icons\.svg\?v&#x3D;[\w-]+#bill">/);
    for (const other of [null, user(), user({ plan: 'pro' }), user({ role: 'org:admin' })]) {
      expect((await app.as(other).open('/open')).text).not.toContain('href="/invoices"');
    }
  });

  it('sources, merged into the one policy of every page', async () => {
    const policy = (await app.open('/open')).headers['content-security-policy'] ?? '';
    expect(policy.match(/connect-src [^;]*/g)).toEqual([
      expect.stringMatching(/^connect-src 'self' .* https:\/\/api\.invoices\.example$/),
    ]);
    expect(policy.match(/media-src [^;]*/g)).toEqual(['media-src https://media.invoices.example']);
    expect(policy).toContain("script-src 'nonce-");
  });

  it('its health, as a part of readiness alone', async () => {
    const health = app.get(InvoicesHealth);
    const ready = () => app.request('get', '/health/ready');
    expect((await ready()).body).toMatchObject({ details: { invoices: { status: 'up' } } });
    health.answer = () => Promise.reject(new Error('password of the database'));
    const down = await ready();
    expect(down.status).toBe(503);
    expect(down.body).toMatchObject({ details: { invoices: { status: 'down' }, clerk: { status: 'up' } } });
    expect(down.text).not.toContain('password');
    expect((await app.request('get', '/health/live')).status).toBe(200);
    health.answer = () => Promise.resolve();
  });

  it('a fault in its variables among those of the kit, which stop the start together', async () => {
    const start = createTestApp({
      variables: { INVOICES_LIMIT: 'many', PORT: 'high', APP_URL },
      with: { imports: [InvoicesModule] },
    });
    await expect(start).rejects.toMatchObject({
      faults: [
        expect.stringContaining('PORT is not a port'),
        'INVOICES_LIMIT is not a number: set a whole number from 1',
      ],
    });
  });
});

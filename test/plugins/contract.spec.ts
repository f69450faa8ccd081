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
  '<link rel="stylesheet" href="{{asset "assets/specimen/list.css"}}"><h1>{{title}}</h1>{{> specimen/parts/total}}',
);
write('views/parts/total.hbs', '<p>{{total}} of {{limit}}</p>');
write('assets/list.css', 'h1 { color: teal }');
write('assets/icons.svg', '<svg><g id="bill"/></svg>');

class SpecimenEnvironment {
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'is not a number: set a whole number from 1' })
  @Min(1, { message: 'is not a number: set a whole number from 1' })
  readonly SPECIMEN_LIMIT: number = 10;
}

@Injectable()
class SpecimenHealth implements PluginHealth, OnModuleDestroy {
  answer: () => Promise<void> = () => Promise.resolve();

  check(): Promise<void> {
    return this.answer();
  }

  onModuleDestroy(): void {
    this.answer = () => Promise.reject(new Error('gone'));
  }
}

@Controller('specimen')
class SpecimenController {
  constructor(private readonly environment: SpecimenEnvironment) {}

  @Public()
  @Get()
  @Render('specimen/list')
  list() {
    return { title: 'Specimen', total: 3, limit: this.environment.SPECIMEN_LIMIT };
  }
}

@Plugin({
  id: 'specimen',
  compatibility: '>=0.1.0',
  nav: {
    label: 'Specimen',
    path: '/specimen',
    icon: 'assets/specimen/icons.svg#bill',
    order: 0,
    when: { plan: 'pro', role: 'org:admin' },
  },
  views: join(folder, 'views'),
  assets: join(folder, 'assets'),
  csp: { 'connect-src': ['https://api.specimen.example'], 'media-src': ['https://media.specimen.example'] },
  environment: SpecimenEnvironment,
  health: SpecimenHealth,
  requires: ['test-pages'],
  controllers: [SpecimenController],
})
class SpecimenModule {}

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ variables: { SPECIMEN_LIMIT: '25' }, with: { imports: [SpecimenModule] } });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

describe('what a plugin brings', () => {
  it('its views, in the layout, with a partial of its own, and its variables, checked and typed', async () => {
    const { status, text } = await app.open('/specimen');
    expect(status).toBe(200);
    expect(text).toContain('<h1>Specimen</h1><p>3 of 25</p>');
    expect(text).toContain('<header class="site-header">');
  });

  it('files for browsers, under its name, for good at the address that pages give them', async () => {
    const { text } = await app.open('/specimen');
    const address = /href="(\/assets\/specimen\/list\.css\?v=[\w-]+)"/.exec(decoded(text))?.[1] ?? '';
    const hashed = await app.request('get', address);
    expect(hashed.text).toBe('h1 { color: teal }');
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const plain = await app.request('get', '/assets/specimen/list.css');
    expect(plain.headers['cache-control']).toBe('no-cache');
    for (const path of [
      '/assets/specimen/none.css',
      '/assets/specimen/../../package.json',
      '/assets/specimen/',
    ]) {
      expect((await app.request('get', path)).status).toBe(404);
    }
  });

  it('an entry in the header, first as its order says, with its icon, for those who have all that it asks', async () => {
    const may = user({ plan: 'pro', role: 'org:admin' });
    const { text } = await app.as(may).open('/open');
    const [first] = text.match(/<a class="site-nav__link"[^]*?<\/a>/g) ?? [];
    expect(first).toContain('href="/specimen"');
    expect(first).toMatch(/<use href="\/assets\/specimen\/icons\.svg\?v&#x3D;[\w-]+#bill">/);
    for (const other of [null, user(), user({ plan: 'pro' }), user({ role: 'org:admin' })]) {
      expect((await app.as(other).open('/open')).text).not.toContain('href="/specimen"');
    }
  });

  it('sources, merged into the one policy of every page', async () => {
    const policy = (await app.open('/open')).headers['content-security-policy'] ?? '';
    expect(policy.match(/connect-src [^;]*/g)).toEqual([
      expect.stringMatching(/^connect-src 'self' .* https:\/\/api\.specimen\.example$/),
    ]);
    expect(policy.match(/media-src [^;]*/g)).toEqual(['media-src https://media.specimen.example']);
    expect(policy).toContain("script-src 'nonce-");
  });

  it('its health, as a part of readiness alone', async () => {
    const health = app.get(SpecimenHealth);
    const ready = () => app.request('get', '/health/ready');
    expect((await ready()).body).toMatchObject({ details: { specimen: { status: 'up' } } });
    health.answer = () => Promise.reject(new Error('password of the database'));
    const down = await ready();
    expect(down.status).toBe(503);
    expect(down.body).toMatchObject({ details: { specimen: { status: 'down' }, clerk: { status: 'up' } } });
    expect(down.text).not.toContain('password');
    expect((await app.request('get', '/health/live')).status).toBe(200);
    health.answer = () => Promise.resolve();
  });

  it('a fault in its variables among those of the kit, which stop the start together', async () => {
    const start = createTestApp({
      variables: { SPECIMEN_LIMIT: 'many', PORT: 'high', APP_URL },
      with: { imports: [SpecimenModule] },
    });
    await expect(start).rejects.toMatchObject({
      faults: [
        expect.stringContaining('PORT is not a port'),
        'SPECIMEN_LIMIT is not a number: set a whole number from 1',
      ],
    });
  });
});

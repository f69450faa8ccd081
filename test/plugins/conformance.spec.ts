import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RENDER_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppModule } from '../../src/app.module.js';
import { RouteTable, type Route } from '../../src/auth/index.js';
import { Plugins, type InstalledPlugin } from '../../src/plugins/index.js';
import { templateFiles } from '../../src/views/template-source.js';
import { accessTable } from '../support/access-table.js';
import {
  BackendApi,
  createTestApp,
  json,
  subscription,
  user,
  type Person,
  type TestApp,
} from '../support/index.js';
import { tagsOf } from '../support/markup.js';
import { personFor, personWhoMayEnter } from '../support/person-for.js';

/** Kinds of conditions whose words the Clerk instance has to know. */
const WORDS = ['plan', 'feature', 'permission', 'scope'];

const plugins = (await Plugins.among([AppModule])).all;
let backend: BackendApi;
let app: TestApp;

beforeAll(async () => {
  const paid = subscription(
    'pro',
    plugins.flatMap((plugin) => plugin.features),
  );
  const somebody = json({
    object: 'user',
    id: 'user_ada',
    email_addresses: [],
    phone_numbers: [],
    web3_wallets: [],
  });
  backend = await BackendApi.start((request, response) => {
    const answer = request.url?.includes('/billing/') ? paid : somebody;
    answer(request, response);
  });
  app = await createTestApp({ testPages: false, variables: { CLERK_API_URL: backend.url } });
});
afterAll(async () => {
  await app.stop();
  await backend.stop();
});

it('no plugin that is gone has left routes in docs/access.md', () => {
  const ids = plugins.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(accessTable().flatMap(({ plugin }) => plugin || [])));
});

for (const plugin of plugins) {
  describe(`the plugin ${plugin.id}`, () => {
    it('answers those who see its entry in the header, and refuses all others', async () => {
      for (const { path, when } of plugin.nav) {
        const insider = typeof when === 'object' ? personFor(when) : user();
        const seen = await Promise.all([null, user(), insider].map((person) => seesEntry(person, path)));
        const answered = await Promise.all([null, user(), insider].map((person) => enters(person, path)));
        expect({ path, answered }).toEqual({ path, answered: seen });
        expect(seen).toContain(true);
      }
    });

    it('renders its pages to people who are signed in, and public ones to strangers', async () => {
      for (const route of pagesOf(plugin)) {
        for (const person of route.isPublic ? [null, user()] : [personWhoMayEnter(route)]) {
          const { status, text, type } = await app.as(person).open(route.path);
          expect({ path: route.path, status }).toEqual({ path: route.path, status: 200 });
          if (type !== 'text/html') continue;
          expect(text).toContain(`data-session="${person ? 'signed-in' : 'signed-out'}"`);
          expect(inlineCode(text)).toEqual([]);
        }
      }
    });

    it('has no view that nothing renders', () => {
      const files = plugin.views
        ? templateFiles({ directory: plugin.views, prefix: `${plugin.id}/` })
        : new Map();
      const partials = [...files.values()].flatMap((file: string) =>
        [...readFileSync(file, 'utf8').matchAll(/{{~?#?> *([\w/-]+)/g)].map(([, name]) => name),
      );
      expect([...renderedBy(plugin), ...partials]).toEqual(expect.arrayContaining([...files.keys()]));
    });

    it('declares every word that its routes and its header ask for', () => {
      const declared = [...plugin.plans, ...plugin.features, ...plugin.permissions, ...plugin.scopes];
      const asked = [
        ...plugin.nav.flatMap(({ when }) => (typeof when === 'object' ? Object.entries(when) : [])),
        ...routesOf(plugin).flatMap(({ conditions }) =>
          conditions.map(({ kind, value }) => [kind, value] as const),
        ),
      ].flatMap(([kind, word]) => (WORDS.includes(kind) ? (word as string) : []));
      expect(declared).toEqual(
        expect.arrayContaining(asked.map((word) => word.replace(/^(?:user|org):(?=[^:]*$)/, ''))),
      );
    });

    it('has its variables documented in .env.example', () => {
      const variables = plugin.environment ? Object.keys(new plugin.environment()) : [];
      const documented = Object.keys(parseEnv(readFileSync('.env.example', 'utf8')));
      expect(documented).toEqual(expect.arrayContaining(variables));
    });

    it('says that it is well, where it says so at all', async () => {
      const { body } = await app.request('get', '/health/ready');
      const { details } = body as { details: Record<string, { status: string }> };
      expect(details[plugin.id]).toEqual(plugin.health && { status: 'up' });
    });
  });
}

function routesOf({ module }: InstalledPlugin): Route[] {
  return app
    .get(RouteTable)
    .routes()
    .filter((route) => route.module === module);
}

/** What can be opened without knowing what is in the database. */
function pagesOf(plugin: InstalledPlugin): Route[] {
  return routesOf(plugin).filter(
    ({ method, path, tokens }) =>
      method === 'GET' &&
      !/[:*{]/.test(path) &&
      !path.startsWith('/api/') &&
      tokens.includes('session_token'),
  );
}

/** Templates that handlers name by `@Render()`. */
function renderedBy({ module }: InstalledPlugin): string[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService)
    .getControllers()
    .filter(({ host }) => host?.metatype === module)
    .flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      return scanner
        .getAllMethodNames(prototype)
        .flatMap(
          (name) => (Reflect.getMetadata(RENDER_METADATA, prototype[name] ?? {}) as string | undefined) ?? [],
        );
    });
}

async function seesEntry(person: Person | null, path: string): Promise<boolean> {
  const { text } = await app.as(person).open('/sign-in');
  return text.includes(`<a class="site-nav__link" href="${path}"`);
}

async function enters(person: Person | null, path: string): Promise<boolean> {
  const { status } = await app.as(person).open(path);
  expect([200, 303, 403]).toContain(status);
  return status === 200;
}

/** Markup that the Content-Security-Policy keeps from working: scripts, handlers and styles in the page itself. */
function inlineCode(html: string): string[] {
  return tagsOf(html)
    .filter(({ name, attributes }) => {
      const names = [...attributes.keys()];
      const isInlineScript = name === 'script' && !(attributes.has('src') && attributes.has('nonce'));
      const runs = [...attributes.values()].some((value) => /^\s*javascript:/i.test(value));
      return isInlineScript || name === 'style' || runs || names.some((each) => /^on|^style$/.test(each));
    })
    .map(({ name, attributes }) => `<${name} ${[...attributes.keys()].join(' ')}>`);
}

import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { IsString } from 'class-validator';
import { Plugin, PluginError, Plugins, type PluginOptions } from '../../src/plugins/index.js';
import { createTestApp } from '../support/index.js';

/** A plugin that says nothing but its id, and what is given. */
function plugin(options: Partial<PluginOptions> = {}): Type {
  @Plugin({ id: 'specimen', ...options })
  class SpecimenModule {}
  return SpecimenModule;
}

class Anything {}

class SpecimenEnvironment {
  @IsString()
  readonly SPECIMEN_FROM: string = 'us';
}

class TakesThePort {
  @IsString()
  readonly PORT: string = '1';
}

class Lowercase {
  @IsString()
  readonly from: string = 'us';
}

@Module({ providers: [{ provide: APP_GUARD, useClass: Anything }] })
class GuardingModule {}

const FAULTS: [fault: string, modules: Type[], message: RegExp][] = [
  ...['Specimen', 'speci men', '../specimen', 'specimen-', ''].map(
    (id) => [`an id such as "${id}"`, [plugin({ id })], /id is not one: set small letters/] as never,
  ),
  ['one id twice', [plugin(), plugin()], /have one id, specimen: give each its own/],
  [
    'one path twice',
    [
      plugin({ nav: { label: 'A', path: '/a' } }),
      plugin({ id: 'second-specimen', nav: { label: 'B', path: '/a' } }),
    ],
    /have one path in the navigation, \/a: give each its own/,
  ],
  [
    'one folder of views twice',
    [plugin({ views: 'views/errors' }), plugin({ id: 'second-specimen', views: './views/errors/' })],
    /have one folder of views, .*errors: give each its own/,
  ],
  ['a folder that is not there', [plugin({ views: 'views/none' })], /create views\/none, or remove `views`/],
  ['a file for a folder', [plugin({ assets: 'package.json' })], /its folder of assets does not exist/],
  [
    'another version of the kit',
    [plugin({ compatibility: '>=99' })],
    /works with version >=99 of the kit, and this one is \d+\.\d+\.\d+: install a release of it that does/,
  ],
  ['a range that is none', [plugin({ compatibility: 'newest' })], /newest is no range.*set one such as \^/],
  ['a version that is none', [plugin({ version: 'one' })], /version one is none: set one such as 1\.2\.0/],
  [
    'an entry without a label',
    [plugin({ nav: { label: ' ', path: '/a' } })],
    /\/a has no label: give it one/,
  ],
  [
    'an entry that leads away',
    [plugin({ nav: { label: 'A', path: '//evil.example' } })],
    /\/\/evil\.example is no path of this origin: set one such as/,
  ],
  [
    'a requirement that is not there',
    [plugin({ requires: ['second-specimen'] })],
    /requires second-specimen, which is not there: add that plugin/,
  ],
  [
    'a permission that is none',
    [plugin({ permissions: ['specimen:read' as never] })],
    /permission specimen:read is none: write org:<feature>:<action>/,
  ],
  ...[APP_GUARD, APP_INTERCEPTOR, APP_FILTER, APP_PIPE].map(
    (token) =>
      [
        `a ${token} that nobody has said is global`,
        [plugin({ providers: [{ provide: token, useClass: Anything }] })],
        new RegExp(`binds ${token} for the whole application: bind it to its own controllers`),
      ] as never,
  ),
  ['the same in a module that it imports', [plugin({ imports: [GuardingModule] })], /binds APP_GUARD/],
  [
    'one variable twice',
    [
      plugin({ environment: SpecimenEnvironment }),
      plugin({ id: 'second-specimen', environment: SpecimenEnvironment }),
    ],
    /have one variable, SPECIMEN_FROM/,
  ],
  ["a variable of the kit's", [plugin({ environment: TakesThePort })], /PORT is no name for its variable/],
  ['a variable in small letters', [plugin({ environment: Lowercase })], /from is no name for its variable/],
  ...[
    "'unsafe-inline'",
    '*',
    'https:',
    'http://api.example.com',
    'https://a.example; script-src *',
    'data:',
  ].map(
    (source) =>
      [
        `a source such as ${source}`,
        [plugin({ csp: { 'connect-src': [source] } })],
        /connect-src may not have .*: name a host such as/,
      ] as never,
  ),
  [
    'sources of scripts',
    [plugin({ csp: { 'script-src': ['https://cdn.example.com'] } as never })],
    /script-src cannot be added to: use one of/,
  ],
];

describe('the application does not start on', () => {
  it.each(FAULTS)('%s, and says what to do', async (_fault, modules, message) => {
    const start = createTestApp({ with: { imports: modules } });
    await expect(start).rejects.toThrow(PluginError);
    await expect(start).rejects.toThrow(message);
  });

  it('several faults, which it tells all at once', async () => {
    const modules = [plugin({ id: 'No', views: 'views/none' }), plugin({ requires: ['second-specimen'] })];
    await expect(Plugins.among(modules)).rejects.toMatchObject({ faults: { length: 3 } });
  });

  it('an entry of the navigation that leads nowhere', async () => {
    const start = createTestApp({ with: { imports: [plugin({ nav: { label: 'A', path: '/nowhere' } })] } });
    await expect(start).rejects.toThrow(/nav path \/nowhere is answered by no handler: mend it, or add/);
  });

  it.each(['icons.svg#none', 'none.svg#home', 'icons.svg', '../package.json#home'])(
    'an icon that is in no file: %s',
    async (icon) => {
      const nav = { label: 'A', path: '/open', icon };
      const start = createTestApp({
        testPages: false,
        with: { imports: [plugin({ nav, controllers: [OpenController] })] },
      });
      await expect(start).rejects.toThrow(
        /nav \/open: there is no symbol .*: name one as in icons\.svg#chart/,
      );
    },
  );

  it.each([
    ['the same path', 'open'],
    ['the same path by another name of its parameter', 'things/:name'],
  ])('two handlers for one request: %s', async (_case, path) => {
    @Controller()
    class SecondController {
      @Get(path)
      show() {
        return {};
      }
    }
    const start = createTestApp({
      testPages: false,
      with: { controllers: [OpenController], imports: [plugin({ controllers: [SecondController] })] },
    });
    await expect(start).rejects.toThrow(/is answered by \w+\.\w+ already.*give one of them another path/);
  });
});

describe('the application starts with', () => {
  it('a plugin that binds a guard for the whole application and says so', async () => {
    const modules = [plugin({ global: true, imports: [GuardingModule] })];
    expect((await Plugins.among(modules)).all.map(({ id }) => id)).toEqual(['specimen']);
  });

  it('a plugin that the list and another plugin both import, once', async () => {
    const orders = plugin({ id: 'second-specimen' });
    const specimen = plugin({ imports: [orders, { module: orders }], requires: ['second-specimen'] });
    expect((await Plugins.among([orders, specimen])).all.map(({ id }) => id)).toEqual([
      'second-specimen',
      'specimen',
    ]);
  });

  it('plugins behind forward references, dynamic modules and promises of them', async () => {
    const [orders, carts] = [plugin({ id: 'second-specimen' }), plugin({ id: 'third-specimen' })];
    const found = await Plugins.among([
      { forwardRef: () => orders },
      Promise.resolve({ module: carts, imports: [plugin()] }),
    ]);
    expect(found.all.map(({ id }) => id)).toEqual(['second-specimen', 'third-specimen', 'specimen']);
  });
});

@Controller()
class OpenController {
  @Get('open')
  show() {
    return {};
  }

  @Get('things/:id')
  thing() {
    return {};
  }
}

import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { join } from 'node:path';
import { RouteTable } from '../auth/index.js';
import { Environment, PROJECT_ROOT } from '../config/index.js';
import { Plugins } from '../plugins/index.js';
import { Assets } from './assets.js';
import { helpers } from './helpers.js';
import { LayoutData } from './layout-data.js';
import { Navigation } from './navigation.js';
import { RenderCheck } from './render-check.js';
import type { TemplateSource } from './template-source.js';
import { Templates } from './templates.js';
import { Views } from './views.js';

const VIEWS = join(PROJECT_ROOT, 'views');
const OVERRIDES = join(VIEWS, 'overrides');

/** Handlebars: the templates of `views/` and of plugins, compiled at the start, and what they all see. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: Assets,
      inject: [Plugins, Environment],
      useFactory: ({ all }: Plugins, { isProduction }: Environment) =>
        new Assets({
          folders: { '': join(PROJECT_ROOT, 'public'), ...assetFolders(all) },
          cached: isProduction,
        }),
    },
    {
      provide: Templates,
      inject: [Assets, Environment, Plugins, RouteTable, LayoutData],
      useFactory: (
        assets: Assets,
        { NODE_ENV, APP_URL, isProduction }: Environment,
        { all }: Plugins,
        routes: RouteTable,
        layout: LayoutData,
      ) =>
        new Templates({
          sources: templateSources(all),
          overrides: OVERRIDES,
          helpers: helpers({ assets, routes, appUrl: APP_URL }),
          constants: {
            data: layout.constants,
            helpers: ['if', 'unless', 'url', 'hasPage', ...(isProduction ? ['asset'] : [])],
          },
          watch: NODE_ENV === undefined || NODE_ENV === 'development',
        }),
    },
    Navigation,
    LayoutData,
    Views,
    RenderCheck,
  ],
  exports: [Assets, Views],
})
export class ViewsModule {}

/** The folders of plugins by the prefix of their addresses. */
function assetFolders(plugins: Plugins['all']): Record<string, string> {
  return Object.fromEntries(
    plugins.flatMap(({ id, assets }) => (assets === undefined ? [] : [[`assets/${id}/`, assets] as const])),
  );
}

/** The folder `views/`, but for what plugins say is theirs, and theirs. */
function templateSources(plugins: Plugins['all']): TemplateSource[] {
  const ofPlugins = plugins.flatMap(({ id, views }) =>
    views === undefined ? [] : [{ directory: views, prefix: `${id}/` }],
  );
  const except = [OVERRIDES, ...ofPlugins.map(({ directory }) => directory)];
  return [{ directory: VIEWS, prefix: '', except }, ...ofPlugins];
}

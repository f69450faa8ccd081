import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { join } from 'node:path';
import { Environment } from '../config/index.js';
import { Assets } from './assets.js';
import { helpers } from './helpers.js';
import { LayoutData } from './layout-data.js';
import { RenderCheck } from './render-check.js';
import { Templates } from './templates.js';
import { Views } from './views.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Handlebars: the templates of `views/`, compiled at the start, and what they all see. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: Assets,
      inject: [Environment],
      useFactory: ({ isProduction }: Environment) => new Assets(join(ROOT, 'public'), isProduction),
    },
    {
      provide: Templates,
      inject: [Assets, Environment],
      useFactory: (assets: Assets, { NODE_ENV, APP_URL }: Environment) =>
        new Templates({
          directory: join(ROOT, 'views'),
          helpers: helpers(assets, APP_URL),
          watch: NODE_ENV === undefined || NODE_ENV === 'development',
        }),
    },
    LayoutData,
    Views,
    RenderCheck,
  ],
  exports: [Assets, Views],
})
export class ViewsModule {}

import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { RouteTable } from '../auth/index.js';
import { PluginError } from './plugin.error.js';
import { Plugins } from './plugins.js';

/** Gives every module the list of plugins, and compares what they say with what they do. */
@Module({})
export class PluginsModule implements OnModuleInit {
  static forRoot(plugins: Plugins): DynamicModule {
    return {
      module: PluginsModule,
      global: true,
      providers: [{ provide: Plugins, useValue: plugins }],
      exports: [Plugins],
    };
  }

  constructor(
    private readonly plugins: Plugins,
    private readonly routes: RouteTable,
  ) {}

  /** @throws PluginError for an entry of the navigation that leads nowhere */
  onModuleInit(): void {
    const faults = this.plugins.navigation
      .filter(({ path }) => !this.routes.has('GET', path))
      .map(({ path }) => `nav path ${path} is answered by no handler: mend it, or add a handler with @Get()`);
    if (faults.length > 0) throw new PluginError(faults);
  }
}

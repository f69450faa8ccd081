import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import type { Feature, Permission, Plan, Scope } from '../auth/index.js';
import type { ContentSources } from './content-sources.js';
import type { NavigationEntry } from './navigation.js';
import type { PluginHealth } from './plugin-health.js';

/** A module that the application can do with or without, and all that it brings along. */
export interface PluginOptions extends ModuleMetadata {
  /** Its name in commands, views and addresses: small letters, digits and single hyphens. No other plugin has it. */
  id: string;
  /** Its own version. Default: the application's. */
  version?: string;
  /** Versions of the starter kit that it works with, as a range of npm's. With another one the application does not start. */
  compatibility?: string;
  nav?: NavigationEntry | NavigationEntry[];
  /** Folder of its templates, seen from the project's root. They are rendered as `<id>/<name>`. */
  views?: string;
  /** Folder of its files for browsers, seen from the project's root. They are served under `/assets/<id>/`. */
  assets?: string;
  /** Hosts that its pages load from, beside what every page may load. */
  csp?: ContentSources;
  /** Its variables: a class with class-validator's decorators and a default for each, injectable once they are checked. */
  environment?: Type<object>;
  /** Whether it can serve, asked by `/health/ready` alone. */
  health?: Type<PluginHealth>;
  /** Ids of the plugins without which it cannot run. */
  requires?: string[];
  /** Words that its routes, code and templates ask for, so that one can see what the Clerk instance has to know. */
  permissions?: Permission[];
  plans?: Plan[];
  features?: Feature[];
  scopes?: Scope[];
  /** It binds a guard, interceptor, filter or pipe for the whole application, and means to. */
  global?: true;
}

const PLUGIN = Symbol('PLUGIN');

/**
 * A module under the contract of plugins: Nest's own `@Module()`, with what the kit has to know. It is switched on by its
 * place in the list of `src/app.module.ts`.
 * @example
 * ```ts
 * @Plugin({
 *   id: 'invoices',
 *   nav: { label: 'Invoices', path: '/invoices', when: 'signed-in' },
 *   views: 'views/invoices',
 *   controllers: [InvoicesController],
 * })
 * export class InvoicesModule {}
 * ```
 */
export function Plugin(options: PluginOptions): ClassDecorator {
  const { imports, controllers, providers = [], exports, ...contract } = options;
  const { health } = contract;
  return (target) => {
    Module({
      imports,
      controllers,
      exports,
      providers: health && !providers.includes(health) ? [...providers, health] : providers,
    })(target);
    Reflect.defineMetadata(PLUGIN, contract, target);
  };
}

/** What a class says of itself as a plugin, or undefined when it is none. */
export function pluginOptions(module: object): Omit<PluginOptions, keyof ModuleMetadata> | undefined {
  return Reflect.getOwnMetadata(PLUGIN, module) as Omit<PluginOptions, keyof ModuleMetadata> | undefined;
}

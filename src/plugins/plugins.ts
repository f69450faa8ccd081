import type { Type } from '@nestjs/common';
import { resolve } from 'node:path';
import { project, PROJECT_ROOT, type EnvironmentClass } from '../config/index.js';
import { mergedSources, type ContentSources } from './content-sources.js';
import { findPlugins, type FoundPlugin, type ModuleReference } from './find-plugins.js';
import { inOrder, type NavigationEntry } from './navigation.js';
import type { PluginOptions } from './plugin.decorator.js';
import { PluginError } from './plugin.error.js';
import { pluginFaults } from './plugin-faults.js';

/** A plugin of the application, with everything said that it has left to the defaults. Folders are absolute. */
export interface InstalledPlugin extends Pick<
  Required<PluginOptions>,
  'id' | 'version' | 'csp' | 'requires' | 'permissions' | 'plans' | 'features' | 'scopes'
> {
  readonly module: Type;
  readonly nav: readonly NavigationEntry[];
  readonly views?: string;
  readonly assets?: string;
  readonly environment?: EnvironmentClass;
  readonly health?: PluginOptions['health'];
}

/** The plugins of the application: one list, read from its modules before anything starts. */
export class Plugins {
  constructor(readonly all: readonly InstalledPlugin[]) {}

  /** @throws PluginError listing every fault at once */
  static async among(modules: readonly ModuleReference[]): Promise<Plugins> {
    const found = await findPlugins(modules);
    const faults = pluginFaults(found, project.kit.version);
    if (faults.length > 0) throw new PluginError(faults);
    return new Plugins(found.map(toInstalled));
  }

  /** The plugin that a module is. */
  of(module: unknown): InstalledPlugin | undefined {
    return this.all.find((plugin) => plugin.module === module);
  }

  /** The site's header. */
  get navigation(): NavigationEntry[] {
    return inOrder(this.all.flatMap(({ nav }) => nav));
  }

  get contentSources(): ContentSources {
    return mergedSources(this.all.map(({ csp }) => csp));
  }

  get environments(): EnvironmentClass[] {
    return this.all.flatMap(({ environment }) => environment ?? []);
  }
}

function toInstalled({ module, options }: FoundPlugin): InstalledPlugin {
  const { nav = [], views, assets } = options;
  return {
    module,
    id: options.id,
    version: options.version ?? project.version,
    nav: [nav].flat(),
    views: views === undefined ? undefined : resolve(PROJECT_ROOT, views),
    assets: assets === undefined ? undefined : resolve(PROJECT_ROOT, assets),
    csp: options.csp ?? {},
    environment: options.environment,
    health: options.health,
    requires: options.requires ?? [],
    permissions: options.permissions ?? [],
    plans: options.plans ?? [],
    features: options.features ?? [],
    scopes: options.scopes ?? [],
  };
}

import type { DynamicModule, ForwardReference, ModuleMetadata, Provider, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { pluginOptions, type PluginOptions } from './plugin.decorator.js';

/** A module as a list of imports may name it. */
export type ModuleReference = NonNullable<ModuleMetadata['imports']>[number];

/** A plugin as it stands in the application. */
export interface FoundPlugin {
  module: Type;
  options: Omit<PluginOptions, keyof ModuleMetadata>;
  /** Its own, and those of the modules that it alone brings along. */
  providers: Provider[];
}

/** The plugins among modules and all that these import, in the order in which they are named. */
export async function findPlugins(modules: readonly ModuleReference[]): Promise<FoundPlugin[]> {
  const found = new Map<Type, FoundPlugin>();
  const seen = new Map<FoundPlugin | undefined, Set<unknown>>();

  async function visit(reference: ModuleReference, owner?: FoundPlugin): Promise<void> {
    const resolved = await (isForwardReference(reference) ? reference.forwardRef() : reference);
    const before = seen.get(owner) ?? new Set();
    if (before.has(resolved)) return;
    seen.set(owner, before.add(resolved));
    const module = isDynamicModule(resolved) ? resolved.module : (resolved as Type);
    const options = pluginOptions(module);
    const plugin = options ? (found.get(module) ?? { module, options, providers: [] }) : owner;
    if (options && plugin) found.set(module, plugin);
    plugin?.providers.push(...(listOf(resolved, MODULE_METADATA.PROVIDERS) as Provider[]));
    for (const each of listOf(resolved, MODULE_METADATA.IMPORTS) as ModuleReference[]) {
      // oxlint-disable-next-line no-await-in-loop -- the order of the list is the order of the plugins
      await visit(each, plugin);
    }
  }

  for (const module of modules) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await visit(module);
  }
  return [...found.values()];
}

/** What a module's decorator says, and beside it what a dynamic module adds. */
function listOf(module: DynamicModule | Type | ForwardReference, key: string): unknown[] {
  const type = isDynamicModule(module) ? module.module : module;
  const own = (Reflect.getMetadata(key, type) as unknown[] | undefined) ?? [];
  return isDynamicModule(module) ? [...own, ...(module[key as 'imports'] ?? [])] : own;
}

function isDynamicModule(module: unknown): module is DynamicModule {
  return typeof module === 'object' && module !== null && 'module' in module;
}

function isForwardReference(module: unknown): module is ForwardReference<() => Type | DynamicModule> {
  return typeof module === 'object' && module !== null && 'forwardRef' in module;
}

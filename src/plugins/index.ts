export type { ContentSources } from './content-sources.js';
export type { ModuleReference } from './find-plugins.js';
export { isVisible, type NavigationEntry } from './navigation.js';
export { Plugin, type PluginOptions } from './plugin.decorator.js';
export type { PluginHealth } from './plugin-health.js';
export { PluginError } from './plugin.error.js';
export { pluginRows } from './plugin-rows.js';
export { Plugins, type InstalledPlugin } from './plugins.js';
export { PluginsModule } from './plugins.module.js';

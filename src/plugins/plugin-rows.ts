import type { NavigationEntry } from './navigation.js';
import type { InstalledPlugin } from './plugins.js';

/** Of what kind it is, its name, and who may use it or what it is. */
type Part = [kind: string, name: string, detail: string];

/**
 * What a plugin brings, a row for each thing. The first two cells, which only the first row fills, are its id and version.
 * @param routes its routes, as `routeRow()` gives them
 */
export function pluginRows(
  plugin: InstalledPlugin,
  routes: readonly (readonly [route: string, people: string, programs: string])[],
): [id: string, version: string, ...Part][] {
  const { environment, health } = plugin;
  const variables = environment ? Object.entries(new environment()) : [];
  const parts: Part[] = [
    ...routes.map(([route, ...access]): Part => ['route', route, access.filter(Boolean).join('; ')]),
    ...plugin.nav.map((entry): Part => ['nav', entry.path, `${entry.label}, for ${audienceOf(entry)}`]),
    ...variables.map(([name, value]): Part => ['variable', name, `default ${value ?? 'none'}`]),
    ...Object.entries(plugin.csp).map(([name, sources]): Part => ['csp', name, sources.join(' ')]),
    ...(health ? [['health', '/health/ready', health.name] satisfies Part] : []),
    ...plugin.requires.map((id): Part => ['requires', id, '']),
    ...wordsAsked(plugin),
  ];
  return parts.map(
    (part, index) =>
      [...(index === 0 ? [plugin.id, plugin.version] : ['', '']), ...part] as [string, string, ...Part],
  );
}

function audienceOf({ when }: NavigationEntry): string {
  if (when === undefined) return 'everybody';
  if (when === 'signed-in') return 'signed-in people';
  return Object.entries(when)
    .map(([kind, value]) => `${kind} ${value}`)
    .join(', ');
}

/** What the Clerk instance has to know. */
function wordsAsked({ plans, features, permissions, scopes }: InstalledPlugin): Part[] {
  const words = { plan: plans, feature: features, permission: permissions, scope: scopes };
  return Object.entries(words).flatMap(([kind, list]) => list.map((word): Part => ['asks for', word, kind]));
}

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { formatted } from '../format.js';
import { ACCESS_TABLE, withoutRoutesOf } from '../project/access-table.js';
import { APP_MODULE, withoutModule } from '../project/app-module.js';
import { ENV_EXAMPLE, withoutVariables } from './env-example.js';
import { keep, requireRepository } from './keep.js';
import { ownPackages, uninstall } from './packages.js';
import { dropEmptyParents, ownPlaces } from './places.js';
import { pluginNamed } from './plugin-named.js';
import { refuseNeeded } from './refuse-needed.js';
import { ownVariables } from './variables.js';

/**
 * `npm run remove -- invoices`: takes a plugin out, with everything that is its own. All that goes or changes is kept in
 * git before, committed or not.
 * @param {...string} names
 */
export async function remove(...names) {
  const plugin = pluginNamed(names);
  const places = ownPlaces(plugin);
  await requireRepository();
  refuseNeeded(plugin, places);
  const edits = await editsFor(plugin);
  const packages = ownPackages(plugin.id, places);
  const manifests = packages.length > 0 ? ['package.json', 'package-lock.json'] : [];
  const changed = [...edits.map(({ path }) => path), ...manifests];
  const restore = await keep(plugin.id, [...places, ...changed]);

  uninstall(packages);
  for (const { path, text } of edits) writeFileSync(path, text);
  for (const path of places) rmSync(path, { recursive: true });
  dropEmptyParents(places);

  console.log(`${plugin.id} is taken out: ${places.join(', ')}.`);
  console.log(`Changed: ${changed.join(', ')}.`);
  if (packages.length > 0) console.log(`Uninstalled: ${packages.join(', ')}.`);
  console.log(`To have it back, with the changed files as they were:\n  ${restore}`);
  if (packages.length > 0) console.log('  npm install');
}

/**
 * The shared files without the plugin, where that makes a difference.
 * @param {import('../project/metadata.js').Metadata} plugin
 */
async function editsFor({ id, className, environment }) {
  const variables = environment ? ownVariables(id, environment) : [];
  /** @type {[string, (text: string) => string][]} */
  const edits = [
    [APP_MODULE, (text) => withoutModule(text, className, `src/${id}`)],
    [ACCESS_TABLE, (text) => withoutRoutesOf(text, id)],
    [ENV_EXAMPLE, (text) => withoutVariables(text, variables)],
  ];
  const results = [];
  for (const [path, edit] of edits.filter(([file]) => existsSync(file))) {
    const before = readFileSync(path, 'utf8');
    const after = edit(before);
    if (after !== before) results.push({ path, text: await formatted('.', path, before, after) });
  }
  return results;
}

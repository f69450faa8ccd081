import { existsSync } from 'node:fs';
import { Refusal } from '../command.js';
import { metadataOf } from '../project/metadata.js';
import { ID, pluginIds } from '../project/plugins.js';

/** The folders of `src/` without which there is no application. */
const KIT = [
  'account',
  'auth',
  'config',
  'health',
  'http',
  'local-clerk',
  'logging',
  'plugins',
  'sign-in',
  'views',
];

/**
 * The plugin that the command's one word names.
 * @param {string[]} names
 * @throws {Refusal}
 */
export function pluginNamed(names) {
  const [id = ''] = names;
  const there = `The plugins here are: ${pluginIds().join(', ') || 'none'}.`;
  if (names.length !== 1) throw new Refusal(`Name one plugin: npm run remove -- <name>. ${there}`);
  if (KIT.includes(id)) throw new Refusal(`${id} is part of the kit, no plugin. ${there}`);
  if (!ID.test(id) || !existsSync(`src/${id}`)) throw new Refusal(`There is no plugin '${id}'. ${there}`);
  if (pluginIds().includes(id)) return metadataOf(id);
  throw new Refusal(
    `src/${id}/ is no plugin: its ${id}.module.ts has no @Plugin(). Delete it by hand. ${there}`,
  );
}

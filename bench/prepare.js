import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KIT } from './candidates.js';
import { perform } from './measure/copies.js';

/** Installs the other servers, unless they are there, and builds the kit. */
export async function prepare() {
  const folder = import.meta.dirname;
  if (!existsSync(join(folder, 'node_modules'))) {
    console.log('installing the other servers');
    await perform(folder, 'npm', 'ci', '--no-audit', '--no-fund');
  }
  console.log('building the kit');
  await perform(KIT, 'npm', 'run', 'build');
}

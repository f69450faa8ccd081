import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addModules, perform } from './copies.js';
import { addLastPage } from './more-routes.js';

/**
 * Adds plugins as `nest generate plugin` makes them: one by the command, the others after it. Then one with the last page.
 * @param {string} folder
 * @param {number} count
 */
export async function addPlugins(folder, count) {
  await perform(folder, 'npx', 'nest', 'generate', 'plugin', 'extra-1');
  const modules = [];
  for (let number = 2; number <= count; number += 1) {
    for (const part of ['src', 'views']) await copyPlugin(join(folder, part), number);
    modules.push({ name: `Extra${number}Module`, file: `./extra-${number}/index.js` });
  }
  await addModules(folder, [...modules, await addLastPage(folder)]);
}

/**
 * @param {string} parent
 * @param {number} number
 */
async function copyPlugin(parent, number) {
  const renamed = (/** @type {string} */ text) => text.replaceAll(/(extra[- ]?)1/gi, `$1${number}`);
  const target = join(parent, `extra-${number}`);
  await cp(join(parent, 'extra-1'), target, { recursive: true });
  for (const file of await readdir(target)) {
    const text = await readFile(join(target, file), 'utf8');
    await rename(join(target, file), join(target, renamed(file)));
    await writeFile(join(target, renamed(file)), renamed(text));
  }
}

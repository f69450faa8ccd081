import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../command.js';
import { formatted } from '../format.js';
import { parseJson } from '../json.js';
import { projectFiles, regularFiles } from '../project-files.js';
import { namesFor, namesOf } from './names.js';
import { PLACES } from './places.js';
import { leftover, replacement } from './replacement.js';

/** @import { Names } from './names.js' */

/**
 * @typedef {object} Renamed
 * @property {Names} names what the application is called now
 * @property {string[]} changed paths of the files that named it
 * @property {string[]} unsure paths of the files in which the old name, a single word, still stands
 */

/**
 * Gives the application in a folder another name, in every text file.
 * @param {string} root folder of the project
 * @param {string} displayName what people are to read
 * @returns {Promise<Renamed>}
 * @throws {Refusal} when no application can be called so, or package.json does not say what this one is called
 */
export async function rename(root, displayName) {
  return renameTo(root, namesFor(displayName), await projectFiles(root));
}

/**
 * The same with names that an application has already, for files that git does not list. Writes nothing before all is
 * known.
 * @param {string} root folder of the project
 * @param {Names} next
 * @param {readonly string[]} files paths in it
 * @returns {Promise<Renamed>}
 * @throws {Refusal} when package.json does not say what the application is called
 */
export async function renameTo(root, next, files) {
  const old = await currentNames(root);
  const replaced = replacement(old, next);
  const isUnsure = leftover(old);
  /** @type {Map<string, string>} */
  const changes = new Map();
  /** @type {string[]} */
  const unsure = [];
  for (const path of await regularFiles(root, files)) {
    const before = await textOf(join(root, path));
    if (before === null) continue;
    const text = PLACES.get(path)?.(before, old, next, replaced) ?? replaced(before);
    if (text !== before) changes.set(path, await formatted(root, path, before, text));
    if (!PLACES.has(path) && isUnsure(text)) unsure.push(path);
  }
  await Promise.all([...changes].map(([path, text]) => writeFile(join(root, path), text)));
  return { names: next, changed: [...changes.keys()], unsure };
}

/** @param {string} root */
async function currentNames(root) {
  const text = await textOf(join(root, 'package.json'));
  if (text === null) throw new Refusal(`${root} has no package.json: run this in the folder of the project.`);
  return namesOf(parseJson('package.json', text));
}

/**
 * The text of a file, or null when it holds none.
 * @param {string} path
 */
async function textOf(path) {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || bytes.includes(0)) return null;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : null;
}

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { KIT } from '../candidates.js';

/** @import { Results } from '../measure/everything.js' */

const FOLDER = join(import.meta.dirname, '..', 'results');

/** @param {string} node version */
const majorOf = (node) => Number(node.split('.')[0]);
const fileOf = (/** @type {number} */ major) => join(FOLDER, `node-${major}.json`);

/** @param {Results} results */
export function keepResults(results) {
  return writeProjectFile(fileOf(majorOf(results.machine.node)), JSON.stringify(results, rounded));
}

/**
 * What was recorded under this major version of Node.js.
 * @param {string} node version
 * @returns {Promise<Results | null>}
 */
export async function recordedResults(node) {
  const text = await readFile(fileOf(majorOf(node)), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/**
 * The newest results of every major version of Node.js, the oldest version first.
 * @returns {Promise<Results[]>}
 */
export async function allResults() {
  const files = (await readdir(FOLDER)).filter((file) => /^node-\d+\.json$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(FOLDER, file), 'utf8')));
  const all = texts.map((text) => /** @type {Results} */ (JSON.parse(text)));
  return all.toSorted((a, b) => majorOf(a.machine.node) - majorOf(b.machine.node));
}

/**
 * Writes a file as the project's formatter would.
 * @param {string} path
 * @param {string} text
 */
export async function writeProjectFile(path, text) {
  await mkdir(dirname(path), { recursive: true });
  const options = { ...(await resolveConfig(join(KIT, 'package.json'))), filepath: path };
  await writeFile(path, path.endsWith('.svg') ? text : await format(text, options));
}

/**
 * Figures with four digits that count.
 * @param {string} _name
 * @param {unknown} value
 */
function rounded(_name, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

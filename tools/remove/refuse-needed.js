import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { Refusal } from '../command.js';
import { APP_MODULE } from '../project/app-module.js';
import { isWithin, sourceFiles } from '../project/files.js';
import { metadataOf } from '../project/metadata.js';
import { moduleFileOf, pluginIds } from '../project/plugins.js';

/**
 * Stops while something else needs a plugin, and says all that does.
 * @param {import('../project/metadata.js').Metadata} plugin
 * @param {string[]} places of its own
 * @throws {Refusal}
 */
export function refuseNeeded({ id }, places) {
  const needs = [
    ...pluginIds()
      .filter((other) => other !== id && metadataOf(other).requires.includes(id))
      .map(
        (other) => `${moduleFileOf(other)} requires it: take ${other} out first, or the word from its list.`,
      ),
    ...importersOf(places).map((place) => `${place} imports from it: take the import out first.`),
  ];
  if (needs.length > 0) throw new Refusal([`${id} is still needed:`, ...needs].join('\n  '));
}

/**
 * Where others than the list of modules import from some places.
 * @param {string[]} places
 */
function importersOf(places) {
  /** @param {string} path */
  const isOwn = (path) => places.some((place) => isWithin(path, place));
  return sourceFiles()
    .filter((path) => path !== APP_MODULE && !isOwn(path))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return ts
        .preProcessFile(text, true, true)
        .importedFiles.filter(
          ({ fileName }) => fileName.startsWith('.') && isOwn(join(dirname(path), fileName)),
        )
        .map(({ pos }) => `${path}:${text.slice(0, pos).split('\n').length}`);
    });
}

import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname, normalize } from 'node:path/posix';
import { Refusal } from '../command.js';
import { isWithin } from '../project/files.js';
import { moduleFileOf, placesOf } from '../project/plugins.js';

/**
 * The files and folders that belong to a plugin alone and are there: those that bear its name, and those in the project
 * that its metadata names.
 * @param {import('../project/metadata.js').Metadata} plugin
 * @throws {Refusal} when it names a folder that may be others' as well
 */
export function ownPlaces({ id, folders }) {
  const named = folders.map((folder) => normalize(folder).replace(/\/$/, ''));
  const inside = named.filter(
    (folder) => !folder.startsWith('..') && !folder.startsWith('/') && existsSync(folder),
  );
  const shared = inside.find((folder) => !folder.split('/').slice(1).includes(id));
  if (shared) {
    throw new Refusal(
      `${moduleFileOf(id)} names the folder ${shared}, which may hold what is not the plugin's own. Move what is its own ` +
        `to a folder called ${id}, and name that one; then try again.`,
    );
  }
  const places = [...new Set([...placesOf(id).filter((path) => existsSync(path)), ...inside])];
  return places.filter((path) => !places.some((other) => other !== path && isWithin(path, other)));
}

/**
 * Deletes the folders that have nothing in them any more.
 * @param {string[]} places that were deleted
 */
export function dropEmptyParents(places) {
  for (const place of places) {
    for (let folder = dirname(place); folder !== '.' && isEmpty(folder); folder = dirname(folder))
      rmdirSync(folder);
  }
}

/** @param {string} folder */
function isEmpty(folder) {
  return existsSync(folder) && readdirSync(folder).length === 0;
}

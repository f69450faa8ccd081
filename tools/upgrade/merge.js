import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../command.js';
import { git, paths } from '../git.js';
import { NOBODY } from './own-terms.js';

/**
 * What a merge did to the application's files.
 * @typedef {object} Merged
 * @property {string[]} came paths of the files that are changed, and staged
 * @property {string[]} conflicts paths of those that somebody has to settle
 */

/**
 * Merges what is between two commits into the application's files, and commits nothing.
 * @param {string} root
 * @param {string} base
 * @param {string} next
 * @returns {Promise<Merged>}
 * @throws {Refusal} when it would overwrite a file that git does not know
 */
export async function mergeIn(root, base, next) {
  await checkNothingInTheWay(root, base, next);
  /** @type {unknown} */
  let failure;
  await git(root, ['cherry-pick', '--no-commit', next], NOBODY).catch((cause) => {
    failure = cause;
  });
  const conflicts = paths(await git(root, ['diff', '--name-only', '--diff-filter=U', '-z']));
  if (failure !== undefined && conflicts.length === 0) throw failure;
  const changed = paths(await git(root, ['diff', '--cached', '--name-only', '--no-renames', '-z', 'HEAD']));
  return { came: changed.filter((path) => !conflicts.includes(path)), conflicts };
}

/**
 * Git itself would overwrite files that it is told to ignore.
 * @param {string} root
 * @param {string} base
 * @param {string} next
 */
async function checkNothingInTheWay(root, base, next) {
  const words = ['diff-tree', '-r', '--name-only', '--no-renames', '--diff-filter=A', '-z', base, next];
  const added = paths(await git(root, words));
  const known = new Set(paths(await git(root, ['ls-files', '-z'])));
  const areThere = await Promise.all(added.map((path) => exists(join(root, path))));
  const inTheWay = added.filter((path, index) => areThere[index] && !known.has(path));
  if (inTheWay.length === 0) return;
  throw new Refusal(
    'The kit has new files where you have some that git does not know. ' +
      `Commit them or put them elsewhere first:\n${inTheWay.map((path) => `  ${path}`).join('\n')}`,
  );
}

/** @param {string} path */
function exists(path) {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

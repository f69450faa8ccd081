import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../command.js';
import { git, GitFailure } from '../git.js';
import { parseJson } from '../json.js';
import { namesOf } from '../rename/names.js';
import { parseVersion } from './versions.js';

/** @import { Fields } from '../json.js' */
/** @import { Names } from '../rename/names.js' */
/** @import { Version } from './versions.js' */

/**
 * The application that is to be upgraded.
 * @typedef {object} Clone
 * @property {string} root
 * @property {Names} names
 * @property {unknown} version the application's own
 * @property {Version} recorded the kit's that it comes from
 */

/** What git keeps while it waits for somebody to go on. */
const UNDER_WAY = new Map([
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
]);

/**
 * What there is to know of the application, when its repository is ready to take changes in.
 * @param {string} root
 * @returns {Promise<Clone>}
 * @throws {Refusal} when it is not
 */
export async function readyClone(root) {
  await checkRepository(root);
  await checkNothingUnderWay(root);
  const changed = await git(root, ['--no-optional-locks', 'status', '--porcelain', '--untracked-files=no']);
  if (changed !== '') {
    throw new Refusal(`There are uncommitted changes. Commit or stash them first:\n${changed.trimEnd()}`);
  }
  const manifest = parseJson(
    'package.json',
    await readFile(join(root, 'package.json'), 'utf8').catch(() => ''),
  );
  return {
    root,
    names: namesOf(manifest),
    version: manifest['version'],
    recorded: recordedVersion(manifest),
  };
}

/** @param {string} root */
async function checkRepository(root) {
  const words = ['rev-parse', '--show-prefix'];
  const prefix = await git(root, words).catch((cause) => {
    if (!(cause instanceof GitFailure)) throw cause;
    throw new Refusal(`The application is in no git repository that can be used: ${cause.message}`, {
      cause,
    });
  });
  if (prefix.trim() !== '') {
    throw new Refusal(
      'The application is to be at the top of its git repository, and is in a folder of one.',
    );
  }
  await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch((cause) => {
    throw new Refusal('The git repository has no commit yet. Commit the application first.', { cause });
  });
}

/** @param {string} root */
async function checkNothingUnderWay(root) {
  const marks = [...UNDER_WAY.keys()];
  const places = await git(root, ['rev-parse', ...marks.flatMap((mark) => ['--git-path', mark])]);
  for (const [index, place] of places.trimEnd().split('\n').entries()) {
    const name = UNDER_WAY.get(marks[index] ?? '');
    const exists = await access(resolve(root, place)).then(
      () => true,
      () => false,
    );
    if (exists) throw new Refusal(`A ${name} is under way. Finish it, or take it back: git ${name} --abort`);
  }
}

/** @param {Fields} manifest */
function recordedVersion({ kit }) {
  const { version } = /** @type {{ version?: unknown }} */ (kit ?? {});
  const recorded = parseVersion(version);
  if (recorded) return recorded;
  throw new Refusal(
    'package.json does not say which version of the kit this application comes from: ' +
      'add it, as "kit": { "version": "0.1.0" }.',
  );
}

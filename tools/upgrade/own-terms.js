import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, paths } from '../git.js';
import { editJson } from '../json.js';
import { editLockfile } from '../lockfile.js';
import { renameTo } from '../rename/rename.js';
import { tagOf } from './kit-tags.js';
import { placesOf } from './left-out.js';

/** @import { Clone } from './clone.js' */
/** @import { Version } from './versions.js' */

/** Files arrive and leave as the repository has them, whatever this machine makes of them elsewhere. */
const AS_STORED = ['core.autocrlf=false', 'core.fsmonitor=false', 'core.sparseCheckout=false'];

/** Nobody reads who made a commit that no branch keeps; without it, git asks for a name. */
export const NOBODY = {
  GIT_AUTHOR_NAME: 'kit',
  GIT_AUTHOR_EMAIL: 'kit@localhost',
  GIT_COMMITTER_NAME: 'kit',
  GIT_COMMITTER_EMAIL: 'kit@localhost',
};

/**
 * Commits a version of the kit as the application would have got it: by the application's name and version, and without
 * the plugins that it has taken out. Neither a branch nor the application's files change.
 * @param {Clone} clone
 * @param {Version} version
 * @param {readonly string[]} leftOut ids of plugins
 * @param {string} [parent]
 * @returns {Promise<string>} the commit
 */
export async function commitInOwnTerms(clone, version, leftOut, parent) {
  const folder = await mkdtemp(join(tmpdir(), 'kit-'));
  try {
    const tree = join(folder, 'tree');
    await mkdir(tree);
    const gitDirectory = await git(clone.root, ['rev-parse', '--absolute-git-dir']);
    const variables = {
      ...NOBODY,
      GIT_DIR: gitDirectory.replace(/\n$/, ''),
      GIT_WORK_TREE: tree,
      GIT_INDEX_FILE: join(folder, 'index'),
    };
    /** @param {string[]} words */
    const run = (...words) => git(tree, [...AS_STORED.flatMap((line) => ['-c', line]), ...words], variables);

    await run('read-tree', `${tagOf(version)}^{tree}`);
    const places = leftOut.flatMap(placesOf);
    if (places.length > 0) {
      await run('rm', '-r', '--cached', '--force', '--quiet', '--ignore-unmatch', '--', ...places);
    }
    await run('checkout-index', '--all');
    await renameTo(tree, clone.names, paths(await run('ls-files', '-z')));
    await ownVersions(tree, clone, version);
    await run('add', '--update');
    const id = (await run('write-tree')).trim();
    const message = `build: come to version ${version.text} of the kit`;
    return (await run('commit-tree', id, '-m', message, ...(parent ? ['-p', parent] : []))).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} tree
 * @param {Clone} clone
 * @param {Version} kit
 */
async function ownVersions(tree, { version }, kit) {
  await edit(join(tree, 'package.json'), (text) =>
    editJson('package.json', text, (fields) => ({ ...fields, version, kit: { version: kit.text } })),
  );
  await edit(join(tree, 'package-lock.json'), (text) => editLockfile(text, { version }));
}

/**
 * @param {string} path of a file that may be missing
 * @param {(text: string) => string} change
 */
async function edit(path, change) {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) await writeFile(path, change(text));
}

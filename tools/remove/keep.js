import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../command.js';
import { filesIn } from '../project/files.js';

/**
 * Stops where nothing could be brought back.
 * @throws {Refusal}
 */
export function requireRepository() {
  if (spawnSync('git', ['rev-parse', '--is-inside-work-tree']).status !== 0) {
    throw new Refusal(
      'This is no git repository, so that nothing could be brought back. Run git init && git add . && git commit, then try again.',
    );
  }
}

/**
 * Keeps files as they are now, ignored and uncommitted ones too, as a commit under `refs/removed/`, where git does not
 * clean up. What was kept there before becomes its parent.
 * @param {string} id
 * @param {string[]} places
 * @returns the command that brings them back
 * @throws {Refusal} when a folder is a repository of its own
 */
export function keep(id, places) {
  const ref = `refs/removed/${id}`;
  const folder = mkdtempSync(join(tmpdir(), 'removed-'));
  const git = gitWith(join(folder, 'index'));
  const files = places.flatMap(filesIn);
  const foreign = files.find((path) => path.includes('/.git/'));
  if (foreign) {
    throw new Refusal(
      `${foreign} is of another repository, which cannot be kept in this one. Move it away, then try again.`,
    );
  }
  try {
    git(['update-index', '--add', '-z', '--stdin'], files.join('\0'));
    const tree = git(['write-tree']);
    const before = git(['for-each-ref', '--format=%(objectname)', ref]);
    const parent = before === '' ? [] : ['-p', before];
    git([
      'update-ref',
      ref,
      git(['commit-tree', tree, ...parent, '-m', `${id}, as it was when it was taken out`]),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const kept = places.filter((place) => filesIn(place).length > 0);
  return `git restore --source=${ref} --worktree -- ${kept.map(quoted).join(' ')}`;
}

/**
 * Git on an index of its own, with an author for where none is configured.
 * @param {string} index
 */
function gitWith(index) {
  const identity = { NAME: 'npm run remove', EMAIL: 'remove@localhost' };
  const who = Object.entries(identity).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { ...process.env, ...Object.fromEntries(who), GIT_INDEX_FILE: index };
  /**
   * @param {string[]} words
   * @param {string} [input]
   */
  return (words, input = '') => execFileSync('git', words, { env, input, encoding: 'utf8' }).trim();
}

/** @param {string} path */
function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}

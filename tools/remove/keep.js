import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../command.js';
import { git, GitFailure } from '../git.js';
import { filesIn } from '../project/files.js';

/** Who keeps it, where git knows nobody. */
const SOMEBODY = {
  GIT_AUTHOR_NAME: 'npm run remove',
  GIT_AUTHOR_EMAIL: 'remove@localhost',
  GIT_COMMITTER_NAME: 'npm run remove',
  GIT_COMMITTER_EMAIL: 'remove@localhost',
};

/**
 * Stops where nothing could be brought back.
 * @throws {Refusal}
 */
export async function requireRepository() {
  await git('.', ['rev-parse', '--is-inside-work-tree']).catch((cause) => {
    if (!(cause instanceof GitFailure)) throw cause;
    throw new Refusal(
      'This is no git repository, so that nothing could be brought back. Run git init && git add . && git commit, then try again.',
      { cause },
    );
  });
}

/**
 * Keeps files as they are now, ignored and uncommitted ones too, as a commit under `refs/removed/`, where git does not
 * clean up. What was kept there before becomes its parent.
 * @param {string} id
 * @param {string[]} places
 * @returns the command that brings them back
 * @throws {Refusal} when a folder is a repository of its own
 */
export async function keep(id, places) {
  const foreign = places.flatMap(filesIn).find((path) => path.includes('/.git/'));
  if (foreign) {
    throw new Refusal(
      `${foreign} is of another repository, which cannot be kept in this one. Move it away, then try again.`,
    );
  }
  const kept = places.filter((place) => filesIn(place).length > 0);
  const ref = `refs/removed/${id}`;
  const folder = await mkdtemp(join(tmpdir(), 'removed-'));
  /** @param {string[]} words */
  const run = async (...words) =>
    (await git('.', words, { ...SOMEBODY, GIT_INDEX_FILE: join(folder, 'index') })).trim();
  try {
    await run('--literal-pathspecs', 'add', '--force', '--', ...kept);
    const before = await run('for-each-ref', '--format=%(objectname)', ref);
    const parent = before === '' ? [] : ['-p', before];
    const message = `${id}, as it was when it was taken out`;
    const commit = await run('commit-tree', await run('write-tree'), ...parent, '-m', message);
    await run('update-ref', ref, commit);
  } finally {
    await rm(folder, { recursive: true });
  }
  return `git restore --source=${ref} --worktree -- ${kept.map(quoted).join(' ')}`;
}

/** @param {string} path */
function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}

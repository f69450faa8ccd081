import { execFile } from 'node:child_process';
import { env as inherited } from 'node:process';
import { promisify } from 'node:util';
import { Refusal } from './command.js';

/** A hook that starts a command names its own repository by these; the command means the one of its folder. */
const OF_A_REPOSITORY = /^GIT_(?:DIR|COMMON_DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|PREFIX|NAMESPACE)$/;

/** Git does not do what it is asked, in git's own words. */
export class GitFailure extends Refusal {
  /** @override */
  name = 'GitFailure';
}

/**
 * Runs git in a folder, without a shell.
 * @param {string} folder
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string>>} [variables] over those of the process
 * @returns {Promise<string>} what it prints
 * @throws {Refusal} when git is missing, and a GitFailure when it fails
 */
export async function git(folder, words, variables = {}) {
  const own = Object.entries(inherited).filter(([name]) => !OF_A_REPOSITORY.test(name));
  const env = { ...Object.fromEntries(own), ...variables };
  try {
    const { stdout } = await promisify(execFile)('git', words, { cwd: folder, env, maxBuffer: 2 ** 28 });
    return stdout;
  } catch (cause) {
    const { code, stderr } = /** @type {{ code?: unknown, stderr?: string }} */ (cause);
    if (code === 'ENOENT') {
      throw new Refusal('Git is missing: install it, and see that it is in the PATH.', { cause });
    }
    throw new GitFailure(stderr?.trim() || `git ${words[0]} ended with ${String(code)}`, { cause });
  }
}

/**
 * The paths of a list that git prints with `-z`.
 * @param {string} printed
 */
export function paths(printed) {
  return printed.split('\0').filter(Boolean);
}

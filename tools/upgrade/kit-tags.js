import { Refusal } from '../command.js';
import { git } from '../git.js';
import { parseVersion } from './versions.js';

/** @import { Version } from './versions.js' */

/** The git remote that is the kit's repository. */
const REMOTE = 'kit';
/** Where its tags are kept meanwhile, apart from the application's own. */
const PLACE = 'refs/kit';

/**
 * Fetches the tags of the kit's versions, to be dropped in the end.
 * @param {string} root
 * @returns {Promise<Version[]>}
 * @throws {Refusal} when the kit's repository is not known or does not answer
 */
export async function fetchTags(root) {
  await git(root, ['remote', 'get-url', REMOTE]).catch((cause) => {
    throw new Refusal(`The kit's repository is not known here: git remote add ${REMOTE} <address>`, {
      cause,
    });
  });
  const options = ['--quiet', '--no-tags', '--no-prune', '--no-write-fetch-head', '--no-recurse-submodules'];
  await git(root, ['fetch', ...options, '--refmap=', REMOTE, `+refs/tags/v*:${PLACE}/v*`]).catch((cause) => {
    throw new Refusal(`The kit's repository does not answer: ${cause.message}`, { cause });
  });
  const names = await fetched(root);
  return names
    .map((name) => parseVersion(name.slice(PLACE.length + 1)))
    .filter((version) => version !== null);
}

/**
 * How git is to call a version of the kit that was fetched.
 * @param {Version} version
 */
export function tagOf({ text }) {
  return `${PLACE}/v${text}`;
}

/**
 * @param {string} root
 */
export async function dropTags(root) {
  for (const name of await fetched(root)) await git(root, ['update-ref', '-d', name]);
}

/** @param {string} root */
async function fetched(root) {
  const printed = await git(root, ['for-each-ref', '--format=%(refname)', PLACE]);
  return printed.split('\n').filter(Boolean);
}

import { Refusal } from '../../command.js';
import { placesOf } from '../../project/plugins.js';

/** Words that mean something else in `views/` and in addresses. */
const RESERVED = ['api', 'assets', 'overrides'];

/**
 * Stops when something of the project has the name of a new plugin already.
 * @param {import('@angular-devkit/schematics').Tree} tree
 * @param {string} id
 * @throws {Refusal}
 */
export function refuseTaken(tree, id) {
  if (RESERVED.includes(id)) throw new Refusal(`'${id}' has a meaning of its own here: choose another name.`);
  const taken = [...placesOf(id), `src/${id}.ts`].find(
    (path) => tree.exists(path) || tree.getDir(path).subfiles.length + tree.getDir(path).subdirs.length > 0,
  );
  if (taken) {
    throw new Refusal(`${taken} is there already: choose another name (npm run remove takes a plugin out).`);
  }
  tree.getDir('src').visit((path, entry) => {
    if (path.endsWith('.ts') && isControllerOf(id, entry?.content.toString() ?? '')) {
      throw new Refusal(
        `${path.slice(1)} answers under /${id} already: choose another name, or give that controller another path.`,
      );
    }
  });
}

/**
 * @param {string} id
 * @param {string} source
 */
function isControllerOf(id, source) {
  return [...source.matchAll(/@Controller\(([^)]*)\)/g)].some(([, path = '']) =>
    new RegExp(`['"\`]/?${id}/?['"\`]`).test(path),
  );
}

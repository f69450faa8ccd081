import { apply, applyTemplates, chain, mergeWith, url } from '@angular-devkit/schematics';
import { existsSync, readFileSync } from 'node:fs';
import { formatted } from '../../format.js';
import { ACCESS_TABLE, withRoute } from '../../project/access-table.js';
import { APP_MODULE, withModule } from '../../project/app-module.js';
import { namesOf } from './names.js';
import { refuseTaken } from './refuse-taken.js';

/**
 * `nest g plugin invoices`: a page for signed-in people with its view and test, the module in the list of modules and the
 * route in the table of routes. Refuses before anything is written.
 * @param {{ name: string }} options
 * @returns {import('@angular-devkit/schematics').Rule}
 */
export function plugin({ name }) {
  return (tree) => {
    const names = namesOf(name);
    const { id, className } = names;
    refuseTaken(tree, id);
    const module = withModule(read(tree, APP_MODULE), `${className}Module`, `./${id}/index.js`);
    const table = withRoute(read(tree, ACCESS_TABLE), `/${id}`, id);
    tree.overwrite(APP_MODULE, module);
    tree.overwrite(ACCESS_TABLE, table);
    return chain([mergeWith(apply(url('./files'), [applyTemplates(names)])), format]);
  };
}

/**
 * @param {import('@angular-devkit/schematics').Tree} tree
 * @param {string} path
 */
function read(tree, path) {
  return tree.read(path)?.toString() ?? '';
}

/**
 * Formats what was written; names of any length come out as `npm run format` has them.
 * @type {import('@angular-devkit/schematics').Rule}
 */
async function format(tree) {
  for (const path of tree.actions.map((action) => action.path.slice(1))) {
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    tree.overwrite(path, await formatted('.', path, before, read(tree, path)));
  }
}

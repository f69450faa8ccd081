import { addModules, write } from './copies.js';

/** Routes of each further plugin. */
const ROUTES_OF_A_PLUGIN = 20;

/** The page of the plugin that stands last, and that every other route is asked before. */
export const LAST_PAGE = '/last/page';

/**
 * Adds plugins with public routes that answer a short text, and one more with the last page.
 * @param {string} folder
 * @param {number} routes
 */
export async function addRoutes(folder, routes) {
  const modules = [];
  for (let first = 0; first < routes; first += ROUTES_OF_A_PLUGIN) {
    const number = first / ROUTES_OF_A_PLUGIN + 1;
    const count = Math.min(ROUTES_OF_A_PLUGIN, routes - first);
    const paths = Array.from({ length: count }, (_, index) => `route-${index + 1}`);
    modules.push(await addPlugin(folder, `Extra${number}`, `extra-${number}`, paths));
  }
  modules.push(await addLastPage(folder));
  await addModules(folder, modules);
}

/** @param {string} folder */
export function addLastPage(folder) {
  return addPlugin(folder, 'Last', 'last', ['page']);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} prefix
 * @param {readonly string[]} paths
 */
async function addPlugin(folder, name, prefix, paths) {
  const handlers = paths.map(
    (path, index) => `  @Get('${path}')\n  show${index}() {\n    return 'Hello';\n  }\n`,
  );
  const source = `import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth/index.js';
import { Plugin } from '../plugins/index.js';

@Public()
@Controller('${prefix}')
class ${name}Controller {
${handlers.join('')}}

@Plugin({ id: '${prefix}', controllers: [${name}Controller] })
export class ${name}Module {}
`;
  await write(folder, `src/${prefix}/index.ts`, source);
  return { name: `${name}Module`, file: `./${prefix}/index.js` };
}

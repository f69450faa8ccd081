import { APP_URL } from '../candidates.js';
import { builtCopy } from './copies.js';
import { addPlugins } from './more-plugins.js';
import { addRoutes } from './more-routes.js';

/** @import { Plan } from '../plan.js' */
/** @import { ServerOptions } from '../process/server.js' */

/**
 * The kit with more in it.
 * @typedef {ServerOptions & { title: string, routes: number }} Variant `routes`: how many were added
 */

/** How many copies are built at the same time. */
const BUILDS = 2;

/**
 * Copies of the kit with routes or plugins added: the first with none, the last with the plugins.
 * @param {Pick<Plan, 'routes' | 'plugins'>} plan
 * @param {Record<string, string>} variables
 * @returns {Promise<Variant[]>}
 */
export async function buildVariants({ routes: numbers, plugins }, variables) {
  const wanted = [
    ...[0, ...numbers].map((routes) => ({
      title: routes === 0 ? 'nothing more' : `${routes.toLocaleString('en-GB')} more routes`,
      routes,
      change: (/** @type {string} */ folder) => addRoutes(folder, routes),
    })),
    ...[plugins]
      .filter((count) => count > 0)
      .map((count) => ({
        title: `${count} more plugins`,
        routes: count,
        change: (/** @type {string} */ folder) => addPlugins(folder, count),
      })),
  ];
  const variants = /** @type {Variant[]} */ ([]);
  for (let first = 0; first < wanted.length; first += BUILDS) {
    const building = wanted.slice(first, first + BUILDS).map(async ({ title, routes, change }) => {
      const name = `kit with ${title}`;
      const host = new URL(APP_URL).host;
      return { name, title, routes, host, variables, ...(await builtCopy(change)) };
    });
    variants.push(...(await Promise.all(building)));
  }
  return variants;
}

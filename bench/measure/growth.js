import { APP_URL } from '../candidates.js';
import { PAGE_HEADERS } from '../load/browser.js';
import { Server } from '../process/server.js';
import { spread } from '../statistics.js';
import { measureStarts } from './cold-start.js';
import { measure } from './measurement.js';
import { LAST_PAGE } from './more-routes.js';
import { inTurn, roundsWithin } from './rounds.js';
import { buildVariants } from './variants.js';
import { warmUp } from './warm-up.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { Generator } from '../load/generator.js' */
/** @import { Spread } from '../statistics.js' */
/** @import { Plan } from '../plan.js' */
/** @import { Start } from './cold-start.js' */

/**
 * What pages cost in the kit with more in it.
 * @typedef {object} Growth
 * @property {string} title
 * @property {number} routes that were added
 * @property {Record<'home' | 'last', { cpu: Spread, ratio: Spread }>} pages microseconds a page, and how many times that
 * of the kit with nothing added, round by round
 */

const PATHS = /** @type {const} */ ({ home: '/', last: LAST_PAGE });

/**
 * What pages and the start take in larger and larger applications, made of copies of the kit.
 * @param {Plan} plan
 * @param {{ clerk: ClerkInstance, generator: Generator }} stage
 * @returns {Promise<{ pages: Growth[], starts: Start[] }>} starts: with the plugins first, then without; none when no plugins are measured
 */
export async function measureGrowth(plan, { clerk, generator }) {
  const variants = await buildVariants(plan, { ...clerk.variables, APP_URL });
  const servers = [];
  for (const variant of variants) servers.push(await Server.start(variant, LAST_PAGE));
  const costs = await measureRounds(plan, { servers, clerk, generator });
  await Promise.all(servers.map((server) => server.stop()));
  const ends = plan.plugins > 0 ? [...variants.slice(-1), ...variants.slice(0, 1)] : [];
  return {
    pages: variants.map(({ title, routes }, index) => ({ title, routes, pages: ratiosOf(costs, index) })),
    starts: await measureStarts(ends, plan.starts, LAST_PAGE),
  };
}

/** @typedef {Record<'home' | 'last', number[][]>} Costs microseconds a page by server and round */

/**
 * @param {Plan} plan
 * @param {{ servers: readonly Server[], clerk: ClerkInstance, generator: Generator }} stage
 */
async function measureRounds(plan, { servers, clerk, generator }) {
  /** @type {Costs} */
  const costs = { home: servers.map(() => []), last: servers.map(() => []) };
  const pages = /** @type {const} */ (['home', 'last']).map((page) => ({
    page,
    workload: { path: PATHS[page], headers: PAGE_HEADERS, status: 200, cookies: () => [clerk.hotSession] },
    amounts: /** @type {number[]} */ ([]),
  }));
  console.log('  warm-up');
  for (const { workload, amounts } of pages) {
    for (const server of servers) amounts.push(await warmUp(plan, { generator, server, workload, clerk }));
  }
  for (const round of roundsWithin(plan.rounds, plan.growthSeconds)) {
    for (const { page, workload, amounts } of pages) {
      for (const [index, server] of inTurn([...servers.entries()], round)) {
        const amount = amounts[index] ?? Number.NaN;
        const { cpu } = await measure(generator, server, workload, workload.cookies(), amount);
        costs[page][index]?.push(cpu);
      }
    }
  }
  return costs;
}

/**
 * @param {Costs} costs
 * @param {number} index of the server
 */
function ratiosOf({ home, last }, index) {
  const of = (/** @type {number[][]} */ byServer) => {
    const own = byServer[index] ?? [];
    const ratios = own.map((cost, round) => cost / (byServer[0]?.[round] ?? Number.NaN));
    return { cpu: spread(own), ratio: spread(ratios) };
  };
  return { home: of(home), last: of(last) };
}

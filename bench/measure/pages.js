import { startServers } from '../page/start-servers.js';
import { spread } from '../statistics.js';
import { WORKLOADS } from '../workloads.js';
import { measure } from './measurement.js';
import { inTurn, roundsWithin } from './rounds.js';
import { warmUp } from './warm-up.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { Generator } from '../load/generator.js' */
/** @import { Server, ServerOptions } from '../process/server.js' */
/** @import { Spread } from '../statistics.js' */
/** @import { Plan } from '../plan.js' */
/** @import { Workload } from '../workloads.js' */
/** @import { Measurement } from './measurement.js' */

/**
 * One server's figures for one kind of requests.
 * @typedef {object} Figures
 * @property {Spread} cpu microseconds a request
 * @property {Spread} throughput requests a second
 * @property {Spread} p50 milliseconds
 * @property {Spread} p99 milliseconds
 * @property {Spread} ratio how many times the kit's CPU, round by round
 * @property {Spread} throughputRatio the kit's throughput as a share of this server's
 */

/**
 * @typedef {object} Pages
 * @property {number} rounds that there was time for
 * @property {number} dropped measurements, in which the load generator was the slower side
 * @property {Record<string, Record<string, Figures>>} figures by workload and server
 */

/**
 * All servers under all workloads, in rounds.
 * @param {Plan} plan
 * @param {{ options: readonly ServerOptions[], clerk: ClerkInstance, generator: Generator }} stage
 * @returns {Promise<Pages>}
 */
export async function measurePages(plan, { options, clerk, generator }) {
  const servers = await startServers(options, clerk);
  /** @type {Record<string, Record<string, Measurement[]>>} */
  const all = Object.fromEntries(WORKLOADS.map(({ name }) => [name, {}]));
  /** @type {Map<Workload, Map<Server, number>>} */
  const amounts = new Map();
  console.log('  warm-up');
  for (const workload of WORKLOADS) {
    const ofWorkload = new Map();
    for (const server of servers)
      ofWorkload.set(server, await warmUp(plan, { generator, server, workload, clerk }));
    amounts.set(workload, ofWorkload);
  }
  for (const round of roundsWithin(plan.rounds, plan.pagesSeconds)) {
    for (const [workload, ofWorkload] of amounts) {
      const cookies = workload.cookies(clerk, Math.max(...ofWorkload.values()));
      for (const [server, amount] of inTurn([...ofWorkload], round)) {
        const measurement = await measure(generator, server, workload, cookies.slice(0, amount), amount);
        ((all[workload.name] ??= {})[server.name] ??= []).push(measurement);
      }
    }
  }
  await Promise.all(servers.map((server) => server.stop()));
  const every = Object.values(all).flatMap((byServer) => Object.values(byServer).flat());
  return {
    rounds: Math.max(...Object.values(all).map(({ kit = [] }) => kit.length)),
    dropped: every.filter(({ isStarved }) => isStarved).length,
    figures: Object.fromEntries(Object.entries(all).map(([name, byServer]) => [name, figuresOf(byServer)])),
  };
}

/** @param {Record<string, Measurement[]>} byServer */
function figuresOf(byServer) {
  const kit = byServer['kit'] ?? [];
  const entries = Object.entries(byServer).map(([name, measurements]) => {
    const good = measurements.filter(({ isStarved }) => !isStarved);
    const pairs = measurements.flatMap((peer, round) => {
      const own = kit[round];
      return own && !own.isStarved && !peer.isStarved ? [{ own, peer }] : [];
    });
    /** @type {Figures} */
    const figures = {
      cpu: spread(good.map(({ cpu }) => cpu)),
      throughput: spread(good.map(({ throughput }) => throughput)),
      p50: spread(good.map(({ p50 }) => p50)),
      p99: spread(good.map(({ p99 }) => p99)),
      ratio: spread(pairs.map(({ own, peer }) => peer.cpu / own.cpu)),
      throughputRatio: spread(pairs.map(({ own, peer }) => own.throughput / peer.throughput)),
    };
    return /** @type {const} */ ([name, figures]);
  });
  return Object.fromEntries(entries);
}

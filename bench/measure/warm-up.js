import { BLOCK } from '../load/connections.js';
import { measure } from './measurement.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { Generator } from '../load/generator.js' */
/** @import { Plan } from '../plan.js' */
/** @import { Server } from '../process/server.js' */
/** @import { Workload } from '../workloads.js' */

/**
 * Sends requests of a kind to a server until it has answered them for some seconds, so that V8 has compiled what they need.
 * @param {Plan} plan
 * @param {{ generator: Generator, server: Server, workload: Omit<Workload, 'name' | 'title'>, clerk: ClerkInstance }} stage
 * @returns {Promise<number>} requests that it will answer in the time of a measurement, in whole blocks
 */
export async function warmUp({ seconds, warmUpSeconds }, { generator, server, workload, clerk }) {
  let throughput = 0;
  for (let elapsed = 0; elapsed < warmUpSeconds; elapsed += BLOCK / throughput) {
    const cookies = workload.cookies(clerk, BLOCK);
    ({ throughput } = await measure(generator, server, workload, cookies, BLOCK));
  }
  return Math.max(1, Math.round((throughput * seconds) / BLOCK)) * BLOCK;
}

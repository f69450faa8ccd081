/** @import { Generator } from '../load/generator.js' */
/** @import { Server } from '../process/server.js' */
/** @import { Workload } from '../workloads.js' */

/**
 * @typedef {object} Measurement
 * @property {number} cpu microseconds a request of the server's own
 * @property {number} throughput requests a second
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {boolean} isStarved whether the generator was the slower side, so that the figures tell of it
 */

/** Share of the time above which the generator counts as too slow. */
const BUSY = 0.95;

/**
 * Sends requests of one kind to one server, as fast as it answers.
 * @param {Generator} generator
 * @param {Server} server
 * @param {Pick<Workload, 'path' | 'headers' | 'status'>} workload
 * @param {readonly string[]} cookies
 * @param {number} amount of requests
 * @returns {Promise<Measurement>}
 * @throws Error when an answer is not what it has to be
 */
export async function measure(generator, server, { path, headers, status }, cookies, amount) {
  const job = { port: server.port, path, headers: { ...headers, host: server.host }, cookies, amount };
  const before = await server.usage();
  const [load] = await generator.run([job]);
  const after = await server.usage();
  if (!load || load.statuses[status] !== load.requests || load.requests !== amount) {
    throw new Error(`${server.name}: ${amount} x GET ${path}: ${JSON.stringify(load?.statuses)}`);
  }
  return {
    cpu: (after.cpu - before.cpu) / load.requests,
    throughput: load.requests / load.seconds,
    p50: load.p50,
    p99: load.p99,
    isStarved: load.busy > BUSY,
  };
}

import autocannon from 'autocannon';
import process from 'node:process';
import { quantile } from '../statistics.js';
import { CONNECTIONS } from './connections.js';
import { Wakefulness } from './wakefulness.js';

/** @import { Job, Load } from './generator.js' */

process.on('disconnect', () => process.exit());
process.on('message', async (message) => {
  const { jobs } = /** @type {{ jobs: Job[] }} */ (message);
  process.send?.(await Promise.all(jobs.map(run)));
});

/**
 * @param {Job} job
 * @returns {Promise<Load>}
 */
function run({ port, path, headers, cookies, amount, rate }) {
  const times = /** @type {number[]} */ ([]);
  const statuses = /** @type {Record<string, number>} */ ({});
  const count = (/** @type {string | number} */ status) => (statuses[status] = (statuses[status] ?? 0) + 1);
  let [started, ended, idle] = [0, 0, Infinity];
  /** @type {Wakefulness | undefined} */
  let wakefulness;
  let connections = 0;
  return new Promise((done, fail) => {
    const instance = autocannon(
      {
        url: `http://127.0.0.1:${port}${path}`,
        connections: CONNECTIONS,
        sampleInt: 50,
        ...(rate ? { duration: rate.seconds, overallRate: rate.perSecond } : { amount: amount ?? 0 }),
        // Each connection takes its own part of the cookies, so that every one of them is sent.
        setupClient(client) {
          const part = cookies.filter((_, index) => index % CONNECTIONS === connections % CONNECTIONS);
          connections += 1;
          const own = part.length > 0 ? part : cookies.slice(0, 1);
          const asSomebody = own.map((cookie) => ({ path, headers: { ...headers, cookie } }));
          client.setRequests(asSomebody.length > 0 ? asSomebody : [{ path, headers }]);
        },
      },
      (error, result) => {
        if (error) return fail(error);
        if (result.errors > 0) statuses['error'] = result.errors;
        const seconds = (ended - started) / 1000;
        wakefulness?.end();
        return done({
          requests: times.length,
          seconds,
          p50: quantile(times, 0.5),
          p99: quantile(times, 0.99),
          busy: Math.max(0, 1 - idle / 1000 / seconds),
          statuses,
        });
      },
    );
    instance.on('start', () => {
      started = performance.now();
      if (amount !== undefined) wakefulness = new Wakefulness(() => times.length);
    });
    instance.on('response', (_client, status, _bytes, time) => {
      count(status);
      times.push(time);
      [ended, idle] = [performance.now(), wakefulness?.idle ?? Infinity];
    });
  });
}

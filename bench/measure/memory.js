import { startServers } from '../page/start-servers.js';
import { PAGE_HEADERS } from '../load/browser.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { Generator } from '../load/generator.js' */
/** @import { ServerOptions } from '../process/server.js' */

/** Pages a second of each server: few enough for all of them at the same time. */
export const PAGES_PER_SECOND = 96;

/**
 * Memory of servers, just started, after they have all sent pages to one signed-in person at the same rate.
 * @param {number} seconds of load
 * @param {{ options: readonly ServerOptions[], clerk: ClerkInstance, generator: Generator }} stage
 * @returns {Promise<Record<string, number>>} bytes by server
 */
export async function measureMemory(seconds, { options, clerk, generator }) {
  const servers = await startServers(options, clerk);
  const rate = { perSecond: PAGES_PER_SECOND, seconds };
  const loads = await generator.run(
    servers.map(({ port, host }) => ({
      port,
      path: '/',
      headers: { ...PAGE_HEADERS, host },
      cookies: [clerk.hotSession],
      rate,
    })),
  );
  const failed = loads.find(({ requests, statuses }) => statuses[200] !== requests);
  if (failed) throw new Error(`Not every page was sent: ${JSON.stringify(failed.statuses)}`);
  /** @type {Record<string, number>} */
  const memory = {};
  for (const server of servers) {
    memory[server.name] = (await server.usage()).rss;
    await server.stop();
  }
  return memory;
}

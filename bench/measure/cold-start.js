import { Server } from '../process/server.js';
import { spread } from '../statistics.js';

/** @import { ServerOptions } from '../process/server.js' */
/** @import { Spread } from '../statistics.js' */

/**
 * Time from the start of the process to its first answer of status 200, to 2 ms.
 * @typedef {object} Start
 * @property {string} title
 * @property {Spread} milliseconds
 * @property {Spread} ratio how many times that of the last program, run by run
 */

/**
 * Starts programs in turn.
 * @param {readonly (ServerOptions & { title: string })[]} programs
 * @param {number} runs of each, after one that does not count
 * @param {string} [path] that is asked for
 * @returns {Promise<Start[]>}
 */
export async function measureStarts(programs, runs, path = '/') {
  const times = programs.map(() => /** @type {number[]} */ ([]));
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, program] of programs.entries()) {
      const started = performance.now();
      const server = await Server.start(program, path);
      if (run > 0) times[index]?.push(performance.now() - started);
      await server.stop();
    }
  }
  const base = times.at(-1) ?? [];
  return programs.map(({ title }, index) => {
    const own = times[index] ?? [];
    return {
      title,
      milliseconds: spread(own),
      ratio: spread(own.map((time, run) => time / (base[run] ?? Number.NaN))),
    };
  });
}

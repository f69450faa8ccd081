import process from 'node:process';
import { ask, startNode, stop } from '../process/children.js';

/**
 * @typedef {object} Job
 * @property {number} port
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {readonly string[]} cookies one a request, in turn; none for requests without cookies
 * @property {number} [amount] of requests, a multiple of the connections, as fast as they are answered
 * @property {{ perSecond: number, seconds: number }} [rate] in place of an amount
 */

/**
 * @typedef {object} Load
 * @property {number} requests
 * @property {number} seconds
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} busy share of the time in which answers kept the generator at work; nothing is known of it at a rate
 * @property {Record<string, number>} statuses how many answers had each; under `error` those that did not come
 */

/** The process that sends requests. */
export class Generator {
  #child = startNode(1, [new URL('./process.js', import.meta.url).pathname], {
    env: { PATH: process.env['PATH'] },
  });

  /**
   * @param {readonly Job[]} jobs done at the same time
   * @returns {Promise<Load[]>}
   */
  run(jobs) {
    return ask(this.#child, { jobs }, 180);
  }

  stop() {
    return stop(this.#child);
  }
}

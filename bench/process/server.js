import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ask, startNode, stop } from './children.js';
import { freePort, request, untilUp } from './http.js';
import { temporaryFolder } from './temporary.js';

/** @import { Usage } from '../servers/report-usage.js' */

const REPORT_USAGE = new URL('../servers/report-usage.js', import.meta.url).href;

/**
 * @typedef {object} ServerOptions
 * @property {string} name
 * @property {string} program file that Node.js runs
 * @property {string} [cwd]
 * @property {Record<string, string>} variables beside PORT
 * @property {string} host `Host` header of the requests to it
 */

/** A server in a process of its own, listening on loopback. */
export class Server {
  /**
   * @param {ServerOptions} options
   * @param {number} port
   */
  constructor(options, port) {
    this.name = options.name;
    this.host = options.host;
    this.port = port;
    this.errorFile = join(temporaryFolder(), 'errors.txt');
    const errors = openSync(this.errorFile, 'w');
    this.child = startNode(0, ['--import', REPORT_USAGE, options.program], {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        NODE_ENV: 'production',
        ...options.variables,
        PORT: String(port),
      },
      errors,
    });
    closeSync(errors);
  }

  /**
   * Starts a server and waits for its first answer of status 200.
   * @param {ServerOptions} options
   * @param {string} [path]
   */
  static async start(options, path = '/') {
    const server = new Server(options, await freePort());
    try {
      await untilUp(server.port, path, { host: server.host }, () => server.#trouble());
      return server;
    } catch (error) {
      await server.stop();
      throw new Error(`${server.name} does not start`, { cause: error });
    }
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} headers
   */
  get(path, headers) {
    return request(this.port, path, { ...headers, host: this.host });
  }

  /** @returns {Promise<Usage>} */
  usage() {
    return ask(this.child, {}, 20);
  }

  stop() {
    return stop(this.child);
  }

  #trouble() {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) return undefined;
    return readFileSync(this.errorFile, 'utf8').slice(-2000) || `ended with ${exitCode}`;
  }
}

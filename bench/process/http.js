import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** @typedef {{ status: number, body: string }} Answer */

/**
 * @param {number} port
 * @param {string} path
 * @param {Record<string, string>} headers
 * @returns {Promise<Answer>}
 */
export function request(port, path, headers) {
  return new Promise((answer, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, agent: false, timeout: 10_000 };
    const call = get(options, (response) => {
      const parts = /** @type {Buffer[]} */ ([]);
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        answer({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.on('timeout', () => call.destroy(new Error(`GET ${path}: no answer`)));
  });
}

/**
 * Asks every 2 ms until there is an answer of status 200.
 * @param {number} port
 * @param {string} path
 * @param {Record<string, string>} headers
 * @param {() => string | undefined} trouble why no answer will come, if so
 */
export async function untilUp(port, path, headers, trouble) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer = await request(port, path, headers).catch(() => null);
    if (answer?.status === 200) return;
    const reason = answer ? `GET ${path} answers ${answer.status}: ${answer.body.slice(0, 300)}` : trouble();
    if (reason !== undefined) throw new Error(reason);
    await pause(2);
  }
  throw new Error(`Nothing listens on port ${port} after a minute`);
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

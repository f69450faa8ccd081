import { join } from 'node:path';
import { APP_URL, CANDIDATES, KIT } from '../candidates.js';
import { API_HEADERS, PAGE_HEADERS } from '../load/browser.js';
import { Server } from '../process/server.js';
import { temporaryFolder } from '../process/temporary.js';
import { factsOf } from './facts.js';
import { checkAnswers } from './same-answers.js';
import { writeViews } from './views.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { ServerOptions } from '../process/server.js' */

/** @typedef {ServerOptions & { title: string }} Titled */

const { host } = new URL(APP_URL);

/**
 * What every server is started with, learnt from the kit itself.
 * @param {ClerkInstance} clerk
 * @returns {Promise<readonly Titled[]>}
 */
export async function serverOptions(clerk) {
  const folder = temporaryFolder();
  await writeViews(join(KIT, 'views'), folder);
  const variables = { ...clerk.variables, APP_URL };
  const [kit, ...others] = CANDIDATES.map((candidate) => ({ ...candidate, host, variables }));
  if (!kit) throw new Error('Nothing to measure');
  const facts = await learn(kit, clerk);
  const told = { ...variables, BENCH_VIEWS: folder, BENCH_FACTS: JSON.stringify(facts) };
  return [kit, ...others.map((other) => ({ ...other, variables: told }))];
}

/**
 * Starts the servers, which have to answer alike.
 * @param {readonly ServerOptions[]} options
 * @param {ClerkInstance} clerk
 */
export async function startServers(options, clerk) {
  const servers = [];
  for (const server of options) servers.push(await Server.start(server));
  await checkAnswers(servers, clerk);
  return servers;
}

/**
 * @param {ServerOptions} options
 * @param {ClerkInstance} clerk
 */
async function learn(options, clerk) {
  const kit = await Server.start(options);
  const signedIn = await kit.get('/', { ...PAGE_HEADERS, cookie: clerk.hotSession });
  const signedOut = await kit.get('/', PAGE_HEADERS);
  const refusal = await kit.get('/api/me', API_HEADERS);
  await kit.stop();
  return factsOf({ signedIn: signedIn.body, signedOut: signedOut.body, refusal: refusal.body });
}

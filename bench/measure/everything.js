import { availableParallelism, cpus, release, type } from 'node:os';
import process from 'node:process';
import { BARE_NEST, APP_URL } from '../candidates.js';
import { ClerkInstance } from '../clerk/instance.js';
import { Generator } from '../load/generator.js';
import { serverOptions } from '../page/start-servers.js';
import { CAN_PIN } from '../process/children.js';
import { measureStarts } from './cold-start.js';
import { measureGrowth } from './growth.js';
import { measureMemory } from './memory.js';
import { measurePages } from './pages.js';

/** @import { Plan } from '../plan.js' */
/** @import { Start } from './cold-start.js' */
/** @import { Growth } from './growth.js' */
/** @import { Figures } from './pages.js' */

/**
 * All that one run has measured.
 * @typedef {object} Results
 * @property {string} date
 * @property {{ node: string, cpu: string, cores: number, os: string, isPinned: boolean }} machine
 * @property {Plan} plan
 * @property {number} rounds of pages that there was time for
 * @property {number} dropped measurements in which the load generator was the slower side
 * @property {Record<string, Record<string, Figures>>} pages by workload and server
 * @property {Start[]} starts the bare application last
 * @property {Record<string, number>} memory bytes by server
 * @property {{ pages: Growth[], starts: Start[] }} growth
 */

/**
 * @param {Plan} plan
 * @returns {Promise<Results>}
 */
export async function measureEverything(plan) {
  const clerk = new ClerkInstance(APP_URL);
  const generator = new Generator();
  const options = await serverOptions(clerk);
  const stage = { options, clerk, generator };
  try {
    console.log('pages');
    const { rounds, dropped, figures } = await measurePages(plan, stage);
    console.log('cold start');
    const starts = await measureStarts(startPrograms(options), plan.starts);
    console.log('memory');
    const memory = plan.memorySeconds > 0 ? await measureMemory(plan.memorySeconds, stage) : {};
    console.log('growth');
    const growth = await measureGrowth(plan, stage);
    const date = new Date().toISOString().slice(0, 10);
    return { date, machine: machine(), plan, rounds, dropped, pages: figures, starts, memory, growth };
  } finally {
    await generator.stop();
  }
}

/** @param {Awaited<ReturnType<typeof serverOptions>>} options */
function startPrograms(options) {
  const measured = options.filter(({ name }) => ['kit', 'express', 'fastify'].includes(name));
  const [{ host, variables } = { host: '', variables: {} }] = options;
  return [...measured, { ...BARE_NEST, host, variables }];
}

function machine() {
  return {
    node: process.versions.node,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    os: `${type()} ${release().split('-')[0]}`,
    isPinned: CAN_PIN,
  };
}

// How much longer the application takes to start with many more plugins: node bench/start-up.js [plugins] [runs]
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { projectFiles } from '../tools/project-files.js';

const [plugins = 50, runs = 15] = process.argv.slice(2).map(Number);
const [few, many] = [await copy(), await copy()];
for (let number = 1; number <= plugins; number += 1) {
  perform(many, 'npx', 'nest', 'generate', 'plugin', `extra-${number}`);
}
for (const folder of [few, many]) perform(folder, 'npm', 'run', 'build');

/** @type {[few: number, many: number][]} Milliseconds until the first answer, one run of each after the other. */
const times = [];
for (let run = 0; run <= runs; run += 1) times.push([await startUp(few), await startUp(many)]);
const counted = times.slice(1);
const ratios = counted.map(([before, after]) => after / before);
console.log(`without: ${median(counted.map(([before]) => before)).toFixed(0)} ms`);
console.log(`with ${plugins} more plugins: ${median(counted.map(([, after]) => after)).toFixed(0)} ms`);
console.log(
  `ratio: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
);
for (const folder of [few, many]) await rm(folder, { recursive: true });

async function copy() {
  const folder = await mkdtemp(join(tmpdir(), 'start-up-'));
  for (const path of await projectFiles('.')) await cp(path, join(folder, path));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/**
 * @param {string} folder
 * @param {string} program
 * @param {string[]} words
 */
function perform(folder, program, ...words) {
  const { status, stderr } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
}

/**
 * Milliseconds from the start of the process to its first answer.
 * @param {string} folder
 */
async function startUp(folder) {
  const port = await freePort();
  const started = performance.now();
  const app = spawn(process.execPath, ['dist/main.js'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    while (!(await isUp(port))) if (app.exitCode !== null) throw new Error(`${folder} does not start`);
    return performance.now() - started;
  } finally {
    app.kill('SIGKILL');
  }
}

/** @param {number} port */
function isUp(port) {
  return fetch(`http://localhost:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

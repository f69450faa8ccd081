import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** Whether processes can be kept to a core of their own, so that server and load do not take turns. */
export const CAN_PIN = [0, 1].every(
  (core) => spawnSync('taskset', ['-c', String(core), 'true'], { stdio: 'ignore' }).status === 0,
);

/**
 * Node.js on a core of its own, with a channel for messages. It ends with this process at the latest.
 * @param {0 | 1} core
 * @param {readonly string[]} words after `node`
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, errors?: number | 'inherit' }} options `errors`: where standard error
 * goes; standard output, with a server's request log, is written and thrown away
 */
export function startNode(core, words, { cwd, env, errors = 'inherit' }) {
  const [program = process.execPath, ...rest] = [
    ...(CAN_PIN ? ['taskset', '-c', String(core)] : []),
    process.execPath,
    ...words,
  ];
  const child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'ignore', errors, 'ipc'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>} when it is gone
 */
export function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((gone) => {
    child.once('exit', () => gone());
    child.kill('SIGKILL');
  });
}

/**
 * Sends a message and waits for the next one back.
 * @template Answer
 * @param {import('node:child_process').ChildProcess} child
 * @param {object} message
 * @param {number} seconds longest wait
 * @returns {Promise<Answer>}
 */
export function ask(child, message, seconds) {
  return new Promise((answer, reject) => {
    const fail = () => settle(() => reject(new Error(`No answer from process ${child.pid}`)));
    const timer = setTimeout(fail, seconds * 1000);
    const succeed = (/** @type {unknown} */ value) => settle(() => answer(/** @type {Answer} */ (value)));
    const settle = (/** @type {() => void} */ then) => {
      clearTimeout(timer);
      child.off('message', succeed).off('exit', fail);
      then();
    };
    child.once('message', succeed).once('exit', fail);
    child.send(message);
  });
}

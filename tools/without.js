// Checks and builds the application with plugins taken out, on a copy: npm run without -- <plugin> … [-- <tests>]
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Refusal, run } from './command.js';
import { projectFiles } from './project-files.js';

const CHECKS = [
  ['npx', 'prettier', '--check', '.'],
  ['npm', 'run', 'lint'],
  ['npm', 'run', 'typecheck'],
  ['npm', 'run', 'build'],
];

await run(async (...words) => {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const ids = words.slice(0, end);
  if (ids.length === 0) throw new Refusal('No plugin: npm run without -- <plugin> … [-- <tests>]');
  const copy = await mkdtemp(join(tmpdir(), 'without-'));
  try {
    for (const path of await projectFiles('.')) await cp(path, join(copy, path));
    await symlink(resolve('node_modules'), join(copy, 'node_modules'));
    perform(copy, ['git', 'init', '--quiet']);
    for (const id of ids) perform(copy, ['npm', 'run', 'remove', '--', id]);
    for (const check of CHECKS) perform(copy, check);
    perform(copy, ['npm', 'test', '--', ...words.slice(end + 1)]);
  } finally {
    await rm(copy, { recursive: true });
  }
});

/**
 * Runs a command in the copy. What npm uninstalls there, it takes out of the manifests alone: the packages are the project's.
 * @param {string} copy
 * @param {string[]} command
 * @throws {Refusal} when it fails
 */
function perform(copy, [program = '', ...words]) {
  const { status } = spawnSync(program, words, {
    cwd: copy,
    stdio: 'inherit',
    env: { ...process.env, npm_config_package_lock_only: 'true' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Refusal(`Failed: ${[program, ...words].join(' ')}`);
}

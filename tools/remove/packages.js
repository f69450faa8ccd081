import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { Refusal } from '../command.js';
import { filesIn, isWithin, sourceFiles } from '../project/files.js';

/**
 * The dependencies that a plugin alone imports, with their types.
 * @param {string} id
 * @param {string[]} places of its own
 */
export function ownPackages(id, places) {
  const { dependencies = {}, devDependencies = {} } = readJson('package.json');
  const others = sourceFiles()
    .filter((path) => !places.some((place) => isWithin(path, place)))
    .map((path) => readFileSync(path, 'utf8'));
  const own = [...new Set(filesIn(`src/${id}`).flatMap(packagesIn))]
    .filter((name) => name in dependencies)
    .filter((name) => !others.some((text) => isNamedIn(text, name)));
  const free = own.filter((name) => !isPeer(name, own));
  const types = free
    .map((name) => `@types/${name.replace(/^@(.+)\//, '$1__')}`)
    .filter((name) => name in devDependencies);
  return [...free, ...types];
}

/**
 * @param {string[]} packages
 * @throws {Refusal} when npm does not do it
 */
export function uninstall(packages) {
  if (packages.length === 0) return;
  const { status } = spawnSync('npm', ['uninstall', '--loglevel=error', '--no-audit', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Refusal(
      `npm uninstall ${packages.join(' ')} has failed, and nothing was taken out. Make it succeed, then try again.`,
    );
  }
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function packagesIn(path) {
  return ts
    .preProcessFile(readFileSync(path, 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => /^(?:@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? '');
}

/**
 * Whether a text names a package in quotes: an import, or the setting of a tool.
 * @param {string} text
 * @param {string} name
 */
function isNamedIn(text, name) {
  return new RegExp(`['"\`]${name.replaceAll('.', '\\.')}['"\`/]`).test(text);
}

/**
 * Whether an installed package of others takes this one from the project.
 * @param {string} name
 * @param {string[]} own
 */
function isPeer(name, own) {
  /** @type {Record<string, { peerDependencies?: Record<string, string> }>} */
  const packages = readJson('package-lock.json').packages;
  return Object.entries(packages).some(
    ([path, { peerDependencies = {} }]) =>
      name in peerDependencies && !own.some((other) => path === `node_modules/${other}`),
  );
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path/posix';

/**
 * Every file at a path or below it, links by themselves; none where nothing is.
 * @param {string} path
 * @returns {string[]}
 */
export function filesIn(path) {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry ? [path] : [];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}

/**
 * Whether a path is another one or lies below it.
 * @param {string} path
 * @param {string} folder
 */
export function isWithin(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The source files that can import something, wherever they lie in the project. */
export function sourceFiles() {
  const atTheTop = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...atTheTop.map(({ name }) => name), ...['src', 'test', 'tools'].flatMap(filesIn)].filter((path) =>
    /\.[cm]?[jt]s$/.test(path),
  );
}

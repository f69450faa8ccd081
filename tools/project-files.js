import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, paths } from './git.js';

/**
 * The project's own files by their paths, slashes forward: what git knows or would add. Without git, all that the
 * `.gitignore` of the folder itself does not name.
 * @param {string} root
 */
export async function projectFiles(root) {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  const listed = paths(await git(root, words).catch(() => ''));
  const found = listed.length > 0 ? listed : await walk(root, '', await ignored(root));
  return (await regularFiles(root, found)).toSorted();
}

/**
 * Those of the paths that are files there, neither links nor folders.
 * @param {string} root
 * @param {readonly string[]} candidates
 */
export async function regularFiles(root, candidates) {
  const areFiles = await Promise.all(candidates.map((path) => isFile(join(root, path))));
  return candidates.filter((_path, index) => areFiles[index]);
}

/** @param {string} path */
function isFile(path) {
  return lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {readonly { pattern: RegExp, keeps: boolean }[]} rules
 * @returns {Promise<string[]>}
 */
async function walk(root, folder, rules) {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = folder + entry.name + (entry.isDirectory() ? '/' : '');
    if (path === '.git/' || rules.findLast(({ pattern }) => pattern.test(path))?.keeps === false) return [];
    return entry.isDirectory() ? walk(root, path, rules) : [path];
  });
  return (await Promise.all(found)).flat();
}

/** @param {string} root */
async function ignored(root) {
  const text = await readFile(join(root, '.gitignore'), 'utf8').catch(() => '');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ pattern: toPattern(line.replace(/^!/, '')), keeps: line.startsWith('!') }));
}

/**
 * For paths of files, and of folders with a slash behind. A name without a slash in it counts in every folder.
 * @param {string} line
 */
function toPattern(line) {
  const glob = line
    .replace(/^\//, '')
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll(/\*\*\/?|\*|\?/g, (wild) => (wild.startsWith('**') ? '.*' : wild === '*' ? '[^/]*' : '[^/]'));
  return new RegExp(`^${/\/./.test(line) ? '' : '(?:.*/)?'}${glob}${line.endsWith('/') ? '' : '/?'}$`);
}

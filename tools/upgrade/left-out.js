import { git, paths } from '../git.js';

/**
 * The ids of the kit's plugins that the application has taken out.
 * @param {string} root
 * @param {string} tag of the version that the application comes from
 */
export async function pluginsLeftOut(root, tag) {
  const modules = paths(await git(root, ['ls-tree', '-r', '--name-only', '-z', tag, 'src/']))
    .map((path) => ({ path, id: /^src\/([^/]+)\/\1\.module\.ts$/.exec(path)?.[1] }))
    .filter(({ id }) => id !== undefined);
  /** @type {string[]} */
  const ids = [];
  for (const { path, id = '' } of modules) {
    const isThere = (await git(root, ['ls-tree', '--name-only', 'HEAD', `src/${id}`])) !== '';
    if (!isThere && (await git(root, ['cat-file', 'blob', `${tag}:${path}`])).includes('@Plugin('))
      ids.push(id);
  }
  return ids;
}

/**
 * All places in which a plugin has files.
 * @param {string} id
 */
export function placesOf(id) {
  return [
    `src/${id}`,
    `views/${id}`,
    `test/${id}`,
    `test/browser/${id}`,
    `test/browser/${id}.spec.ts`,
    `public/assets/${id}`,
  ];
}

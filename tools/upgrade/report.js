/** @import { Upgraded } from './upgrade.js' */

const LOCKFILE = 'package-lock.json';

/**
 * What people are told of an upgrade, and what is left for them to do.
 * @param {Upgraded} upgraded
 */
export function report({ from, to, came, conflicts, leftOut }) {
  const isConflicting = conflicts.length > 0;
  const lines = [
    `From version ${from} of the kit to ${to}: ${count(came)} came over, ${count(conflicts)} in conflict.`,
    ...conflicts.map((path) => `  ${path}`),
    ...(leftOut.length > 0 ? [`Plugins that you have taken out stay out: ${leftOut.join(', ')}.`] : []),
    '',
    'Next:',
    ...(isConflicting ? ['  settle each conflict, then git add <file>'] : []),
    ...(conflicts.includes(LOCKFILE)
      ? [`  ${LOCKFILE}: npm install settles it, once package.json is settled`]
      : []),
    '  npm install',
    '  npm run check',
    `  git commit --message "build: come to version ${to} of the kit"`,
    'Or take it all back: git reset --merge',
  ];
  return lines.join('\n');
}

/** @param {readonly string[]} files */
function count({ length }) {
  return length === 1 ? '1 file' : `${length} files`;
}

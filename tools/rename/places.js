import { editJson } from '../json.js';
import { editLockfile } from '../lockfile.js';
import { letterOf } from './names.js';

/** @import { Names } from './names.js' */

/**
 * Changes the text of one file. What every other mention of the old names becomes is given beside.
 * @typedef {(text: string, old: Names, next: Names, replaced: (text: string) => string) => string} Place
 */

/** Fields of package.json that name other packages, or the kit. */
const OTHERS = /^(?:kit|overrides|.*dependencies)$/i;

/**
 * The files that name the application whatever it is called, by path.
 * @type {ReadonlyMap<string, Place>}
 */
export const PLACES = new Map(
  /** @type {[string, Place][]} */ ([
    ['package.json', inManifest],
    ['package-lock.json', inLockfile],
    ['public/icon.svg', inIcon],
    ['README.md', inLine(/^# .*$/m)],
    ['LICENSE', inLine(/^Copyright .*$/m)],
  ]),
);

/** @type {Place} */
function inManifest(text, _old, next, replaced) {
  return editJson('package.json', text, (fields) => {
    const entries = Object.entries(fields).map(([name, value]) => [
      name,
      OTHERS.test(name) ? value : inStrings(value, replaced),
    ]);
    return { ...Object.fromEntries(entries), name: next.slug, displayName: next.display };
  });
}

/**
 * @param {unknown} value
 * @param {(text: string) => string} replaced
 */
function inStrings(value, replaced) {
  return JSON.parse(JSON.stringify(value), (_key, part) =>
    typeof part === 'string' ? replaced(part) : part,
  );
}

/** @type {Place} Its other names are those of other packages. */
function inLockfile(text, _old, { slug }) {
  return editLockfile(text, { name: slug });
}

/** @type {Place} An icon of one's own has no such letter, and stays. */
function inIcon(text, old, next, replaced) {
  const letter = `>${letterOf(old.display)}</text>`;
  return replaced(text).replace(letter, () => `>${letterOf(next.display)}</text>`);
}

/**
 * The line has the name even when it is a single word.
 * @param {RegExp} line
 * @returns {Place}
 */
function inLine(line) {
  return (text, old, next, replaced) => {
    const found = line.exec(text);
    if (!found?.[0].includes(old.display)) return replaced(text);
    const end = found.index + found[0].length;
    const renamed = found[0].replace(old.display, () => next.display);
    return replaced(text.slice(0, found.index)) + renamed + replaced(text.slice(end));
  };
}

/** @import { Names } from './names.js' */

/**
 * A name of several words, which stands for nothing but the application wherever it is found. A single word may be an
 * ordinary one: nobody who renames "Home" wants another home page.
 * @param {string} name
 */
export function isDistinctive(name) {
  return /\S[\s/-]+\S/.test(name);
}

/**
 * Puts the new names in the place of the old ones, in whatever case those are written and across ends of lines, as far
 * as they are distinctive.
 * @param {Names} old
 * @param {Names} next
 * @returns {(text: string) => string}
 */
export function replacement(old, next) {
  const sought = [old.slug, old.display].filter(isDistinctive);
  if (sought.length === 0) return (text) => text;
  const pattern = new RegExp(sought.map(toPattern).join('|'), 'giu');
  return (text) =>
    text.replaceAll(pattern, (found) => {
      const isSlug = found === old.slug || (found !== old.display && found.toLowerCase() === old.slug);
      const name = isSlug ? next.slug : next.display;
      return found !== old.display && found === found.toUpperCase() ? name.toUpperCase() : name;
    });
}

/**
 * Tells whether a text has one of the old names that are not distinctive, as a word in any case.
 * @param {Names} old
 * @returns {(text: string) => boolean}
 */
export function leftover(old) {
  const sought = [old.slug, old.display].filter((name) => !isDistinctive(name));
  if (sought.length === 0) return () => false;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${sought.map(toPattern).join('|')})(?![\\p{L}\\p{N}])`,
    'iu',
  );
  return (text) => pattern.test(text);
}

/** @param {string} name */
function toPattern(name) {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+');
}

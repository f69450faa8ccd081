import { isBuiltin } from 'node:module';
import { Refusal } from '../command.js';

/**
 * What an application is called.
 * @typedef {object} Names
 * @property {string} display what people read
 * @property {string} slug what npm reads
 */

/** @import { Fields } from '../json.js' */

const LONGEST = 60;
/** What neither a template, a string of a program, YAML, Markdown nor a shell takes for more than a letter. */
const ALLOWED = /^[\p{L}\p{M}\p{N} ’.,+!()-]$/u;
/** Latin letters that are no letter and an accent to Unicode. */
const LETTERS = new Map(
  Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' }),
);

/**
 * The names of an application that people are to know by this one. A typed apostrophe becomes a printed one, which no
 * file has to escape.
 * @param {string} typed
 * @returns {Names}
 * @throws {Refusal} when no application can be called so
 */
export function namesFor(typed) {
  const display = typed
    .normalize('NFC')
    .replaceAll(/^ +| +$/g, '')
    .replaceAll(/ +/g, ' ')
    .replaceAll("'", '’');
  if (!/^[\p{L}\p{N}]/u.test(display)) {
    throw new Refusal(`A name begins with a letter or a digit; "${display}" does not.`);
  }
  const characters = [...display];
  if (characters.length > LONGEST) {
    throw new Refusal(`A name has at most ${LONGEST} characters; this one has ${characters.length}.`);
  }
  const stranger = characters.find((character) => !ALLOWED.test(character));
  if (stranger !== undefined) {
    throw new Refusal(
      `A name consists of letters, digits, spaces and ’ . , + ! ( ) -; this one has ${spelled(stranger)}.`,
    );
  }
  return { display, slug: slugOf(display) };
}

/**
 * The names that an application has by its package.json.
 * @param {Fields} manifest
 * @returns {Names}
 * @throws {Refusal} when it lacks one
 */
export function namesOf({ name, displayName }) {
  if (typeof name === 'string' && typeof displayName === 'string' && name !== '' && displayName !== '') {
    return { display: displayName, slug: name };
  }
  throw new Refusal(
    'package.json does not say what the application is called: give it "name" and "displayName".',
  );
}

/**
 * The letter that stands for a name: its first, accent and all.
 * @param {string} display
 */
export function letterOf(display) {
  return /^[\p{L}\p{N}]\p{M}*/u.exec(display)?.[0] ?? '';
}

/**
 * See https://docs.npmjs.com/cli/configuring-npm/package-json#name.
 * @param {string} display
 */
function slugOf(display) {
  const latin = display.toLowerCase().replaceAll(/\p{L}/gu, (letter) => LETTERS.get(letter) ?? letter);
  const slug = latin
    .normalize('NFKD')
    .replaceAll(/[\p{M}’]/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (slug === '') {
    throw new Refusal(
      `npm takes a to z and 0 to 9 only, and "${display}" has none of them: add a word that has.`,
    );
  }
  if (isBuiltin(slug)) {
    throw new Refusal(`npm refuses ${slug}, which is a module of Node.js: add a word to the name.`);
  }
  return slug;
}

/** @param {string} character */
function spelled(character) {
  const code = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\p{Z}]/u.test(character) ? code : `${character} (${code})`;
}

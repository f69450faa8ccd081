import { Refusal } from './command.js';

/** @typedef {Record<string, unknown>} Fields */

/**
 * The object that a JSON file holds.
 * @param {string} path of the file, for the message
 * @param {string} text
 * @returns {Fields}
 * @throws {Refusal} when it holds none
 */
export function parseJson(path, text) {
  const value = parsed(path, text);
  if (isFields(value)) return value;
  throw new Refusal(`${path} holds no JSON object: mend it first.`);
}

/**
 * The text of a JSON file with its object changed, indented as before.
 * @param {string} path of the file, for the message
 * @param {string} text
 * @param {(fields: Fields) => Fields} change
 * @throws {Refusal} when it holds no object
 */
export function editJson(path, text, change) {
  const indentation = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  return `${JSON.stringify(change(parseJson(path, text)), null, indentation)}\n`;
}

/**
 * @param {unknown} value
 * @returns {value is Fields}
 */
export function isFields(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {unknown}
 */
function parsed(path, text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal(`${path} is not JSON: mend it first.`, { cause });
  }
}

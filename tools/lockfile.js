import { editJson, isFields } from './json.js';

/** @import { Fields } from './json.js' */

/**
 * The text of package-lock.json with fields of the application's own package changed, in both places that have them.
 * @param {string} text
 * @param {Fields} own
 * @throws {Refusal} when it holds no JSON object
 */
export function editLockfile(text, own) {
  return editJson('package-lock.json', text, (fields) => {
    const { packages } = fields;
    if (!isFields(packages) || !isFields(packages[''])) return { ...fields, ...own };
    return { ...fields, ...own, packages: { ...packages, '': { ...packages[''], ...own } } };
  });
}

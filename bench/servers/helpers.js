import { facts } from './settings.js';

/**
 * @typedef {object} Block
 * @property {(context: unknown) => string} fn
 * @property {(context: unknown) => string} inverse
 * @property {{ root: { auth: { userId: string | null } } }} data
 */

/** The helpers that the templates of the home page call, as an application would write them. */
export const helpers = {
  asset: (/** @type {string} */ name) => facts.assets[name],
  url: (/** @type {string} */ value) => value,
  truncate: (/** @type {string} */ name) => (name.length > 80 ? `${name.slice(0, 80)}…` : name),
  words,
  planName: words,
  hasPage,
  signedIn,
  once: (/** @type {unknown} */ object, /** @type {Block} */ { fn }) => fn(object),
};

/** @param {string} slug */
function words(slug) {
  const spaced = slug.replaceAll(/[-_]+/g, ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/**
 * @this {unknown}
 * @param {string} _path
 * @param {Block} block
 */
function hasPage(_path, { fn }) {
  return fn(this);
}

/**
 * @this {unknown}
 * @param {Block} block
 */
function signedIn({ data, fn, inverse }) {
  return data.root.auth.userId === null ? inverse(this) : fn(this);
}

/**
 * A version as semver.org has it, without build metadata.
 * @typedef {object} Version
 * @property {string} text without a leading v
 * @property {number[]} numbers
 * @property {string[]} stage what makes it a pre-release, in parts; empty for a release
 */

const PATTERN = /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([\da-z-]+(?:\.[\da-z-]+)*))?)$/i;

/**
 * @param {unknown} text with or without a leading v
 * @returns {Version | null} null for what is no version
 */
export function parseVersion(text) {
  const found = typeof text === 'string' ? PATTERN.exec(text) : null;
  if (!found) return null;
  const [, whole = '', major, minor, patch, stage] = found;
  return { text: whole, numbers: [major, minor, patch].map(Number), stage: stage?.split('.') ?? [] };
}

/**
 * Below zero when the first is older, above when it is newer. See https://semver.org/#spec-item-11.
 * @param {Version} one
 * @param {Version} other
 */
export function compareVersions(one, other) {
  return (
    firstDifference(one.numbers, other.numbers, (a, b) => a - b) ||
    Number(other.stage.length > 0) - Number(one.stage.length > 0) ||
    firstDifference(one.stage, other.stage, compareParts) ||
    one.stage.length - other.stage.length
  );
}

/**
 * @template T
 * @param {readonly T[]} one
 * @param {readonly T[]} other
 * @param {(a: T, b: T) => number} compare
 */
function firstDifference(one, other, compare) {
  const both = one.slice(0, other.length);
  return both.map((part, index) => compare(part, other[index] ?? part)).find((difference) => difference) ?? 0;
}

/**
 * Numbers by their size and before words, words by their characters.
 * @param {string} a
 * @param {string} b
 */
function compareParts(a, b) {
  const [isNumber, isOtherNumber] = [a, b].map((part) => /^\d+$/.test(part));
  if (isNumber && isOtherNumber) return Number(a) - Number(b);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

import { Refusal } from '../command.js';
import { compareVersions, parseVersion } from './versions.js';

/** @import { Version } from './versions.js' */

/**
 * The version to come to: the one that is asked for, else the newest release.
 * @param {Version} recorded the one that the application came from
 * @param {readonly Version[]} all those that the kit has
 * @param {string} [asked]
 * @returns {Version}
 * @throws {Refusal} when there is no such version or it is not newer
 */
export function targetOf(recorded, all, asked) {
  if (!all.some(({ text }) => text === recorded.text)) {
    throw new Refusal(
      `The kit's repository has no tag v${recorded.text}, which this application comes from by "kit" in package.json. ` +
        `Put the right version there; ${listed(all)}`,
    );
  }
  const target = asked === undefined ? newestRelease(all) : named(asked, all);
  if (target && compareVersions(target, recorded) > 0) return target;
  throw new Refusal(
    asked === undefined
      ? `Nothing newer: this application has version ${recorded.text} of the kit already.`
      : `Version ${target?.text} is not newer than ${recorded.text}, which this application has already.`,
  );
}

/** @param {readonly Version[]} all */
function newestRelease(all) {
  return all
    .filter(({ stage }) => stage.length === 0)
    .toSorted(compareVersions)
    .at(-1);
}

/**
 * @param {string} asked
 * @param {readonly Version[]} all
 */
function named(asked, all) {
  const text = parseVersion(asked)?.text;
  const found = all.find((version) => version.text === text);
  if (!found) throw new Refusal(`The kit's repository has no version ${asked}; ${listed(all)}`);
  return found;
}

/** @param {readonly Version[]} all */
function listed(all) {
  const texts = all.toSorted(compareVersions).map(({ text }) => text);
  return texts.length === 0 ? 'it has none at all.' : `it has ${texts.join(', ')}.`;
}

import { readyClone } from './clone.js';
import { dropTags, fetchTags, tagOf } from './kit-tags.js';
import { pluginsLeftOut } from './left-out.js';
import { mergeIn } from './merge.js';
import { commitInOwnTerms } from './own-terms.js';
import { targetOf } from './target.js';

/** @import { Merged } from './merge.js' */

/**
 * @typedef {Merged & { from: string, to: string, leftOut: string[] }} Upgraded with the kit's versions and the ids of
 *   the plugins that stay out
 */

/**
 * Merges what the kit has changed since the version that the application comes from into the application's files.
 * Commits nothing.
 * @param {string} root folder of the application
 * @param {string} [asked] version to come to; the newest release unless it is given
 * @returns {Promise<Upgraded>}
 * @throws {Refusal} when the application is not ready or there is no such newer version; nothing is changed then
 */
export async function upgrade(root, asked) {
  const clone = await readyClone(root);
  try {
    const target = targetOf(clone.recorded, await fetchTags(root), asked);
    const leftOut = await pluginsLeftOut(root, tagOf(clone.recorded));
    const base = await commitInOwnTerms(clone, clone.recorded, leftOut);
    const next = await commitInOwnTerms(clone, target, leftOut, base);
    const merged = await mergeIn(root, base, next);
    return { ...merged, from: clone.recorded.text, to: target.text, leftOut };
  } finally {
    await dropTags(root);
  }
}

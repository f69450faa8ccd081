/** @import { Results } from '../measure/everything.js' */

/**
 * @typedef {object} Goal
 * @property {string} title
 * @property {string} wanted
 * @property {string} measured
 * @property {boolean} isMet
 */

/**
 * What the kit is to reach. Clerk's SDK itself is about twice as fast from Node.js 24 on.
 * @param {Results} results
 * @returns {Goal[]}
 */
export function goalsOf({ machine, pages, starts, growth }) {
  const isModern = Number(machine.node.split('.')[0]) >= 24;
  const express = (/** @type {string} */ name) => pages[name]?.['express']?.ratio.median ?? Number.NaN;
  const hot = pages['signed-in'] ?? {};
  const peers = Object.entries(hot).filter(([name]) => name !== 'kit' && name !== 'limit');
  const bestPeer = Math.min(...peers.map(([, { p50 }]) => p50.median));
  const largest = growth.pages.filter(({ routes }) => routes === 1000);
  return [
    atLeast('Signed in, one session: CPU of `@clerk/express`', express('signed-in'), isModern ? 6 : 10),
    atLeast('Signed in, seen twice: CPU of `@clerk/express`', express('seen-twice'), isModern ? 4 : 7),
    atLeast('Signed out: CPU of `@clerk/express`', express('signed-out'), isModern ? 3 : 5),
    atLeast('Signed in: throughput of the limit', hot['limit']?.throughputRatio.median ?? Number.NaN, 0.5),
    atMost("Signed in: p99, of the best peer's p50", (hot['kit']?.p99.median ?? Number.NaN) / bestPeer, 1),
    atMost('Cold start of a bare NestJS application', starts[0]?.ratio.median ?? Number.NaN, 1.5),
    ...largest.flatMap(({ pages: { home, last } }) => [
      atMost('Home page with 1,000 further routes', home.ratio.median, 1.1),
      atMost('The last page behind 1,000 further routes', last.ratio.median, 1.1),
    ]),
  ];
}

/**
 * @param {string} title
 * @param {number} measured
 * @param {number} wanted
 * @returns {Goal}
 */
function atLeast(title, measured, wanted) {
  return { title, wanted: `at least ${wanted} x`, measured: times(measured), isMet: measured >= wanted };
}

/**
 * @param {string} title
 * @param {number} measured
 * @param {number} wanted
 * @returns {Goal}
 */
function atMost(title, measured, wanted) {
  return { title, wanted: `at most ${wanted} x`, measured: times(measured), isMet: measured <= wanted };
}

/** @param {number} ratio */
function times(ratio) {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)} x`;
}

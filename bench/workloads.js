import { BLOCK } from './load/connections.js';
import { API_HEADERS, PAGE_HEADERS } from './load/browser.js';

/** @import { ClerkInstance } from './clerk/instance.js' */

/**
 * Requests of one kind.
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} title
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {number} status of every answer
 * @property {(clerk: ClerkInstance, amount: number) => string[]} cookies of so many requests, in turn; the amount is in whole blocks
 */

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  {
    name: 'signed-in',
    title: 'Signed in, one session',
    path: '/',
    headers: PAGE_HEADERS,
    status: 200,
    cookies: (clerk) => [clerk.hotSession],
  },
  {
    name: 'seen-twice',
    title: 'Signed in, each session seen twice',
    path: '/',
    headers: PAGE_HEADERS,
    status: 200,
    cookies: (clerk, amount) => {
      const blocks = Array.from({ length: amount / BLOCK }, () => clerk.newSessions(BLOCK / 2));
      return blocks.flatMap((sessions) => shuffled([...sessions, ...sessions]));
    },
  },
  {
    name: 'signed-out',
    title: 'Signed out',
    path: '/',
    headers: PAGE_HEADERS,
    status: 200,
    cookies: () => [],
  },
  {
    name: 'refused',
    title: 'Refused API call',
    path: '/api/me',
    headers: API_HEADERS,
    status: 401,
    cookies: () => [],
  },
  {
    name: 'api',
    title: 'API call, signed in',
    path: '/api/me',
    headers: API_HEADERS,
    status: 200,
    cookies: (clerk) => [clerk.hotSession],
  },
];

/** @param {readonly string[]} items */
function shuffled(items) {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

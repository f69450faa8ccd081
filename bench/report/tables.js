import { CANDIDATES } from '../candidates.js';
import { WORKLOADS } from '../workloads.js';
import { goalsOf } from './goals.js';

/** @import { Results } from '../measure/everything.js' */
/** @import { Start } from '../measure/cold-start.js' */
/** @import { Spread } from '../statistics.js' */

const RATIO = 'x of the kit';

/**
 * The figures of each kind of requests.
 * @param {Results} results
 */
export function pagesTables({ pages }) {
  return WORKLOADS.map(({ name, title, path }) => {
    const rows = CANDIDATES.flatMap((candidate) => {
      const figures = pages[name]?.[candidate.name];
      if (!figures) return [];
      const { cpu, ratio, throughput, p50, p99 } = figures;
      const times = candidate.name === 'kit' ? '1' : withSpread(ratio, 2);
      return [
        [
          candidate.title,
          withSpread(cpu, 0),
          times,
          whole(throughput.median),
          p50.median.toFixed(1),
          p99.median.toFixed(1),
        ],
      ];
    });
    const head = ['server', 'CPU, µs a request', RATIO, 'requests a second', 'p50, ms', 'p99, ms'];
    return `### ${title} (\`GET ${path}\`)\n\n${table(head, rows)}`;
  }).join('\n\n');
}

/** @param {Results} results */
export function goalsTable(results) {
  const rows = goalsOf(results).map(({ title, wanted, measured, isMet }) => [
    title,
    wanted,
    measured,
    isMet ? 'met' : '**missed**',
  ]);
  return table(['goal', 'wanted', 'measured', ''], rows);
}

/**
 * @param {readonly Start[]} starts
 * @param {string} base title of the ratio
 */
export function startsTable(starts, base) {
  const rows = starts.map(({ title, milliseconds, ratio }) => [
    title,
    withSpread(milliseconds, 0),
    withSpread(ratio, 2),
  ]);
  return table(['program', 'first answer after, ms', base], rows);
}

/** @param {Results} results */
export function memoryTable({ memory }) {
  const rows = CANDIDATES.flatMap(({ name, title }) => {
    const bytes = memory[name];
    return bytes === undefined ? [] : [[title, (bytes / 2 ** 20).toFixed(0)]];
  });
  return table(['server', 'memory (RSS), MiB'], rows);
}

/** @param {Results} results */
export function growthTable({ growth }) {
  const rows = growth.pages.map(({ title, pages: { home, last } }) => [
    title,
    withSpread(home.cpu, 0),
    withSpread(home.ratio, 2),
    withSpread(last.cpu, 0),
    withSpread(last.ratio, 2),
  ]);
  return table(['the kit with', 'home page, µs', 'x', 'last page, µs', 'x'], rows);
}

/**
 * @param {Spread} spread
 * @param {number} digits behind the point
 */
function withSpread({ lower, median, upper }, digits) {
  const text = (/** @type {number} */ value) => (digits === 0 ? whole(value) : value.toFixed(digits));
  return `${text(median)} (${text(lower)}–${text(upper)})`;
}

/** @param {number} value */
function whole(value) {
  return Math.round(value).toLocaleString('en-GB');
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

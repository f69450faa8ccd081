import { CANDIDATES } from '../candidates.js';

/** @import { Results } from '../measure/everything.js' */

const WIDTH = 860;
const LABELS = 300;
const BARS = 460;
const ROW = 52;
const TOP = 84;
const SERIES = [
  { name: 'signed-in', title: 'signed in', colour: '#2563eb' },
  { name: 'signed-out', title: 'signed out', colour: '#94a3b8' },
];

/**
 * A bar chart of the CPU time of a page, on a background of its own.
 * @param {Results} results
 */
export function performanceChart({ machine, pages }) {
  const value = (/** @type {string} */ series, /** @type {string} */ server) =>
    pages[series]?.[server]?.cpu.median ?? 0;
  const longest = Math.max(
    ...SERIES.flatMap((series) => CANDIDATES.map(({ name }) => value(series.name, name))),
  );
  const height = TOP + CANDIDATES.length * ROW + 12;
  const rows = CANDIDATES.map(({ name, title }, row) => {
    const y = TOP + row * ROW;
    const bars = SERIES.map((series, index) => {
      const cpu = value(series.name, name);
      const width = Math.max(1, (cpu / longest) * BARS).toFixed(1);
      const top = y + index * 20;
      return `  <rect x="${LABELS}" y="${top}" width="${width}" height="17" fill="${series.colour}"/>
  <text x="${LABELS + Number(width) + 6}" y="${top + 13}" font-size="12">${Math.round(cpu).toLocaleString('en-GB')}</text>`;
    });
    const weight = name === 'kit' ? ' font-weight="bold"' : '';
    const label = title.replaceAll('`', '');
    return `  <text x="${LABELS - 12}" y="${y + 23}" text-anchor="end"${weight}>${label}</text>\n${bars.join('\n')}`;
  });
  const legend = SERIES.map(
    (
      { title, colour },
      index,
    ) => `  <rect x="${LABELS + index * 130}" y="50" width="14" height="14" fill="${colour}"/>
  <text x="${LABELS + 20 + index * 130}" y="62" font-size="13">${title}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="14" fill="#1e293b">
  <title id="title">CPU time of one page in microseconds, by server</title>
  <rect width="${WIDTH}" height="${height}" rx="8" fill="#f8fafc"/>
  <text x="24" y="32" font-size="17" font-weight="bold">CPU time of one page in µs, Node.js ${machine.node.split('.')[0]} (less is better)</text>
${[...legend, ...rows].join('\n')}
</svg>
`;
}

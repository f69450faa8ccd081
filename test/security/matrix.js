// Which rows of the security specification the tests show, read from the tests' own titles.
// Run by `npm run matrix`; fails when a row is shown by no test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows by group: every one is shown by a test whose title begins with its id. */
const REQUIRED = [
  ...rows('A', 1, 38),
  ...rows('B', 1, 23),
  ...rows('C', 1, 20),
  ...rows('D', 1, 23),
  ...rows('E', 1, 12),
  ...rows('E', 14, 18),
  ...rows('F', 1, 18),
  ...rows('G', 1, 18),
  ...rows('I', 1, 12),
  ...rows('I', 20, 22),
  'J10',
  'J11',
  ...rows('J', 13, 25),
  ...rows('J', 31, 34),
  ...rows('K', 1, 15),
  ...rows('L', 1, 11),
  ...rows('M', 1, 8),
  ...rows('N', 1, 16),
];

/** Rows for which the application has no part yet, and what they wait for. */
const WAITING = {
  E13: 'webhooks',
};

function rows(group, first, last) {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => group + String(first + index).padStart(2, '0'),
  );
}

/** Titles by row id: string literals in the specs that begin with one id or several. */
function titles() {
  const found = new Map();
  const specs = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.spec.ts'),
  );
  for (const spec of specs) {
    const source = readFileSync(join('test', spec), 'utf8');
    for (const [, ids, title] of source.matchAll(/['"`]((?:[A-N]\d\d(?:, | and | ))+)([^'"`]*)/g)) {
      for (const id of ids.match(/[A-N]\d\d/g)) {
        found.set(id, [...(found.get(id) ?? []), `${title.trim()} (${spec})`]);
      }
    }
  }
  return found;
}

function stateOf(id) {
  if (shown.has(id)) return shown.get(id)[0];
  return id in WAITING ? ['waits for', WAITING[id]].join(' ') : 'NOT SHOWN BY ANY TEST';
}

const shown = titles();
const lost = REQUIRED.filter((id) => !shown.has(id));
for (const id of [...REQUIRED, ...Object.keys(WAITING)].toSorted()) console.log(id, stateOf(id));
console.log(`\n${REQUIRED.length - lost.length} of ${REQUIRED.length} rows shown`);
if (lost.length > 0) {
  console.log(`Lost: ${lost.join(', ')}`);
  process.exitCode = 1;
}

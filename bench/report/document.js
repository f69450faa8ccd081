import { CONNECTIONS } from '../load/connections.js';
import { PAGES_PER_SECOND } from '../measure/memory.js';
import { goalsTable, growthTable, memoryTable, pagesTables, startsTable } from './tables.js';

/** @import { Results } from '../measure/everything.js' */

/**
 * The page of the documentation that tells what was measured.
 * @param {readonly Results[]} all one of each version of Node.js
 */
export function performanceDocument(all) {
  return `# Performance

Written by \`npm run bench\`; do not edit. [How it measures](../bench/README.md).

The kit as it goes into production, security headers, request log and CSRF checks on, beside servers that send the same page
to the same people. Look at the ratios rather than at the figures: a ratio is taken within a round, on one machine. Every figure
is a median; the lower and the upper quartile stand behind it.

![CPU time of a page by server](images/performance.svg)

${all.map(section).join('\n\n')}
`;
}

/** @param {Results} results */
function section(results) {
  const { date, dropped, growth, machine, plan, rounds, starts } = results;
  const pluginStarts = growth.starts.map((start) => ({ ...start, title: `the kit with ${start.title}` }));
  return `## Node.js ${machine.node}

${machine.cpu}, ${machine.cores} cores, ${machine.os}; ${date}. ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of about ${plan.seconds} s a server over
${CONNECTIONS} connections; server and load generator ${machine.isPinned ? 'on a core each' : 'free to move between cores'}.
${dropped === 0 ? 'No measurement was dropped.' : `${dropped} measurements were dropped, because the load generator was the slower side.`}

### Goals

${goalsTable(results)}

${pagesTables(results)}

### Cold start

From the start of the process to the first answer; the median of ${plan.starts} starts.

${startsTable(starts, 'x of bare NestJS')}

### Memory

After ${plan.memorySeconds} seconds of ${PAGES_PER_SECOND} signed-in pages a second.

${memoryTable(results)}

### Growth

CPU of the signed-in home page, and of a public page of the last plugin, which every other route is asked before. The plugins
are as \`npx nest generate plugin\` makes them, each with an entry in the header of the home page.

${growthTable(results)}

${pluginStarts.length === 0 ? '' : startsTable(pluginStarts, 'x of nothing more')}`;
}

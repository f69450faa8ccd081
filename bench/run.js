import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { KIT } from './candidates.js';
import { measureEverything } from './measure/everything.js';
import { CHECK, FULL, QUICK } from './plan.js';
import { prepare } from './prepare.js';
import { performanceChart } from './report/chart.js';
import { performanceDocument } from './report/document.js';
import { allResults, keepResults, recordedResults, writeProjectFile } from './report/files.js';
import { regressions } from './report/regressions.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, quick: { type: 'boolean' }, check: { type: 'boolean' } },
});
const chosen = values.quick ? QUICK : values.check ? CHECK : FULL;
const rounds = Number(values.rounds ?? chosen.rounds);
const noLimit = { pagesSeconds: Infinity, growthSeconds: Infinity };
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');
const recorded = await recordedResults(process.versions.node);
if (values.check && !recorded) throw new Error('Nothing is recorded for this version: npm run bench');

// Minutes after which something hangs: what is longer than the longest plan.
const longest = 20 + 2 * rounds;
setTimeout(() => {
  console.error(`Not finished after ${longest} minutes.`);
  process.exit(1);
}, longest * 60_000).unref();

await prepare();
const results = await measureEverything({ ...chosen, ...(values.rounds !== undefined && noLimit), rounds });
if (values.check && recorded) check(recorded);
else if (values.quick) console.log(performanceDocument([results]));
else await record();

async function record() {
  await keepResults(results);
  const all = await allResults();
  await writeProjectFile(join(KIT, 'docs/performance.md'), performanceDocument(all));
  await writeProjectFile(join(KIT, 'docs/images/performance.svg'), performanceChart(all[0] ?? results));
  console.log(performanceDocument([results]));
}

/** @param {import('./measure/everything.js').Results} before */
function check(before) {
  const { compared, fallen } = regressions(before, results);
  for (const line of fallen) console.error(line);
  console.log(`${compared} ratios compared, ${fallen.length} fallen`);
  if (fallen.length > 0) process.exitCode = 1;
}

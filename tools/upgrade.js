// Brings the application to a newer version of the kit: npm run upgrade -- [version]
import process from 'node:process';
import { Refusal, run } from './command.js';
import { report } from './upgrade/report.js';
import { upgrade } from './upgrade/upgrade.js';

await run(async (...words) => {
  if (words.length > 1) throw new Refusal('Several versions: npm run upgrade -- [version]');
  const upgraded = await upgrade(process.cwd(), words[0]);
  console.log(report(upgraded));
  if (upgraded.conflicts.length > 0) process.exitCode = 1;
});

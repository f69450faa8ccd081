// Gives the application another name, everywhere: npm run rename -- "<name>"
import { cwd } from 'node:process';
import { Refusal, run } from './command.js';
import { rename } from './rename/rename.js';

/** How many files a hint names. */
const SHOWN = 5;

await run(async (...words) => {
  const [name, ...others] = words;
  if (name === undefined) throw new Refusal('No name: npm run rename -- "<name>"');
  if (others.length > 0) {
    throw new Refusal(`Several names. Put quotes around one: npm run rename -- "${words.join(' ')}"`);
  }
  const { names, changed, unsure } = await rename(cwd(), name);
  console.log(`"${names.display}", package ${names.slug}: ${changed.length} files changed.`);
  for (const path of changed) console.log(`  ${path}`);
  if (unsure.length === 0) return;
  console.log(
    'The old name is a single word, which may mean other things: it was replaced only where the kit puts it. ' +
      `See whether it means the application in ${unsure.slice(0, SHOWN).join(', ')}` +
      (unsure.length > SHOWN ? ` and ${unsure.length - SHOWN} more files.` : '.'),
  );
});

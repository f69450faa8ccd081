// Takes a plugin out: npm run remove -- <name>
import { run } from './command.js';
import { remove } from './remove/remove.js';

await run(remove);

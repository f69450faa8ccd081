import { run } from './command.js';
import { remove } from './remove/remove.js';

await run(remove);

import { ProjectCopy } from '../tools/support/project-copy.js';
import { Background } from './background.js';
import { blocksOf, isPrinted, patched, type Block } from './blocks.js';
import { withFreePorts } from './free-ports.js';

/** The copy has its packages by links, so nothing is installed there. */
const WITHOUT_INSTALLING = 'npm() { case $1 in ci | prune) ;; *) command npm "$@" ;; esac; }';
const SERVER = /(?:^|\s)(?:npm start|npm run start:prod|node dist\/main\.js)$/;

/**
 * Somebody who does on a copy of the project what a Markdown file says, block by block:
 *
 * - a block with a path behind its language is written to that file, whole;
 * - `diff` with a path changes that file: the lines that the block keeps or takes out stand there in a row, once, and
 *   blanks in a row count as one;
 * - `sh` is run, and has to succeed. If its last line starts the application, that runs until the end of the file;
 * - `console` has commands behind `$`, run in one shell, and lines that they print among others, in their order. Blanks count
 *   as above, and `…` is anything;
 * - any other block is to be read alone.
 *
 * A free port stands in for each one of the file and for 3000. `npm ci` and `npm prune` do nothing.
 */
export class Reader {
  #server?: Background;

  private constructor(
    private readonly copy: ProjectCopy,
    private readonly port: string,
  ) {}

  /** @throws Error for a step that cannot be done or has not come out as written */
  static async follow(copy: ProjectCopy, markdown: string): Promise<void> {
    const { text, port } = await withFreePorts(markdown);
    const reader = new Reader(copy, port);
    try {
      for (const block of blocksOf(text)) {
        // oxlint-disable-next-line no-await-in-loop -- the steps come one after the other
        await reader.#do(block);
      }
    } finally {
      await reader.#server?.stop();
    }
  }

  async #do({ language, path, text }: Block): Promise<void> {
    if (path !== undefined) {
      const content = language === 'diff' ? patched(this.copy.read(path), text) : text;
      this.copy.write({ [path]: content });
    } else if (language === 'sh') {
      await this.#run(text.trimEnd());
    } else if (language === 'console') {
      this.#compare(text);
    }
  }

  async #run(script: string): Promise<void> {
    if (SERVER.test(script)) {
      await this.#server?.stop();
      this.#server = await Background.start(script, this.copy.root, this.#variables());
      return;
    }
    const { status, text } = this.#shell(`set -e\n${script}`);
    if (status !== 0) throw new Error(`${script}\nends with ${status}:\n${text}`);
  }

  #compare(block: string): void {
    const commands = [...block.matchAll(/^\$ ((?:.*\\\n)*.*)$/gm)].map(([, command = '']) => command);
    const lines = block
      .replaceAll(/^\$ (?:.*\\\n)*.*\n/gm, '')
      .split('\n')
      .filter(Boolean);
    const { text } = this.#shell(commands.join('\n'));
    if (!isPrinted(lines, text)) throw new Error(`Not as written:\n${block}\nbut:\n${text}`);
  }

  #shell(script: string) {
    const variables = ['-u', 'NODE_ENV', `PORT=${this.port}`];
    return this.copy.run('env', ...variables, 'bash', '-c', `exec 2>&1\n${WITHOUT_INSTALLING}\n${script}`);
  }

  /** As in a terminal: what the tests themselves run with is not there. */
  #variables(): NodeJS.ProcessEnv {
    const { NODE_ENV: _mode, ...variables } = process.env;
    return { ...variables, PORT: this.port };
  }
}

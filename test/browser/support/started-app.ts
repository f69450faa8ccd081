import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'dist', 'main.js');
const PATIENCE_MS = 20_000;

/** Somebody who can sign in. */
export interface Account {
  emailAddress: string;
  password: string;
}

/**
 * The built application as a developer starts it: no key, no variable but PORT, a folder of its own for its state.
 * What it prints is read as a developer would read it.
 */
export class StartedApp {
  #process: ChildProcess | undefined;
  #output = '';
  #read = 0;
  readonly #news = new EventEmitter();

  private constructor(
    readonly port: number,
    readonly directory: string,
  ) {}

  static async start(): Promise<StartedApp> {
    const app = new StartedApp(await freePort(), await mkdtemp(join(tmpdir(), 'browser-test-')));
    await app.resume();
    return app;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Starts it in its folder, on its port, and waits until it has said who can sign in. */
  async resume(): Promise<void> {
    this.#output = '';
    this.#read = 0;
    const env = { PATH: process.env['PATH'], PORT: String(this.port) };
    const child = spawn(process.execPath, [MAIN], { cwd: this.directory, env });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#news.emit('printed');
      });
    }
    child.on('exit', () => this.#news.emit('printed'));
    await this.#printed(/sign in as /);
  }

  /** Ends the process and keeps its folder. */
  async pause(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Ends the process and removes its folder. */
  async stop(): Promise<void> {
    await this.pause();
    await rm(this.directory, { recursive: true });
  }

  /** Errors that it has printed, and calls that the local Clerk does not know; not downloads that a browser gave up. */
  get complaints(): string[] {
    return this.#output
      .split('\n')
      .filter((line) => /\b(?:ERROR|FATAL)\b|local Clerk:(?!.* GET \/__clerk\/npm\/)/.test(line));
  }

  /** A seeded user, with the password that was printed. */
  async account(name: string): Promise<Account> {
    const line = new RegExp(`sign in as (${name}@\\S+) with password (\\S+)\\n`);
    const [, emailAddress = '', password = ''] = await this.#printed(line);
    return { emailAddress, password };
  }

  /** The next code that is printed for the address; each is given once. */
  async codeFor(emailAddress: string): Promise<string> {
    const line = new RegExp(`code for ${emailAddress.replaceAll('.', '\\.')}: (\\d+)\\n`);
    const match = await this.#printed(line, this.#read);
    this.#read = match.index + match[0].length;
    return match[1] ?? '';
  }

  /** Waits until it has printed a line like that. */
  async #printed(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    const search = new RegExp(pattern, 'g');
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      search.lastIndex = from;
      const match = search.exec(this.#output);
      if (match) return match;
      if (this.#process?.exitCode !== null) throw new Error(`The application has ended:\n${this.#output}`);
      // oxlint-disable-next-line no-await-in-loop -- each turn waits for more output
      await once(this.#news, 'printed', { signal }).catch((cause: unknown) => {
        throw new Error(`The application has not printed ${pattern}:\n${this.#output}`, { cause });
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

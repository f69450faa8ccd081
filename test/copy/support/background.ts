import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 60_000;

/** An application that runs until it is stopped, with the processes that its command has started. */
export class Background {
  private constructor(private readonly child: ChildProcess) {}

  /** Runs the command in a folder, and waits until the application has said where to open it. */
  static async start(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Background> {
    const child = spawn('bash', ['-ec', `{ ${script}\n} 2>&1`], { cwd, env, detached: true });
    let printed = '';
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const opened = new Promise<void>((resolve, reject) => {
      const fail = () => reject(new Error(`The application does not run:\n${printed}`));
      child.once('exit', fail);
      signal.addEventListener('abort', fail);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (/Open https?:/.test(printed)) resolve();
      });
    });
    const background = new Background(child);
    await opened.catch(async (error: unknown) => {
      await background.stop();
      throw error;
    });
    return background;
  }

  async stop(): Promise<void> {
    const { pid, exitCode, signalCode } = this.child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.child, 'close');
    process.kill(-pid);
    await ended;
  }
}

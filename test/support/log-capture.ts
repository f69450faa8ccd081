import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AppLogger, captureConsole } from '../../src/logging/index.js';

const CONSOLE = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** Everything that the application's own logger writes at every level, libraries' console output included, in place of the terminal. */
export class LogCapture {
  #text = '';
  readonly #console = CONSOLE.map((method) => [method, console[method]] as const);
  readonly #spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      this.#text += String(chunk);
      return true;
    }),
  );

  /** To be made after the application, which brings a logger of its own. */
  constructor({ json }: { json: boolean }) {
    Logger.overrideLogger(new AppLogger({ json }));
    captureConsole();
  }

  get text(): string {
    return this.#text;
  }

  get lines(): string[] {
    return this.#text.split('\n').filter((line) => line !== '');
  }

  /** The lines of a production log. @throws SyntaxError for a line that is no JSON */
  get entries(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** What was logged as an object, in its order. */
  get messages(): Record<string, unknown>[] {
    return this.entries
      .map(({ message }) => message)
      .filter((message) => typeof message === 'object' && message !== null)
      .map((message) => message as Record<string, unknown>);
  }

  stop(): void {
    for (const spy of this.#spies) spy.mockRestore();
    for (const [method, original] of this.#console) console[method] = original;
    Logger.overrideLogger(false);
  }
}

import { Logger } from '@nestjs/common';
import { format } from 'node:util';

/**
 * Sends what libraries print by themselves through the application's logger, and so past its redaction: Clerk's SDK
 * prints the errors of tokens.
 */
export function captureConsole(logger = new Logger('Console')): void {
  const levels = { debug: 'debug', log: 'log', info: 'log', warn: 'warn', error: 'error' } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => {
      logger[level](format(...values.map((value) => (value instanceof Error ? value.stack : value))));
    };
  }
}

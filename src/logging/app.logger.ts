import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { redact } from './redact.js';

/** How deep an object is written down, which also ends those that hold themselves. */
const DEPTH = 4;
/** Characters of a line in JSON that is written as it is. */
const LONGEST_LINE = 16_384;

/**
 * Nest's own logger, JSON in production and readable in development, without secrets at any level. Of an error it writes
 * the stack and no property: those of HTTP clients hold requests, headers and all.
 */
export class AppLogger extends ConsoleLogger {
  constructor(private readonly settings: { json: boolean }) {
    super({ json: settings.json });
  }

  protected override printMessages(
    messages: unknown[],
    context?: string,
    level?: LogLevel,
    stream?: 'stdout' | 'stderr',
    stack?: unknown,
    params?: Record<string, unknown>,
  ): void {
    const parameters = withoutSecrets(params) as typeof params;
    const safe = messages
      .map(withoutSecrets)
      .map((message) => (this.settings.json ? message : toLine(message)));
    super.printMessages(safe, context, level, stream, withoutSecrets(stack), parameters);
  }

  /** Nest looks at every value on its way into the line, for what is too long or cannot be written; here few ever are. */
  protected override stringifyJsonLogObject(logObject: Record<string, unknown>): string {
    try {
      const line = JSON.stringify(logObject);
      if (line.length <= LONGEST_LINE) return line;
    } catch {
      // Nest writes it in another form.
    }
    return super.stringifyJsonLogObject(logObject);
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && redact(stack));
  }
}

function withoutSecrets(value: unknown): unknown {
  return cleaned(value, DEPTH);
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) return redact(value.stack ?? `${value.name}: ${value.message}`);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[…]';
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth - 1));
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) copy[key] = cleaned(copy[key], depth - 1);
  return copy;
}

/** `event=session-refused reason=token-issuer`: what people read in a terminal in place of JSON. */
function toLine(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return message;
  return Object.entries(message)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'string' && /^[\w/.:-]+$/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join(' ');
}

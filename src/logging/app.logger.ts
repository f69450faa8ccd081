import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { redact } from './redact.js';

/**
 * Nest's own logger, JSON in production and readable in development, without secrets at any level. Of an error it writes
 * the stack and no property: those of HTTP clients hold requests, headers and all.
 */
export class AppLogger extends ConsoleLogger {
  constructor({ json }: { json: boolean }) {
    super({ json, compact: true });
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
    super.printMessages(
      messages.map(withoutSecrets),
      context,
      level,
      stream,
      withoutSecrets(stack),
      parameters,
    );
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && redact(stack));
  }
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) return redact(value.stack ?? `${value.name}: ${value.message}`);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}

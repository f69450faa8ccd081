import { isLoopbackHost } from './http/loopback.js';
import type { LocalClerkOptions } from './options.js';

/** Thrown by `LocalClerk.open` when it may not run here; the message lists every reason with its remedy. */
export class LocalClerkRefusedError extends Error {
  override readonly name = 'LocalClerkRefusedError';
}

/**
 * Keeps the local Clerk out of production and away from real instances.
 *
 * @throws {LocalClerkRefusedError} with all faults at once. Names variables, never their values.
 */
export function assertAllowed({ origin, variables }: Pick<LocalClerkOptions, 'origin' | 'variables'>): void {
  const faults = [...productionFaults(variables), ...keyFaults(variables), ...originFaults(origin)];
  if (faults.length > 0) {
    throw new LocalClerkRefusedError(['The local Clerk does not start:', ...faults].join('\n- '));
  }
}

function productionFaults(variables: LocalClerkOptions['variables']): string[] {
  return variables['NODE_ENV']?.trim().toLowerCase() === 'production'
    ? ['NODE_ENV is production: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY of a real instance']
    : [];
}

function keyFaults(variables: LocalClerkOptions['variables']): string[] {
  return Object.keys(variables)
    .filter((name) => /^CLERK_(\w+_)?KEY$/.test(name) && variables[name]?.trim())
    .map((name) => `${name} is set: unset it to use the local Clerk, or use the real instance alone`);
}

function originFaults(origin: string): string[] {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const valid =
    url && /^https?:$/.test(url.protocol) && url.origin === origin && isLoopbackHost(url.hostname);
  return valid ? [] : ['origin must be a loopback origin without a path, such as http://localhost:3000'];
}

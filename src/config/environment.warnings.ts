import type { Environment } from './environment.js';

/** First release of each line of Node.js without the faults of March 2026 that let a request end the process (CVE-2026-21710). */
const SAFE_RELEASES: readonly (readonly [major: number, minor: number, patch: number])[] = [
  [20, 20, 2],
  [22, 22, 2],
  [24, 14, 1],
];

/** What the process runs with but should not keep, a sentence with its remedy each. */
export function environmentWarnings(
  { isProduction, CLERK_PUBLISHABLE_KEY }: Environment,
  nodeVersion = process.versions.node,
): string[] {
  const warnings: string[] = [];
  if (isProduction && CLERK_PUBLISHABLE_KEY?.startsWith('pk_test_')) {
    warnings.push(
      'ALLOW_DEV_INSTANCE: A DEVELOPMENT INSTANCE RUNS IN PRODUCTION. Its sessions travel in addresses, and anybody may ' +
        'sign up with a test address. Set the live keys before people rely on it.',
    );
  }
  if (!isSafeRelease(nodeVersion)) {
    const safe = SAFE_RELEASES.map((release) => release.join('.')).join(', ');
    warnings.push(
      `Node.js ${nodeVersion} has a known fault by which one request can end the process: install ${safe} or newer.`,
    );
  }
  return warnings;
}

function isSafeRelease(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const floor = SAFE_RELEASES.find(([line]) => line >= major);
  if (!floor) return true;
  return floor[0] === major && (minor > floor[1] || (minor === floor[1] && patch >= floor[2]));
}

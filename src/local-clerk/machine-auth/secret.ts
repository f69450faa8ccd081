import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.js';

/** How secrets begin: keys of API and machine, M2M tokens, OAuth access tokens. `@clerk/backend` tells them apart by it. */
export type SecretPrefix = 'ak' | 'mt' | 'oat';

/**
 * The secret that belongs to an id. Computed from the instance's own secret key, so that it can be shown again where
 * Clerk does so, while the state file holds neither secrets nor anything to look them up by.
 */
export function secretOf({ instance }: Pick<Context, 'instance'>, prefix: SecretPrefix, id: string): string {
  return `${prefix}_${createHmac('sha256', instance.secretKey).update(`${prefix}:${id}`).digest('hex')}`;
}

/** Whether two secrets are the same, compared in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

import { randomBytes, randomInt } from 'node:crypto';

/** A random identifier such as `user_Jx0…`, 160 bits, safe in URLs and cookies. */
export function randomId(prefix: string): string {
  return `${prefix}_${randomBytes(20).toString('hex')}`;
}

/** Six random digits, as Clerk's e-mail codes have. */
export function randomDigits(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

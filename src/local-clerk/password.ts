import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ApiError } from './http/api.error.js';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Shortest password that sign-up and change of password take; the same number is told to ClerkJS. */
export const MINIMUM_PASSWORD_LENGTH = 8;

/** Longest one, so that hashing cannot be made slow. */
export const MAXIMUM_PASSWORD_LENGTH = 72;

/** Hashes with scrypt and a fresh salt: `<salt>:<hash>` in hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt, 32)).toString('hex')}`;
}

/** Compares in constant time. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split(':');
  const expected = Buffer.from(hash, 'hex');
  const actual = await derive(password, Buffer.from(salt, 'hex'), 32);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** @throws {ApiError} 422 when the length is out of bounds, shown under the field `parameter`. */
export function assertAcceptablePassword(password: string, parameter: string): void {
  if (password.length < MINIMUM_PASSWORD_LENGTH) {
    const message = `Passwords must be ${MINIMUM_PASSWORD_LENGTH} characters or more.`;
    throw new ApiError(422, 'form_password_length_too_short', message, parameter);
  }
  if (password.length > MAXIMUM_PASSWORD_LENGTH) {
    const message = `Passwords must be ${MAXIMUM_PASSWORD_LENGTH} characters or fewer.`;
    throw new ApiError(422, 'form_password_length_too_long', message, parameter);
  }
}

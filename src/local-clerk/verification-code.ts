import { ApiError } from './http/api.error.js';
import { randomDigits } from './random.js';

const LIFETIME_MS = 10 * 60_000;
const MAXIMUM_ATTEMPTS = 5;

/** A code that was "mailed", that is, printed. Times are epoch milliseconds. */
export interface VerificationCode {
  digits: string;
  expiresAt: number;
  attempts: number;
}

/** Makes a code and prints it: the terminal is the mailbox. */
export function sendCode(emailAddress: string, print: (line: string) => void): VerificationCode {
  const digits = randomDigits();
  print(`code for ${emailAddress}: ${digits}`);
  return { digits, expiresAt: Date.now() + LIFETIME_MS, attempts: 0 };
}

/**
 * Counts the attempt and compares.
 *
 * @throws {ApiError} 422 when the code is wrong, missing, older than ten minutes or was tried five times.
 */
export function assertCode(code: VerificationCode | null, digits: string | undefined): void {
  if (!code || code.expiresAt < Date.now() || code.attempts >= MAXIMUM_ATTEMPTS) {
    throw new ApiError(422, 'verification_expired', 'The code has expired. Ask for a new one.', 'code');
  }
  code.attempts += 1;
  if (code.digits !== digits) throw new ApiError(422, 'form_code_incorrect', 'Incorrect code', 'code');
}

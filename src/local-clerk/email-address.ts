import { ApiError } from './http/api.error.js';

/** An e-mail address in the form in which it is kept and compared; undefined for what is none. */
export function parseEmailAddress(value: string): string | undefined {
  const address = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? address : undefined;
}

/** @throws {ApiError} 422 for what is none, shown under the field of that name. */
export function readEmailAddress(value: string): string {
  const address = parseEmailAddress(value);
  if (address) return address;
  const message = 'Email address must be a valid email address.';
  throw new ApiError(422, 'form_param_format_invalid', message, 'email_address');
}

import { ApiError } from './api.error.js';

/**
 * Where to send the browser afterwards.
 *
 * @throws {ApiError} 400 unless it is a URL of the application's own origin.
 */
export function redirectTarget(value: string | undefined, origin: string): URL {
  const url = value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.origin !== origin) {
    throw new ApiError(
      400,
      'invalid_redirect_url',
      `redirect_url must be a URL of ${origin}.`,
      'redirect_url',
    );
  }
  return url;
}

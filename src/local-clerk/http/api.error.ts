/**
 * A refusal in Clerk's error shape. `parameter` makes ClerkJS show the text under that form field; `details` are what
 * else it reads from the error's `meta`.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly parameter?: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** 404 for a thing that does not exist, or that the caller may not know of. */
export function notFound(thing: string): ApiError {
  return new ApiError(404, 'resource_not_found', `The ${thing} was not found.`);
}

/** 401 that makes ClerkJS drop its session and ask for the client anew. */
export function signedOut(): ApiError {
  return new ApiError(401, 'authentication_invalid', 'You are signed out.');
}

/** 403 for a member without the needed role. */
export function forbidden(): ApiError {
  return new ApiError(403, 'missing_permission', 'You are not allowed to do this.');
}

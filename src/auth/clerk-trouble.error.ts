import { isClerkAPIResponseError } from '@clerk/backend/errors';

/** Clerk gives no answer in time, or one that makes no sense. */
export class ClerkTroubleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClerkTroubleError';
  }
}

/**
 * For how many milliseconds Clerk should be left alone after an error; undefined when the error says nothing against it: an
 * answer about what was asked for, such as an unknown user, or a fault of whoever asked. Without a status, Clerk was not reached.
 */
export function restAfter(error: unknown): number | undefined {
  if (error instanceof ClerkTroubleError) return 0;
  if (!isClerkAPIResponseError(error)) return undefined;
  const isAnswer = error.status < 500 && error.status !== 429;
  return isAnswer ? undefined : (error.retryAfter ?? 0) * 1000;
}

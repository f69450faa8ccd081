import { ClerkTroubleError } from './clerk-trouble.error.js';

/** Milliseconds that a request waits for Clerk before it is answered without. */
export const CLERK_DEADLINE = 2000;

/**
 * Passes a promise on, but rejects once Clerk's deadline is over: its SDK cannot be told to give up.
 * @throws ClerkTroubleError
 */
export async function withDeadline<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ClerkTroubleError(`Clerk did not answer within ${CLERK_DEADLINE} ms`)),
      CLERK_DEADLINE,
    );
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}

import type { ClerkClient } from '@clerk/backend';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLERK_CLIENT } from '../clerk-client.provider.js';
import { withDeadline } from '../deadline.js';
import type { SessionUser } from '../session-user.js';
import { CircuitBreaker } from './circuit-breaker.js';

/** A second question to Clerk while one page is made: the page does without. */
export class SecondLookupError extends Error {
  constructor() {
    super('One question to Clerk for each request is all that there is');
    this.name = 'SecondLookupError';
  }
}

/**
 * Questions to Clerk's Backend API on behalf of a request: one each, within the deadline, and none while Clerk is in
 * trouble, which it may say itself by `Retry-After`.
 */
@Injectable()
export class BackendLookup {
  readonly #logger = new Logger(BackendLookup.name);
  readonly #breaker = new CircuitBreaker();
  readonly #asked = new WeakSet<SessionUser>();

  constructor(@Inject(CLERK_CLIENT) private readonly clerk: ClerkClient) {}

  /**
   * @param user of the request that asks: the same object for all of it
   * @throws Error when there is no answer, whatever the reason
   */
  async ask<T>(user: SessionUser, question: (clerk: ClerkClient) => Promise<T>): Promise<T> {
    if (this.#asked.has(user)) throw new SecondLookupError();
    this.#asked.add(user);
    try {
      return await this.#breaker.call(() => withDeadline(question(this.clerk)));
    } catch (error) {
      this.#logger.warn({ event: 'lookup-failed', reason: (error as Error).message });
      throw error;
    }
  }
}

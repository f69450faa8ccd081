import type { User } from '@clerk/backend';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ClerkTroubleError } from '../clerk-trouble.error.js';
import type { SessionUser } from '../session-user.js';
import { BackendLookup } from './backend-lookup.js';

/** Milliseconds for which a person is remembered, and how many are. */
const KEPT = { ttl: 10_000, max: 1000 };

/** People as Clerk keeps them: asked for once, whoever asks at the same time, and kept for seconds. */
@Injectable()
export class UserLookup {
  readonly #kept = new LRUCache<string, Promise<User>>(KEPT);

  constructor(private readonly lookup: BackendLookup) {}

  /** @throws Error when Clerk cannot be asked, or does not know the person */
  find(user: SessionUser): Promise<User> {
    const { userId } = user;
    const known = this.#kept.get(userId);
    if (known) return known;
    const asked = this.lookup.ask(user, async ({ users }) => {
      const found: Partial<User> = await users.getUser(userId);
      if (found.id !== userId) throw new ClerkTroubleError('Clerk answers with something that is no user');
      return found as User;
    });
    this.#kept.set(userId, asked);
    asked.catch(() => this.#kept.delete(userId));
    return asked;
  }
}

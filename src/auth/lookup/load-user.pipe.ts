import type { User } from '@clerk/backend';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { SessionUser } from '../session-user.js';
import { BackendLookup } from './backend-lookup.js';

/** The whole of a person as Clerk keeps it, private metadata among it: a view model takes single fields of it. */
export type LoadedUser = User;

/** Milliseconds for which a person is remembered, and how many are. */
const KEPT = { ttl: 10_000, max: 1000 };

/**
 * All that Clerk knows of the signed-in person, for what the session token does not carry. Asked once for a request, kept
 * for seconds; null when nobody is signed in, and when Clerk cannot be asked, so that the page comes without that part.
 * @example @Get() profile(@CurrentUser(LoadUser) user: LoadedUser | null) {}
 */
@Injectable()
export class LoadUser implements PipeTransform<SessionUser | null, Promise<LoadedUser | null>> {
  readonly #kept = new LRUCache<string, User>(KEPT);
  readonly #requests = new WeakMap<SessionUser, Promise<LoadedUser | null>>();

  constructor(private readonly lookup: BackendLookup) {}

  async transform(user: SessionUser | null): Promise<LoadedUser | null> {
    if (!user) return null;
    const loading = this.#requests.get(user) ?? this.#load(user);
    this.#requests.set(user, loading);
    return loading;
  }

  async #load(user: SessionUser): Promise<LoadedUser | null> {
    const kept = this.#kept.get(user.userId);
    if (kept) return kept;
    try {
      const loaded = await this.lookup.ask(user, async ({ users }) => {
        const found: Partial<User> = await users.getUser(user.userId);
        if (found.id !== user.userId) throw new Error('Clerk answers with something that is not this person');
        return found as User;
      });
      this.#kept.set(user.userId, loaded);
      return loaded;
    } catch {
      // Told in the log already: what a page shows besides must not fail with it.
      return null;
    }
  }
}

import type { User } from '@clerk/backend';
import { Injectable, type PipeTransform } from '@nestjs/common';
import type { SessionUser } from '../session-user.js';
import { UserLookup } from './user-lookup.js';

/** The whole of a person as Clerk keeps it, private metadata among it: a view model takes single fields of it. */
export type LoadedUser = User;

/**
 * All that Clerk knows of the signed-in person, for what the session token does not carry. Asked once for a request, kept
 * for seconds; null when nobody is signed in, and when Clerk cannot be asked, so that the page comes without that part.
 * @example @Get() profile(@CurrentUser(LoadUser) user: LoadedUser | null) {}
 */
@Injectable()
export class LoadUser implements PipeTransform<SessionUser | null, Promise<LoadedUser | null>> {
  constructor(private readonly users: UserLookup) {}

  async transform(user: SessionUser | null): Promise<LoadedUser | null> {
    if (!user) return null;
    // Told in the log already: what a page shows besides must not fail with it.
    return this.users.find(user).catch(() => null);
  }
}

import { randomId } from '../random.js';
import type { User } from '../state/state.js';

/** An account that begins. Without a password hash, nobody can sign in by password. */
export function newUser({
  emailAddress,
  passwordHash,
  firstName,
  lastName,
}: Pick<User, 'emailAddress' | 'passwordHash' | 'firstName' | 'lastName'>): User {
  const now = Date.now();
  return {
    id: randomId('user'),
    emailAddress,
    passwordHash,
    firstName,
    lastName,
    seeded: false,
    lastSignInAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

import { randomId } from '../random.js';
import type { SignIn, User } from '../state/state.js';

/** A sign-in that begins. */
export function newSignIn(user: User): SignIn {
  return {
    id: randomId('sia'),
    status: 'needs_first_factor',
    identifier: user.emailAddress,
    userId: user.id,
    strategy: null,
    code: null,
    createdSessionId: null,
  };
}

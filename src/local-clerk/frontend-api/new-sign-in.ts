import { randomId } from '../random.js';
import type { SignIn, User } from '../state/state.js';

/** A sign-in that begins: of the user, or of somebody who has not said yet who they are. */
export function newSignIn(user?: User): SignIn {
  return {
    id: randomId('sia'),
    status: user ? 'needs_first_factor' : 'needs_identifier',
    identifier: user?.emailAddress ?? '',
    userId: user?.id ?? '',
    strategy: null,
    code: null,
    createdSessionId: null,
  };
}

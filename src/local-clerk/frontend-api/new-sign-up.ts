import { randomId } from '../random.js';
import type { SignUp } from '../state/state.js';

/** A sign-up that begins, of whom nothing is known yet. */
export function newSignUp(): SignUp {
  return {
    id: randomId('sua'),
    emailAddress: '',
    passwordHash: '',
    firstName: '',
    lastName: '',
    code: null,
    createdSessionId: null,
    createdUserId: null,
  };
}

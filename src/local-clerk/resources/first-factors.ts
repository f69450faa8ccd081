import type { User } from '../state/state.js';
import { emailAddressId } from './user.resource.js';

/** The ways in which a user shows who they are, the usual one first. */
export function firstFactors(user: User) {
  return [...(user.passwordHash ? [{ strategy: 'password' }] : []), emailFactor('email_code', user)];
}

/** A way that sends a code to the user's address. */
export function emailFactor(strategy: 'email_code' | 'reset_password_email_code', user: User) {
  return {
    strategy,
    email_address_id: emailAddressId(user),
    safe_identifier: user.emailAddress,
    primary: true,
  };
}

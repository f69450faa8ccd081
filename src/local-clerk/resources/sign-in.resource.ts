import type { Context } from '../context.js';
import type { SignIn, User } from '../state/state.js';
import { externalVerificationResource } from './external-verification.resource.js';
import { emailFactor, firstFactors } from './first-factors.js';
import { publicUserData } from './user.resource.js';

/** A sign-in with the ways on that it offers. */
export function signInResource(context: Context, signIn: SignIn) {
  const user = context.store.user(signIn.userId);
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: signIn.status,
    identifier: signIn.identifier,
    supported_identifiers: ['email_address'],
    supported_first_factors: user ? [...firstFactors(user), ...forgottenPassword(user)] : [],
    supported_second_factors: null,
    first_factor_verification: signIn.external
      ? externalVerificationResource(context, signIn.external)
      : signIn.strategy && {
          object: 'verification',
          status: signIn.status === 'needs_first_factor' ? 'unverified' : 'verified',
          strategy: signIn.strategy,
          attempts: signIn.code?.attempts ?? null,
          expire_at: signIn.code?.expiresAt ?? null,
        },
    second_factor_verification: null,
    user_data: user ? publicUserData(context, user) : null,
    created_session_id: signIn.createdSessionId,
  };
}

function forgottenPassword(user: User) {
  return user.passwordHash ? [emailFactor('reset_password_email_code', user)] : [];
}

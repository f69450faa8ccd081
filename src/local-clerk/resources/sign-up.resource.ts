import type { Context } from '../context.js';
import type { SignUp } from '../state/state.js';
import { externalVerificationResource } from './external-verification.resource.js';

/** A sign-up. Its e-mail strategy stays null until a code was sent: the UI sends one only then. */
export function signUpResource(context: Context, signUp: SignUp) {
  const complete = signUp.createdUserId !== null;
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: complete ? 'complete' : 'missing_requirements',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: signUp.emailAddress ? [] : ['email_address', 'password'],
    unverified_fields: complete || !signUp.emailAddress ? [] : ['email_address'],
    username: null,
    first_name: signUp.firstName || null,
    last_name: signUp.lastName || null,
    email_address: signUp.emailAddress || null,
    phone_number: null,
    web3_wallet: null,
    external_account: null,
    external_account_strategy: null,
    has_password: signUp.passwordHash !== '',
    unsafe_metadata: {},
    verifications: {
      email_address: {
        object: 'verification',
        status: complete ? 'verified' : 'unverified',
        strategy: signUp.code ? 'email_code' : null,
        attempts: signUp.code?.attempts ?? null,
        expire_at: signUp.code?.expiresAt ?? null,
        next_action: complete ? '' : signUp.code ? 'needs_attempt' : 'needs_prepare',
        supported_strategies: ['email_code'],
      },
      phone_number: null,
      web3_wallet: null,
      external_account: signUp.external ? externalVerificationResource(context, signUp.external) : null,
    },
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: null,
    legal_accepted_at: null,
    locale: null,
  };
}

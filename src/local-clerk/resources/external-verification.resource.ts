import type { Context } from '../context.js';
import { EXAMPLE_ID_NAME, EXAMPLE_ID_PATH } from '../example-id/example-id.js';
import type { ExternalVerification } from '../state/state.js';

const messages = {
  oauth_access_denied: `You did not grant access to your ${EXAMPLE_ID_NAME} account.`,
  external_account_not_found: `There is no account for your ${EXAMPLE_ID_NAME} account.`,
  external_account_exists: `There is an account for your ${EXAMPLE_ID_NAME} account already.`,
};

/** The way to another provider and back, with the provider's address as long as the person has not been there. */
export function externalVerificationResource({ origin }: Context, external: ExternalVerification) {
  const { strategy, status, state, error } = external;
  return {
    object: 'verification',
    status,
    strategy,
    external_verification_redirect_url: state && `${origin}${EXAMPLE_ID_PATH}?state=${state}`,
    error: error && { code: error, message: messages[error], long_message: messages[error] },
    attempts: null,
    expire_at: null,
  };
}

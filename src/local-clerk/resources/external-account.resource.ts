import type { Context } from '../context.js';
import type { Connection, ExternalAccount } from '../state/state.js';
import { externalVerificationResource } from './external-verification.resource.js';

/** An account at another provider, as UserProfile lists it. */
export function externalAccountResource(account: ExternalAccount) {
  const { strategy } = account;
  return { ...record(account), verification: { object: 'verification', status: 'verified', strategy } };
}

/** One that is about to be connected. */
export function connectionResource(context: Context, { id, external }: Connection) {
  return {
    ...record({ id, ...external }),
    verification: externalVerificationResource(context, external),
  };
}

function record({ id, strategy, emailAddress }: Pick<ExternalAccount, 'id' | 'strategy' | 'emailAddress'>) {
  return {
    object: 'external_account',
    id,
    identification_id: id,
    provider: strategy,
    provider_user_id: emailAddress,
    email_address: emailAddress,
    approved_scopes: 'openid email',
    first_name: '',
    last_name: '',
    image_url: '',
    username: null,
    phone_number: null,
    public_metadata: {},
    label: null,
  };
}

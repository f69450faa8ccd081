import type { Context } from '../context.js';
import type { User } from '../state/state.js';
import { externalAccountResource } from './external-account.resource.js';
import { imageUrl, initials } from './image-url.js';
import { membershipResource } from './organization.resource.js';

/** The id of a user's one e-mail address. */
export function emailAddressId(user: User): string {
  return user.id.replace('user_', 'idn_');
}

/** A user as both APIs show it. */
export function userResource(context: Context, user: User) {
  return {
    object: 'user',
    id: user.id,
    external_id: null,
    locale: null,
    username: null,
    first_name: user.firstName || null,
    last_name: user.lastName || null,
    image_url: userImage(context, user),
    has_image: false,
    primary_email_address_id: emailAddressId(user),
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    email_addresses: [emailAddressResource(user)],
    phone_numbers: [],
    web3_wallets: [],
    external_accounts: context.store.externalAccountsOf(user.id).map(externalAccountResource),
    enterprise_accounts: [],
    passkeys: [],
    organization_memberships: context.store
      .membershipsOf(user.id)
      .map((membership) => membershipResource(context, membership)),
    password_enabled: user.passwordHash !== '',
    totp_enabled: false,
    backup_code_enabled: false,
    two_factor_enabled: false,
    create_organization_enabled: true,
    delete_self_enabled: true,
    public_metadata: {},
    unsafe_metadata: {},
    legal_accepted_at: null,
    last_sign_in_at: user.lastSignInAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

/** The part of a user that fellow members may see. */
export function publicUserData(context: Context, user: User) {
  return {
    user_id: user.id,
    identifier: user.emailAddress,
    first_name: user.firstName || null,
    last_name: user.lastName || null,
    image_url: userImage(context, user),
    has_image: false,
  };
}

function userImage(context: Context, user: User): string {
  const name = `${user.firstName} ${user.lastName}`.trim();
  return imageUrl(context, initials(name || user.emailAddress));
}

function emailAddressResource(user: User) {
  return {
    object: 'email_address',
    id: emailAddressId(user),
    email_address: user.emailAddress,
    reserved: false,
    verification: { object: 'verification', status: 'verified', strategy: 'email_code', attempts: 1 },
    linked_to: [],
    matches_sso_connection: false,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

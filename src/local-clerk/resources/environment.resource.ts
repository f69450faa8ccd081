import type { Context } from '../context.js';
import { EXAMPLE_ID_NAME, EXAMPLE_ID_PATH, EXAMPLE_ID_STRATEGY } from '../example-id/example-id.js';
import { MAXIMUM_PASSWORD_LENGTH, MINIMUM_PASSWORD_LENGTH } from '../password.js';
import { MAXIMUM_MEMBERS } from './organization.resource.js';

const absent = {
  enabled: false,
  required: false,
  verifications: [],
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
  second_factors: [],
  verify_at_sign_up: false,
};

const optional = { ...absent, enabled: true };

// Immutable: UserProfile then offers no adding and removing of addresses.
const emailAddress = {
  ...optional,
  required: true,
  immutable: true,
  verifications: ['email_code'],
  used_for_first_factor: true,
  first_factors: ['email_code'],
  verify_at_sign_up: true,
};

const exampleId = {
  enabled: true,
  required: false,
  authenticatable: true,
  block_email_subaddresses: false,
  strategy: EXAMPLE_ID_STRATEGY,
  name: EXAMPLE_ID_NAME,
  logo_url: `${EXAMPLE_ID_PATH}/logo.svg`,
};

/** The settings of the instance: what the dashboard would hold, and so what the components offer. */
export function environmentResource({ store }: Pick<Context, 'store'>) {
  const { organization_settings: organizations } = settings;
  const forced = store.state.forceOrganizationSelection ?? false;
  return {
    ...settings,
    organization_settings: { ...organizations, force_organization_selection: forced },
  };
}

const settings = {
  object: 'environment',
  id: 'env_local',
  maintenance_mode: false,
  auth_config: { object: 'auth_config', id: 'aconf_local', single_session_mode: true, reverification: true },
  display_config: {
    object: 'display_config',
    id: 'display_local',
    application_name: 'Local Clerk',
    instance_environment_type: 'development',
    preferred_sign_in_strategy: 'password',
    branded: false,
    show_devmode_warning: true,
    captcha_public_key: null,
    captcha_widget_type: null,
    captcha_public_key_invisible: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
  },
  user_settings: {
    attributes: {
      email_address: emailAddress,
      password: { ...optional, required: true },
      first_name: optional,
      last_name: optional,
      phone_number: absent,
      username: absent,
      web3_wallet: absent,
      authenticator_app: absent,
      backup_code: absent,
      passkey: absent,
    },
    actions: { delete_self: true, create_organization: true },
    social: { [EXAMPLE_ID_STRATEGY]: exampleId },
    enterprise_sso: { enabled: false, self_serve_sso: false, self_serve_directory_sync: false },
    sign_in: { second_factor: { required: false, enabled: false } },
    sign_up: {
      allowlist_only: false,
      progressive: true,
      captcha_enabled: false,
      mode: 'public',
      legal_consent_enabled: false,
    },
    password_settings: {
      allowed_special_characters: '',
      disable_hibp: true,
      min_length: MINIMUM_PASSWORD_LENGTH,
      max_length: MAXIMUM_PASSWORD_LENGTH,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
    },
    passkey_settings: { allow_autofill: false, show_sign_in_button: false },
    username_settings: { min_length: 4, max_length: 64 },
  },
  organization_settings: {
    enabled: true,
    max_allowed_memberships: MAXIMUM_MEMBERS,
    actions: { admin_delete: true },
    // The default role is what the form for invitations begins with.
    domains: { enabled: false, enrollment_modes: [], default_role: 'org:member' },
    slug: { disabled: false },
    organization_creation_defaults: { enabled: false },
  },
  commerce_settings: {
    billing: {
      // Any key will do: window.Stripe is the stub that `LocalClerk.scripts` names.
      stripe_publishable_key: 'pk_test_local',
      user: { enabled: true, has_paid_plans: true },
      organization: { enabled: true, has_paid_plans: true },
    },
  },
  api_keys_settings: { enabled: true, user_api_keys_enabled: true, orgs_api_keys_enabled: true },
} as const;

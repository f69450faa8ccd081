import { ApiError } from './http/api.error.js';
import { addMember } from './memberships.js';
import { randomId } from './random.js';
import { roles } from './roles.js';
import type { Organization } from './state/state.js';
import type { Store } from './state/store.js';

/** What an organisation is made from, as it was sent. */
interface Founding {
  name: string | undefined;
  slug: string | undefined;
  /** Becomes its admin; without one, nobody is in it yet. */
  createdBy: string | null;
}

/**
 * Founds an organisation. The caller saves.
 *
 * @throws {ApiError} 422 for a name or a slug that cannot be.
 */
export function createOrganization(store: Store, { name: given, slug, createdBy }: Founding): Organization {
  const name = readName(given);
  const now = Date.now();
  const organization = {
    id: randomId('org'),
    name,
    slug: readSlug(store, slug || defaultSlug(name)),
    createdBy,
    createdAt: now,
    updatedAt: now,
  };
  store.state.organizations.push(organization);
  if (createdBy !== null) addMember(store.state, organization.id, createdBy, roles[0].key);
  return organization;
}

/** @throws {ApiError} 422 for a name that is empty or too long. */
export function readName(value: string | undefined): string {
  const name = value?.trim() ?? '';
  if (name === '' || name.length > 100) {
    throw new ApiError(422, 'form_param_value_invalid', 'Enter a name of at most 100 characters.', 'name');
  }
  return name;
}

/** @throws {ApiError} 422 for a slug that is malformed or taken. */
export function readSlug(store: Store, slug: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(slug)) {
    const message = 'A slug has lower-case letters, digits and hyphens only.';
    throw new ApiError(422, 'form_param_format_invalid', message, 'slug');
  }
  if (store.organization(slug)) {
    throw new ApiError(422, 'form_identifier_exists', 'That slug is taken. Please try another.', 'slug');
  }
  return slug;
}

function defaultSlug(name: string): string {
  const readable = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${readable || 'org'}-${Date.now()}`.slice(-64).replace(/^-/, '');
}

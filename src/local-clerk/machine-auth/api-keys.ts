import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { randomId } from '../random.js';
import type { ApiKey } from '../state/machine-records.js';
import { isValid, valid } from './revocable.js';
import { sameSecret, secretOf } from './secret.js';

/** What a new key is made of. */
export type NewApiKey = Pick<
  ApiKey,
  'subject' | 'name' | 'description' | 'scopes' | 'claims' | 'createdBy'
> & { secondsUntilExpiration: number | null };

/**
 * Makes a key. The caller saves.
 *
 * @throws {ApiError} 409 when the same user or organisation has a valid key of that name.
 */
export function addApiKey(
  { store }: Pick<Context, 'store'>,
  { secondsUntilExpiration, ...given }: NewApiKey,
): ApiKey {
  const taken = store.state.apiKeys.some(
    (key) => key.subject === given.subject && key.name === given.name && isValid(key),
  );
  if (taken) {
    throw new ApiError(409, 'token_creation_conflict', 'An API key of that name exists already.', 'name');
  }
  const now = Date.now();
  const times = { lastUsedAt: null, createdAt: now, updatedAt: now };
  const key = { id: randomId('ak'), ...given, ...valid(secondsUntilExpiration, now), ...times };
  store.state.apiKeys.push(key);
  return key;
}

/** The keys of a user or an organisation, the newest first; revoked and expired ones only if asked for. */
export function apiKeysOf(
  { store }: Pick<Context, 'store'>,
  subject: string,
  { includeInvalid = false, query = '' } = {},
): ApiKey[] {
  const wanted = query.trim().toLowerCase();
  return store.state.apiKeys
    .filter((key) => key.subject === subject && (includeInvalid || isValid(key)))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toReversed();
}

/** The valid key with that secret. */
export function apiKeyBySecret(context: Context, secret: string): ApiKey | undefined {
  const key = context.store.state.apiKeys.find(({ id }) => sameSecret(secret, apiKeySecret(context, id)));
  return key && isValid(key) ? key : undefined;
}

/** The secret of a key. */
export function apiKeySecret(context: Pick<Context, 'instance'>, id: string): string {
  return secretOf(context, 'ak', id);
}

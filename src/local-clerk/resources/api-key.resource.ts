import { revocableResource } from '../machine-auth/revocable.js';
import type { ApiKey } from '../state/machine-records.js';

/** An API key as both APIs show it, without its secret. */
export function apiKeyResource(key: ApiKey) {
  return {
    object: 'api_key',
    type: 'api_key',
    id: key.id,
    name: key.name,
    description: key.description,
    subject: key.subject,
    scopes: key.scopes,
    claims: key.claims,
    ...revocableResource(key),
    created_by: key.createdBy,
    last_used_at: key.lastUsedAt,
    created_at: key.createdAt,
    updated_at: key.updatedAt,
  };
}

import type { Answer } from './backend-api.js';
import { json } from './backend-api.js';

/** What Clerk's Backend API says of opaque machine tokens, by the token; another answer for all else that it is asked. */
export function machineTokens(
  known: Readonly<Record<string, Partial<MachineTokenJson>>>,
  otherwise: Answer = json({ errors: [{ code: 'resource_not_found' }] }, 404),
): Answer {
  return (request, response) => {
    if (!request.url?.endsWith('/verify')) return otherwise(request, response);
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { secret, token, access_token: accessToken } = JSON.parse(body || '{}') as Record<string, string>;
      const found = known[secret ?? token ?? accessToken ?? ''];
      const answer = found
        ? json({ ...objectOf(request.url ?? ''), ...found })
        : json({ errors: [{ code: 'resource_not_found' }] }, 404);
      answer(request, response);
    });
  };
}

interface MachineTokenJson {
  subject: string;
  scopes: string[];
  revoked: boolean;
  expired: boolean;
  claims: Record<string, unknown> | null;
}

function objectOf(path: string): object {
  const common = { subject: 'user_ada', scopes: [], claims: null, revoked: false, expired: false };
  if (path.startsWith('/api_keys'))
    return { object: 'api_key', id: 'ak_id', type: 'api_key', name: 'Nightly', ...common };
  if (path.startsWith('/m2m_tokens')) return { object: 'machine_to_machine_token', id: 'mt_id', ...common };
  return {
    object: 'clerk_idp_oauth_access_token',
    id: 'oat_id',
    client_id: 'client_1',
    type: 'oauth:access_token',
    ...common,
  };
}

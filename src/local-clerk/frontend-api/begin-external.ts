import type { Request } from 'express';
import type { Context } from '../context.js';
import { EXAMPLE_ID_STRATEGY } from '../example-id/example-id.js';
import { ApiError } from '../http/api.error.js';
import { field } from '../http/form.js';
import { redirectTarget } from '../http/redirect-target.js';
import { randomId } from '../random.js';
import type { ExternalVerification } from '../state/state.js';

/** Whether a sign-in or a sign-up asks for another provider. */
export function isExternal(request: Request): boolean {
  return field(request, 'strategy')?.startsWith('oauth_') ?? false;
}

/**
 * Begins the way to the provider that the form names.
 *
 * @throws {ApiError} when there is no such provider, or the way back would lead out of the application.
 */
export function beginExternal({ origin }: Context, request: Request): ExternalVerification {
  const strategy = field(request, 'strategy');
  if (strategy !== EXAMPLE_ID_STRATEGY) {
    throw new ApiError(422, 'oauth_provider_not_enabled', 'There is no such provider.', 'strategy');
  }
  return {
    strategy,
    state: randomId('state'),
    redirectUrl: redirectTarget(field(request, 'redirect_url'), origin).href,
    status: 'unverified',
    error: null,
    emailAddress: '',
  };
}

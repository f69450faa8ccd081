import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { parameter } from '../http/form.js';
import type { Client, ExternalVerification } from '../state/state.js';
import { connect, externalUser, signInExternally, signUpExternally } from './complete-external.js';
import { clientOf } from './visitor.js';

/** Where the provider sends people back to. Its answer counts for the browser that had asked for it, and once. */
export function oauthCallbackRoutes(context: Context): Router {
  const router = Router();

  router.get('/oauth_callback', (request, response) => {
    const client = clientOf(context, request);
    const external = client && waiting(client, parameter(request, 'state'));
    if (!external) {
      throw new ApiError(400, 'oauth_state_invalid', 'This browser has asked for no such answer.', 'state');
    }
    const emailAddress = context.exampleId.redeem(parameter(request, 'code') ?? '');
    Object.assign(external, { state: null, emailAddress: emailAddress ?? '' });
    if (emailAddress === undefined) {
      Object.assign(external, { status: 'failed', error: 'oauth_access_denied' });
    } else {
      goOn(request, client, external);
    }
    if (external === client.connection?.external) client.connection = null;
    context.store.save();
    response.redirect(303, external.redirectUrl);
  });

  return router;

  function goOn(request: Request, client: Client, external: ExternalVerification): void {
    const user = externalUser(context, external);
    if (external === client.connection?.external) {
      const owner = context.store.user(client.connection.userId);
      const isSignedIn = context.store
        .sessionsOf({ clientId: client.id })
        .some(({ userId }) => userId === owner?.id);
      if (owner && isSignedIn && (user ?? owner) === owner) connect(context, owner, external);
    } else if (external === client.signIn?.external) {
      if (user) signInExternally(context, request, client, { user, external });
      else Object.assign(external, { status: 'transferable', error: 'external_account_not_found' });
    } else if (user) {
      Object.assign(external, { status: 'transferable', error: 'external_account_exists' });
    } else {
      signUpExternally(context, request, client, external);
    }
  }
}

function waiting(
  { signIn, signUp, connection }: Client,
  state: string | undefined,
): ExternalVerification | undefined {
  return [signIn, signUp, connection]
    .map((attempt) => attempt?.external)
    .find((external) => state && external?.state === state);
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound, signedOut } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { randomId } from '../random.js';
import { connectionResource } from '../resources/external-account.resource.js';
import { beginExternal } from './begin-external.js';
import { assertRecentlyVerified } from './recent-verification.js';
import { answer, clientOf, currentSession, currentUser } from './visitor.js';

/** UserProfile: connecting an account at another provider, and removing one. */
export function externalAccountRoutes(context: Context): Router {
  const router = Router();

  router.post('/me/external_accounts', async (request, response) => {
    const session = currentSession(context, request);
    const client = clientOf(context, request);
    if (!client) throw signedOut();
    assertRecentlyVerified(session);
    const external = beginExternal(context, request);
    client.connection = { id: randomId('eac'), userId: session.userId, external };
    context.store.save();
    await answer(context, response, client, connectionResource(context, client.connection));
  });

  router.delete('/me/external_accounts/:id', async (request, response) => {
    const user = currentUser(context, request);
    const id = segment(request, 'id');
    const { state } = context.store;
    if (!context.store.externalAccountsOf(user.id).some((account) => account.id === id)) {
      throw notFound('external account');
    }
    assertRecentlyVerified(currentSession(context, request));
    state.externalAccounts = state.externalAccounts.filter((account) => account.id !== id);
    context.store.save();
    const deleted = { object: 'external_account', id, deleted: true };
    await answer(context, response, clientOf(context, request), deleted);
  });

  return router;
}

import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field } from '../http/form.js';
import { signInResource } from '../resources/sign-in.resource.js';
import { signUpResource } from '../resources/sign-up.resource.js';
import type { ExternalVerification } from '../state/state.js';
import { beginExternal, isExternal } from './begin-external.js';
import { externalUser, signInExternally, signUpExternally } from './complete-external.js';
import { newSignIn } from './new-sign-in.js';
import { newSignUp } from './new-sign-up.js';
import { answer, ensureClient } from './visitor.js';

/**
 * Signing in and up by another provider. With `transfer`, a sign-in of somebody without an account goes on as a
 * sign-up, and the other way round.
 */
export function externalSignInRoutes(context: Context): Router {
  const router = Router();

  router.post('/client/sign_ins', async (request, response, next) => {
    const transfer = field(request, 'transfer') === 'true';
    if (!transfer && !isExternal(request)) return next();
    const client = ensureClient(context, request, response);
    if (transfer) {
      const external = transferable(client.signUp?.external);
      const user = externalUser(context, external);
      if (!user) throw notFound('account');
      signInExternally(context, request, client, { user, external });
    } else {
      client.signIn = { ...newSignIn(), external: beginExternal(context, request) };
      client.signUp = null;
    }
    context.store.save();
    await answer(context, response, client, client.signIn && signInResource(context, client.signIn));
  });

  router.post('/client/sign_ups', async (request, response, next) => {
    const transfer = field(request, 'transfer') === 'true';
    if (!transfer && !isExternal(request)) return next();
    const client = ensureClient(context, request, response);
    if (transfer) {
      const external = transferable(client.signIn?.external);
      if (externalUser(context, external)) throw notFound('sign-up');
      signUpExternally(context, request, client, external);
    } else {
      client.signUp = { ...newSignUp(), external: beginExternal(context, request) };
      client.signIn = null;
    }
    context.store.save();
    await answer(context, response, client, client.signUp && signUpResource(context, client.signUp));
  });

  return router;
}

function transferable(external: ExternalVerification | undefined): ExternalVerification {
  if (external?.status !== 'transferable') throw notFound('account at the provider');
  return external;
}

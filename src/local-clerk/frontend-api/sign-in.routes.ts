import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { assertAcceptablePassword, hashPassword, verifyPassword } from '../password.js';
import { signInResource } from '../resources/sign-in.resource.js';
import type { Client, SignIn, User } from '../state/state.js';
import { assertCode, sendCode } from '../verification-code.js';
import { newSignIn } from './new-sign-in.js';
import { startSession } from './session-lifecycle.js';
import { answer, clientOf, ensureClient } from './visitor.js';

interface Attempt {
  client: Client;
  signIn: SignIn;
  user: User;
}

/** Signing in by password or e-mail code, and the forgotten password. */
export function signInRoutes(context: Context): Router {
  const router = Router();

  router.post('/client/sign_ins', async (request, response) => {
    const identifier = field(request, 'identifier');
    const user = context.store.userByEmail(identifier ?? '');
    // ClerkJS begins anew with an empty one, to forget a sign-in that failed.
    if (!user && identifier !== undefined) {
      throw new ApiError(422, 'form_identifier_not_found', "Couldn't find your account.", 'identifier');
    }
    const client = ensureClient(context, request, response);
    const signIn = newSignIn(user);
    client.signIn = signIn;
    const password = field(request, 'password');
    if (user && password) await completeByPassword(request, { client, signIn, user }, password);
    context.store.save();
    await answer(context, response, client, signInResource(context, signIn));
  });

  router.post('/client/sign_ins/:id/prepare_first_factor', async (request, response) => {
    const { client, signIn, user } = attempt(request);
    signIn.strategy = field(request, 'strategy') ?? null;
    signIn.code = sendCode(user.emailAddress, context.print);
    context.store.save();
    await answer(context, response, client, signInResource(context, signIn));
  });

  router.post('/client/sign_ins/:id/attempt_first_factor', async (request, response) => {
    const current = attempt(request);
    if (field(request, 'strategy') === 'password') {
      await completeByPassword(request, current, field(request, 'password') ?? '');
    } else {
      completeByCode(request, current);
    }
    context.store.save();
    await answer(context, response, current.client, signInResource(context, current.signIn));
  });

  router.post('/client/sign_ins/:id/reset_password', async (request, response) => {
    const current = attempt(request);
    if (current.signIn.status !== 'needs_new_password') throw notFound('sign-in');
    const password = field(request, 'password') ?? '';
    assertAcceptablePassword(password, 'password');
    Object.assign(current.user, { passwordHash: await hashPassword(password), seeded: false });
    complete(request, current);
    context.store.save();
    await answer(context, response, current.client, signInResource(context, current.signIn));
  });

  return router;

  function attempt(request: Request): Attempt {
    const client = clientOf(context, request);
    const signIn = client?.signIn;
    const user = signIn && context.store.user(signIn.userId);
    if (!user || signIn.id !== segment(request, 'id') || signIn.status === 'complete')
      throw notFound('sign-in');
    return { client, signIn, user };
  }

  async function completeByPassword(request: Request, current: Attempt, password: string): Promise<void> {
    current.signIn.strategy = 'password';
    if (!(await verifyPassword(password, current.user.passwordHash))) {
      const message = 'Password is incorrect. Try again, or use another method.';
      throw new ApiError(422, 'form_password_incorrect', message, 'password');
    }
    complete(request, current);
  }

  function completeByCode(request: Request, current: Attempt): void {
    assertCode(current.signIn.code, field(request, 'code'));
    current.signIn.code = null;
    if (current.signIn.strategy === 'reset_password_email_code') current.signIn.status = 'needs_new_password';
    else complete(request, current);
  }

  function complete(request: Request, { client, signIn, user }: Attempt): void {
    const session = startSession(context, request, client, user);
    Object.assign(signIn, { status: 'complete', createdSessionId: session.id });
  }
}

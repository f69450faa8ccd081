import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { readEmailAddress } from '../email-address.js';
import { ApiError, notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { assertAcceptablePassword, hashPassword } from '../password.js';
import { signUpResource } from '../resources/sign-up.resource.js';
import type { Client, SignUp } from '../state/state.js';
import { assertCode, sendCode } from '../verification-code.js';
import { newSignUp } from './new-sign-up.js';
import { newUser } from './new-user.js';
import { startSession } from './session-lifecycle.js';
import { answer, clientOf, ensureClient } from './visitor.js';

/** Signing up with an e-mail address that a code confirms, and a password. */
export function signUpRoutes(context: Context): Router {
  const router = Router();

  router.post('/client/sign_ups', async (request, response) => {
    // ClerkJS begins anew with an empty one, to forget a sign-up that failed.
    const isEmpty = field(request, 'email_address') === undefined;
    const signUp = { ...newSignUp(), ...(isEmpty ? {} : await readDetails(request)) };
    const client = ensureClient(context, request, response);
    client.signUp = signUp;
    context.store.save();
    await answer(context, response, client, signUpResource(context, signUp));
  });

  router.patch('/client/sign_ups/:id', async (request, response) => {
    const { client, signUp } = attempt(request);
    Object.assign(signUp, await readDetails(request, signUp));
    context.store.save();
    await answer(context, response, client, signUpResource(context, signUp));
  });

  router.post('/client/sign_ups/:id/prepare_verification', async (request, response) => {
    const { client, signUp } = attempt(request);
    if (!signUp.emailAddress) throw notFound('e-mail address');
    signUp.code = sendCode(signUp.emailAddress, context.print);
    context.store.save();
    await answer(context, response, client, signUpResource(context, signUp));
  });

  router.post('/client/sign_ups/:id/attempt_verification', async (request, response) => {
    const { client, signUp } = attempt(request);
    assertCode(signUp.code, field(request, 'code'));
    assertFree(signUp.emailAddress);
    const user = newUser(signUp);
    context.store.state.users.push(user);
    const session = startSession(context, request, client, user);
    Object.assign(signUp, { createdUserId: user.id, createdSessionId: session.id });
    context.store.save();
    await answer(context, response, client, signUpResource(context, signUp));
  });

  return router;

  function attempt(request: Request): { client: Client; signUp: SignUp } {
    const client = clientOf(context, request);
    const signUp = client?.signUp;
    if (signUp?.id !== segment(request, 'id') || signUp.createdUserId || !client) throw notFound('sign-up');
    return { client, signUp };
  }

  async function readDetails(request: Request, before?: SignUp): Promise<Omit<SignUp, 'id'>> {
    const emailAddress = readEmailAddress(field(request, 'email_address') ?? before?.emailAddress ?? '');
    assertFree(emailAddress);
    const password = field(request, 'password');
    if (password !== undefined || !before?.passwordHash) assertAcceptablePassword(password ?? '', 'password');
    return {
      emailAddress,
      passwordHash: password ? await hashPassword(password) : (before?.passwordHash ?? ''),
      firstName: field(request, 'first_name') ?? before?.firstName ?? '',
      lastName: field(request, 'last_name') ?? before?.lastName ?? '',
      code: before?.emailAddress === emailAddress ? before.code : null,
      createdSessionId: null,
      createdUserId: null,
    };
  }

  function assertFree(emailAddress: string): void {
    if (context.store.userByEmail(emailAddress)) {
      const message = 'That email address is taken. Please try another.';
      throw new ApiError(422, 'form_identifier_exists', message, 'email_address');
    }
  }
}

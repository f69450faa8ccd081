import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound, signedOut } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { verifyPassword } from '../password.js';
import { randomId } from '../random.js';
import { verificationResource } from '../resources/verification.resource.js';
import type { Session, SessionVerification, User, VerificationLevel } from '../state/state.js';
import { assertCode, sendCode } from '../verification-code.js';
import { answer, clientOf, ownSession } from './visitor.js';

interface Attempt {
  session: Session;
  user: User;
  verification: SessionVerification;
}

const levels: readonly VerificationLevel[] = ['first_factor', 'second_factor', 'multi_factor'];

/** Reverification: who is signed in shows again, by password or e-mail code, that it is still them. */
export function verificationRoutes(context: Context): Router {
  const router = Router();

  router.post('/client/sessions/:id/verify', async (request, response) => {
    const session = ownSession(context, request, segment(request, 'id'));
    const level = levels.find((known) => known === field(request, 'level')) ?? 'second_factor';
    session.verification = { id: randomId('sver'), level, strategy: null, code: null };
    context.store.save();
    const begun = await verificationResource(context, attempt(request));
    await answer(context, response, clientOf(context, request), begun);
  });

  router.post('/client/sessions/:id/verify/prepare_first_factor', async (request, response) => {
    const current = attempt(request);
    if (field(request, 'strategy') !== 'email_code') throw unknownStrategy();
    const code = sendCode(current.user.emailAddress, context.print);
    Object.assign(current.verification, { strategy: 'email_code', code });
    context.store.save();
    const prepared = await verificationResource(context, current);
    await answer(context, response, clientOf(context, request), prepared);
  });

  router.post('/client/sessions/:id/verify/attempt_first_factor', async (request, response) => {
    const current = attempt(request);
    await assertFirstFactor(request, current);
    Object.assign(current.session, { firstFactorVerifiedAt: Date.now(), verification: null });
    context.store.save();
    const complete = await verificationResource(context, current, 'complete');
    await answer(context, response, clientOf(context, request), complete);
  });

  return router;

  function attempt(request: Request): Attempt {
    const session = ownSession(context, request, segment(request, 'id'));
    const user = context.store.user(session.userId);
    if (!user) throw signedOut();
    if (!session.verification) throw notFound('verification');
    return { session, user, verification: session.verification };
  }
}

async function assertFirstFactor(request: Request, { user, verification }: Attempt): Promise<void> {
  const strategy = field(request, 'strategy');
  if (strategy === 'email_code') {
    assertCode(verification.code, field(request, 'code'));
  } else if (strategy === 'password') {
    verification.strategy = strategy;
    if (!(await verifyPassword(field(request, 'password') ?? '', user.passwordHash))) {
      const message = 'Password is incorrect. Try again, or use another method.';
      throw new ApiError(422, 'form_password_incorrect', message, 'password');
    }
  } else {
    throw unknownStrategy();
  }
}

function unknownStrategy(): ApiError {
  return new ApiError(422, 'form_param_value_invalid', 'There is no such way to verify.', 'strategy');
}

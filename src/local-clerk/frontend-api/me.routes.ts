import { Router } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { assertAcceptablePassword, hashPassword, verifyPassword } from '../password.js';
import { deviceResource } from '../resources/session.resource.js';
import { userResource } from '../resources/user.resource.js';
import { removeUser } from '../state/removal.js';
import { assertRecentlyVerified } from './recent-verification.js';
import { endSession } from './session-lifecycle.js';
import { answer, clientOf, currentSession, currentUser } from './visitor.js';
import { sendJson } from '../http/send-json.js';

/** UserProfile: name, password, devices, deletion. */
export function meRoutes(context: Context): Router {
  const router = Router();

  router
    .route('/me')
    .get(async (request, response) => {
      const user = currentUser(context, request);
      await answer(context, response, clientOf(context, request), userResource(context, user));
    })
    .patch(async (request, response) => {
      const user = currentUser(context, request);
      Object.assign(user, {
        firstName: (field(request, 'first_name') ?? user.firstName).trim().slice(0, 100),
        lastName: (field(request, 'last_name') ?? user.lastName).trim().slice(0, 100),
        updatedAt: Date.now(),
      });
      context.store.save();
      await answer(context, response, clientOf(context, request), userResource(context, user));
    })
    .delete(async (request, response) => {
      assertRecentlyVerified(currentSession(context, request));
      const user = currentUser(context, request);
      for (const session of context.store.sessionsOf({ userId: user.id })) endSession(context, session);
      removeUser(context.store.state, user);
      context.store.save();
      const deleted = { object: 'user', id: user.id, deleted: true };
      await answer(context, response, clientOf(context, request), deleted);
    });

  router.post('/me/change_password', async (request, response) => {
    const session = currentSession(context, request);
    const user = currentUser(context, request);
    assertRecentlyVerified(session);
    const present = field(request, 'current_password');
    // ClerkJS asks for the present password where there is no reverification; a person who gives it must know it.
    if (present !== undefined && !(await verifyPassword(present, user.passwordHash))) {
      const message = 'Password is incorrect. Try again.';
      throw new ApiError(422, 'form_password_incorrect', message, 'current_password');
    }
    const password = field(request, 'new_password') ?? '';
    assertAcceptablePassword(password, 'new_password');
    Object.assign(user, { passwordHash: await hashPassword(password), seeded: false, updatedAt: Date.now() });
    if (field(request, 'sign_out_of_other_sessions') === 'true') {
      for (const other of context.store.sessionsOf({ userId: user.id })) {
        if (other !== session) endSession(context, other, 'revoked');
      }
    }
    context.store.save();
    await answer(context, response, clientOf(context, request), userResource(context, user));
  });

  router.get(['/me/sessions', '/me/sessions/active'], (request, response) => {
    const user = currentUser(context, request);
    const sessions = context.store.sessionsOf({ userId: user.id });
    sendJson(
      response,
      sessions.map((session) => deviceResource(context, session)),
    );
  });

  router.post('/me/sessions/:id/revoke', async (request, response) => {
    const user = currentUser(context, request);
    const session = context.store.session(segment(request, 'id'));
    if (session?.userId !== user.id) throw notFound('session');
    endSession(context, session, 'revoked');
    context.store.save();
    await answer(context, response, clientOf(context, request), deviceResource(context, session));
  });

  return router;
}

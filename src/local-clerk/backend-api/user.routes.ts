import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { segment } from '../http/form.js';
import { page } from '../http/page.js';
import { membershipResource } from '../resources/organization.resource.js';
import { userResource } from '../resources/user.resource.js';
import type { User } from '../state/state.js';
import { sendJson } from '../http/send-json.js';

/** `users.getUser()` and `users.getOrganizationMembershipList()`. */
export function backendUserRoutes(context: Context): Router {
  const router = Router();

  router.get('/users/:id', (request, response) => {
    sendJson(response, backendUserResource(context, find(request)));
  });

  router.get('/users/:id/organization_memberships', (request, response) => {
    const { data, total_count } = page(request, context.store.membershipsOf(find(request).id));
    sendJson(response, {
      data: data.map((membership) => membershipResource(context, membership)),
      total_count,
    });
  });

  return router;

  function find(request: Request): User {
    const user = context.store.user(segment(request, 'id'));
    if (!user) throw notFound('user');
    return user;
  }
}

function backendUserResource(context: Context, user: User) {
  return {
    ...userResource(context, user),
    private_metadata: {},
    banned: false,
    locked: false,
    deprovisioned: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: null,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    password_last_updated_at: null,
    last_active_at: user.lastSignInAt,
    create_organizations_limit: null,
  };
}

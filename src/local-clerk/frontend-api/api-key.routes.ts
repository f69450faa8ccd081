import express, { Router } from 'express';
import type { Context } from '../context.js';
import { forbidden, notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { requiredTextOf, secondsOf, textOf } from '../http/json-body.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { addApiKey, apiKeySecret, apiKeysOf } from '../machine-auth/api-keys.js';
import { revoke } from '../machine-auth/revocable.js';
import { apiKeyResource } from '../resources/api-key.resource.js';
import { roleOf } from '../roles.js';
import type { User } from '../state/state.js';
import { bearer, bearsToken } from './bearer-session.js';

/**
 * The API keys of UserProfile and OrganizationProfile. Unlike the rest of the Frontend API: JSON in, no envelope out, no
 * `/v1`, and the caller known by a session token in `Authorization`. Calls with a secret key are left to the Backend API.
 */
export function apiKeyRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.use('/api_keys', (request, _response, next) => next(bearsToken(request) ? undefined : 'router'));
  router.use('/api_keys', express.json({ limit: '64kb' }));

  router
    .route('/api_keys')
    .get(async (request, response) => {
      const subject = parameter(request, 'subject') ?? '';
      assertMay('read', await bearer(context, request), subject);
      const keys = apiKeysOf(context, subject, { query: parameter(request, 'query') });
      const { data, total_count } = page(request, keys);
      sendJson(response, { data: data.map(apiKeyResource), total_count });
    })
    .post(async (request, response) => {
      const user = await bearer(context, request);
      const subject = requiredTextOf(request, 'subject');
      assertMay('manage', user, subject);
      const key = addApiKey(context, {
        subject,
        name: requiredTextOf(request, 'name'),
        description: textOf(request, 'description') ?? null,
        // Scopes and claims are what a server grants: nobody gives them to a key of their own.
        scopes: [],
        claims: null,
        createdBy: user.id,
        secondsUntilExpiration: secondsOf(request, 'seconds_until_expiration') ?? null,
      });
      store.save();
      sendJson(response, { ...apiKeyResource(key), secret: apiKeySecret(context, key.id) });
    });

  router.post('/api_keys/:id/revoke', async (request, response) => {
    const user = await bearer(context, request);
    const key = store.state.apiKeys.find(({ id }) => id === segment(request, 'id'));
    if (!key) throw notFound('API key');
    assertMay('manage', user, key.subject);
    revoke(key, textOf(request, 'revocation_reason') ?? null);
    store.save();
    sendJson(response, apiKeyResource(key));
  });

  return router;

  /** 404 for keys of others, 403 for those of an organisation whose keys are not the member's business. */
  function assertMay(access: 'read' | 'manage', user: User, subject: string): void {
    if (subject === user.id) return;
    const membership = store.membership(user.id, subject);
    if (!membership) throw notFound('API key');
    if (!roleOf(membership.role).system.includes(`org:sys_api_keys:${access}`)) throw forbidden();
  }
}

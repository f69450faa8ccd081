import { Router, type Request } from 'express';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { objectOf, requiredTextOf, secondsOf, textOf, textsOf } from '../http/json-body.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { addApiKey, apiKeyBySecret, apiKeySecret, apiKeysOf } from '../machine-auth/api-keys.js';
import { expiry, revoke } from '../machine-auth/revocable.js';
import { apiKeyResource } from '../resources/api-key.resource.js';
import type { ApiKey } from '../state/machine-records.js';

/** `apiKeys.create()`, `list()`, `get()`, `getSecret()`, `update()`, `revoke()`, `delete()` and `verify()`. */
export function backendApiKeyRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router
    .route('/api_keys')
    .get((request, response) => {
      const includeInvalid = parameter(request, 'include_invalid') === 'true';
      const query = parameter(request, 'query');
      const keys = apiKeysOf(context, parameter(request, 'subject') ?? '', { includeInvalid, query });
      const { data, total_count } = page(request, keys);
      sendJson(response, { data: data.map(apiKeyResource), total_count });
    })
    .post((request, response) => {
      const key = addApiKey(context, {
        subject: subjectOf(request),
        name: requiredTextOf(request, 'name'),
        description: textOf(request, 'description') ?? null,
        scopes: textsOf(request, 'scopes') ?? [],
        claims: objectOf(request, 'claims') ?? null,
        createdBy: textOf(request, 'created_by') ?? null,
        secondsUntilExpiration: secondsOf(request, 'seconds_until_expiration') ?? null,
      });
      store.save();
      sendJson(response, { ...apiKeyResource(key), secret: apiKeySecret(context, key.id) });
    });

  router.post('/api_keys/verify', (request, response) => {
    const key = apiKeyBySecret(context, requiredTextOf(request, 'secret'));
    if (!key) throw notFound('API key');
    // Once for each request of a program: not worth a write.
    key.lastUsedAt = Date.now();
    sendJson(response, apiKeyResource(key));
  });

  router
    .route('/api_keys/:id')
    .get((request, response) => {
      sendJson(response, apiKeyResource(find(request)));
    })
    .patch((request, response) => {
      const key = find(request);
      const seconds = secondsOf(request, 'seconds_until_expiration');
      const description = textOf(request, 'description');
      const claims = objectOf(request, 'claims');
      Object.assign(key, {
        subject: subjectOf(request),
        scopes: textsOf(request, 'scopes') ?? key.scopes,
        description: description === undefined ? key.description : description,
        claims: claims === undefined ? key.claims : claims,
        expiresAt: seconds === undefined ? key.expiresAt : expiry(seconds, Date.now()),
        updatedAt: Date.now(),
      });
      store.save();
      sendJson(response, apiKeyResource(key));
    })
    .delete((request, response) => {
      const key = find(request);
      store.state.apiKeys = store.state.apiKeys.filter((other) => other !== key);
      store.save();
      sendJson(response, { object: 'api_key', id: key.id, deleted: true });
    });

  router.get('/api_keys/:id/secret', (request, response) => {
    sendJson(response, { object: 'api_key_secret', secret: apiKeySecret(context, find(request).id) });
  });

  router.post('/api_keys/:id/revoke', (request, response) => {
    const key = find(request);
    revoke(key, textOf(request, 'revocation_reason') ?? null);
    store.save();
    sendJson(response, apiKeyResource(key));
  });

  return router;

  function find(request: Request): ApiKey {
    const key = store.state.apiKeys.find(({ id }) => id === segment(request, 'id'));
    if (!key) throw notFound('API key');
    return key;
  }

  function subjectOf(request: Request): string {
    const subject = requiredTextOf(request, 'subject');
    const known = store.user(subject) ?? store.state.organizations.find(({ id }) => id === subject);
    if (known) return subject;
    throw new ApiError(422, 'form_param_value_invalid', 'No user or organisation has that id.', 'subject');
  }
}

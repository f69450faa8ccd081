import express, { Router } from 'express';
import type { Context } from '../context.js';
import { forbidden, notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { objectOf, requiredTextOf, secondsOf, textOf } from '../http/json-body.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import {
  askingMachine,
  opaqueToken,
  scopesOf,
  signedToken,
  TOKEN_LIFETIME_S,
  verifiedToken,
} from '../machine-auth/m2m-tokens.js';
import { isValid, revocableResource, revoke, valid } from '../machine-auth/revocable.js';
import { randomId } from '../random.js';
import type { M2MToken } from '../state/machine-records.js';

/** `m2m.createToken()`, `list()`, `revokeToken()` and `verify()`, by a machine's secret key or the instance's. */
export function m2mTokenRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.use('/m2m_tokens', express.json({ limit: '64kb' }));

  router
    .route('/m2m_tokens')
    .get((request, response) => {
      const asking = askingMachine(context, request);
      const subject = parameter(request, 'subject') ?? '';
      if (asking && asking.id !== subject) throw forbidden();
      const tokens = store.state.m2mTokens.filter((token) => token.machineId === subject && isValid(token));
      const { data, total_count } = page(request, tokens);
      sendJson(response, { data: data.map(resource), total_count });
    })
    .post(async (request, response) => {
      const machine = askingMachine(context, request);
      if (!machine) throw forbidden();
      const now = Date.now();
      const token = {
        id: randomId('mt'),
        machineId: machine.id,
        claims: objectOf(request, 'claims') ?? null,
        ...valid(secondsOf(request, 'seconds_until_expiration') ?? TOKEN_LIFETIME_S, now),
        createdAt: now,
        updatedAt: now,
      };
      const isSigned = textOf(request, 'token_format') === 'jwt';
      store.state.m2mTokens.push(token);
      store.save();
      const text = isSigned ? await signedToken(context, token) : opaqueToken(context, token);
      sendJson(response, { ...resource(token), token: text });
    });

  router.post('/m2m_tokens/verify', (request, response) => {
    const token = verifiedToken(context, requiredTextOf(request, 'token'), askingMachine(context, request));
    if (!token) throw notFound('M2M token');
    sendJson(response, resource(token));
  });

  router.post('/m2m_tokens/:id/revoke', (request, response) => {
    const asking = askingMachine(context, request);
    const token = store.state.m2mTokens.find(({ id }) => id === segment(request, 'id'));
    if (!token || (asking && asking.id !== token.machineId)) throw notFound('M2M token');
    revoke(token, textOf(request, 'revocation_reason') ?? null);
    store.save();
    sendJson(response, resource(token));
  });

  return router;

  function resource(token: M2MToken) {
    return {
      object: 'machine_to_machine_token',
      id: token.id,
      subject: token.machineId,
      scopes: scopesOf(context, token),
      claims: token.claims,
      ...revocableResource(token),
      created_at: token.createdAt,
      updated_at: token.updatedAt,
    };
  }
}

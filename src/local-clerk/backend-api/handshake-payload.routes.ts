import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { parameter } from '../http/form.js';
import { sendJson } from '../http/send-json.js';

/** The server's half of a nonce handshake: hands out the Set-Cookie directives, once. */
export function handshakePayloadRoutes({ nonces }: Context): Router {
  const router = Router();
  router.get('/clients/handshake_payload', (request, response) => {
    const directives = nonces.take(parameter(request, 'nonce') ?? '');
    if (!directives) throw notFound('handshake nonce');
    sendJson(response, { directives });
  });
  return router;
}

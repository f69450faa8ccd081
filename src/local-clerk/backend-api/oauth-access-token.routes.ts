import { Router } from 'express';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { requiredTextOf, secondsOf, textOf, textsOf } from '../http/json-body.js';
import { sendJson } from '../http/send-json.js';
import { isValid, revocableResource, valid } from '../machine-auth/revocable.js';
import { sameSecret, secretOf } from '../machine-auth/secret.js';
import { randomId } from '../random.js';
import { sign } from '../session-token.js';
import type { OAuthAccessToken } from '../state/machine-records.js';

const LIFETIME_S = 24 * 60 * 60;

/**
 * `idPOAuthAccessToken.verify()`. The local Clerk has no OAuth clients that ask for consent: `POST /local/oauth_access_tokens`,
 * which Clerk does not have, hands a client the token that a user would have granted it.
 */
export function oauthAccessTokenRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.post('/oauth_applications/access_tokens/verify', (request, response) => {
    const given = requiredTextOf(request, 'access_token');
    const token = store.state.oauthAccessTokens.find(({ id }) =>
      sameSecret(given, secretOf(context, 'oat', id)),
    );
    if (!token || !isValid(token)) throw notFound('access token');
    sendJson(response, resource(token));
  });

  router.post('/local/oauth_access_tokens', async (request, response) => {
    const user = store.user(requiredTextOf(request, 'user_id'));
    if (!user) throw notFound('user');
    const now = Date.now();
    const seconds = secondsOf(request, 'seconds_until_expiration') ?? LIFETIME_S;
    const token = {
      id: randomId('oat'),
      userId: user.id,
      clientId: requiredTextOf(request, 'client_id'),
      scopes: textsOf(request, 'scopes') ?? [],
      ...valid(seconds, now),
      createdAt: now,
      updatedAt: now,
    };
    const isSigned = textOf(request, 'token_format') === 'jwt';
    if (!isSigned) store.state.oauthAccessTokens.push(token);
    store.save();
    const text = isSigned ? await signed(token, seconds) : secretOf(context, 'oat', token.id);
    sendJson(response, { ...resource(token), token: text });
  });

  return router;

  /** As in RFC 9068. */
  function signed({ id, userId, clientId, scopes }: OAuthAccessToken, seconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: context.instance.issuer,
      sub: userId,
      client_id: clientId,
      scope: scopes.join(' '),
    };
    return sign(context, { ...claims, jti: id, iat: now, exp: now + seconds }, { typ: 'at+jwt' });
  }
}

function resource(token: OAuthAccessToken) {
  return {
    object: 'clerk_idp_oauth_access_token',
    type: 'oauth:access_token',
    id: token.id,
    client_id: token.clientId,
    subject: token.userId,
    scopes: token.scopes,
    ...revocableResource(token),
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  };
}

import type { Request } from 'express';
import { jwtVerify } from 'jose';
import type { Context } from '../context.js';
import { signedOut } from '../http/api.error.js';
import { SESSION_CATEGORY } from '../session-token.js';
import type { User } from '../state/state.js';

const JWT = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/;

/** Whether the caller shows a token, as ClerkJS does for API keys, and not a secret key. */
export function bearsToken(request: Request): boolean {
  return JWT.test(request.headers.authorization ?? '');
}

/** @throws {ApiError} 401 unless `Authorization` carries a session token of this instance whose session still lives. */
export async function bearer({ instance, store }: Context, request: Request): Promise<User> {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  const options = { issuer: instance.issuer, algorithms: ['RS256'], typ: 'JWT' };
  const { payload, protectedHeader } = await jwtVerify(token, instance.publicJwk, options).catch(() => {
    throw signedOut();
  });
  const user = store.user(String(payload.sub));
  const alive = user && store.sessionsOf({ userId: user.id }).some(({ id }) => id === payload['sid']);
  if (!alive || protectedHeader['cat'] !== SESSION_CATEGORY) throw signedOut();
  return user;
}

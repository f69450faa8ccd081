import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';

/** 401 unless `Authorization` carries this instance's secret key. */
export function requireSecretKey({ instance }: Pick<Context, 'instance'>): RequestHandler {
  const expected = digest(`Bearer ${instance.secretKey}`);
  return (request, _response, next) => {
    const valid = timingSafeEqual(digest(request.headers.authorization ?? ''), expected);
    next(valid ? undefined : new ApiError(401, 'clerk_key_invalid', 'The secret key is missing or wrong.'));
  };
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

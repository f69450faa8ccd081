import type { RequestHandler } from 'express';

/** ClerkJS sends every change as POST and names the true method in `?_method=`. Ignored on GET: a link changes nothing. */
export const methodOverride: RequestHandler = (request, _response, next) => {
  const method = request.query['_method'];
  if (request.method === 'POST' && (method === 'PATCH' || method === 'PUT' || method === 'DELETE')) {
    request.method = method;
  }
  next();
};

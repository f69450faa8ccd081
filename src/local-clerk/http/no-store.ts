import type { RequestHandler } from 'express';

/** Nothing of an answer may be kept, unless its route says otherwise; types are not to be guessed. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
};

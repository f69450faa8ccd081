import express, { type RequestHandler } from 'express';

/** Serves `public/`. An address with a version in it is kept for good, any other is asked for again. */
export function staticFiles(directory: string): RequestHandler {
  const serve = express.static(directory, { index: false, redirect: false, cacheControl: false });
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const fallback = response.getHeader('Cache-Control');
    response.setHeader(
      'Cache-Control',
      request.query['v'] ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    return serve(request, response, (error?: unknown) => {
      response.setHeader('Cache-Control', fallback ?? 'no-store');
      next(error);
    });
  };
}

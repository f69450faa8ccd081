import express, { Router, type RequestHandler } from 'express';
import type { Assets } from '../views/index.js';

/** Serves the files for browsers. An address that a page has given out, with its version, is kept for good; any other is asked for again. */
export function staticFiles(assets: Assets): RequestHandler {
  const serve = Router({ caseSensitive: true });
  for (const [path, directory] of assets.folders) {
    serve.use(path, express.static(directory, { index: false, redirect: false, cacheControl: false }));
  }
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || !assets.mayHave(request.path)) return next();
    const fallback = response.getHeader('Cache-Control');
    response.setHeader(
      'Cache-Control',
      assets.hasGivenOut(request.originalUrl) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    return serve(request, response, (error?: unknown) => {
      response.setHeader('Cache-Control', fallback ?? 'no-store');
      next(error);
    });
  };
}

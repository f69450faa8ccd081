import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import { isRecord } from '../is-record.js';

const require = createRequire(import.meta.url);

const packages = ['clerk-js', 'ui'] as const;

/**
 * ClerkJS and its UI from node_modules, under the paths at which Clerk serves them. One plain file name in `dist/` and
 * nothing else can be asked for. Any version or tag gets the installed one; its own exact version may be cached for ever.
 */
export function npmRoutes(): Router {
  const router = Router();
  for (const name of packages) {
    const dist = dirname(require.resolve(`@clerk/${name}`));
    const installed = versionOf(join(dist, '..', 'package.json'));
    router.get(
      new RegExp(`^/npm/@clerk/${name}@([\\w.^~-]+)/dist/(\\w[\\w.-]*\\.js)$`),
      (request, response, next) => {
        const exact = request.params[0] === installed;
        response.setHeader('Cache-Control', exact ? 'public, max-age=31536000, immutable' : 'no-cache');
        response.sendFile(request.params[1] ?? '', { root: dist, cacheControl: false }, (error) => {
          // A browser that has left for another page aborts what it was loading.
          if (!error || response.headersSent || request.destroyed) return;
          response.setHeader('Cache-Control', 'no-store');
          next();
        });
      },
    );
  }
  return router;
}

function versionOf(file: string): string {
  const manifest: unknown = require(file);
  return isRecord(manifest) ? String(manifest['version']) : '';
}

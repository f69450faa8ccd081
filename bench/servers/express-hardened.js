import { clerkMiddleware } from '@clerk/express';
import express from 'express';
import helmet from 'helmet';
import pinoHttp from 'pino-http';
import { addPages, useViews } from './express-pages.js';
import { newNonce } from './page.js';
import { port } from './settings.js';

// The same with a request log, and with security headers that let Clerk's scripts run.
const app = express();
useViews(app);
app.use(pinoHttp());
app.use((_request, response, next) => {
  response.locals['nonce'] = newNonce();
  next();
});
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: [nonceSource, "'strict-dynamic'"] } } }));
app.use(clerkMiddleware());
addPages(app);
app.listen(port, '127.0.0.1');

/**
 * @param {unknown} _request
 * @param {unknown} response
 */
function nonceSource(_request, response) {
  const { locals } = /** @type {import('express').Response} */ (response);
  return `'nonce-${locals['nonce']}'`;
}

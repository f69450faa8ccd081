import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';
import onHeaders from 'on-headers';
import type { ContentSources } from '../plugins/index.js';
import { newNonce } from './nonce.js';
import { pagePolicy } from './page-policy.js';

export interface SecurityHeadersOptions {
  /** Public origin; https turns HSTS and the upgrade of insecure requests on. */
  appUrl: string;
  /** Origin of Clerk's Frontend API. */
  clerkOrigin: string;
  /** What pages load beside what every page may. */
  sources: ContentSources;
}

const TWO_YEARS = 63_072_000;
const SWITCHED_OFF = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'usb',
];
/** Passkeys, in Clerk's components on this origin. */
const OF_THIS_ORIGIN = ['publickey-credentials-create', 'publickey-credentials-get'];
const PERMISSIONS = [
  ...SWITCHED_OFF.map((feature) => `${feature}=()`),
  ...OF_THIS_ORIGIN.map((feature) => `${feature}=(self)`),
].join(', ');

/**
 * The headers of every answer. What is no page may load and frame nothing; a page gets the policy under which it runs,
 * with a nonce that is fresh each time.
 */
export function securityHeaders({ appUrl, clerkOrigin, sources }: SecurityHeadersOptions): RequestHandler {
  const isHttps = appUrl.startsWith('https:');
  const policy = pagePolicy({ clerkOrigin, isHttps, sources });
  const ofEveryAnswer = helmetHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Clerk reads the Referer to tell a visit from another site from a step inside this one.
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: isHttps && { maxAge: TWO_YEARS, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  }).set('Cache-Control', 'no-store');
  return (request, response, next) => {
    const nonce = newNonce();
    Object.assign(response.locals, { nonce, path: request.path });
    response.setHeaders(ofEveryAnswer);
    onHeaders(response, () => {
      if (!String(response.getHeader('Content-Type')).startsWith('text/html')) return;
      response.setHeader('Content-Security-Policy', policy(nonce));
      // Clerk's sign-in through other providers opens a window and talks to it.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
      response.setHeader('Permissions-Policy', PERMISSIONS);
    });
    next();
  };
}

/** What helmet sets, which is the same for every answer. */
function helmetHeaders(options: HelmetOptions): Map<string, string> {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  helmet(options)({} as IncomingMessage, recorder as unknown as ServerResponse, (error) => {
    if (error) throw error as Error;
  });
  return headers;
}

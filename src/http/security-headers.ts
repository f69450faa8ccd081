import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { randomBytes } from 'node:crypto';
import onHeaders from 'on-headers';
import type { ContentSources } from '../plugins/index.js';
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
export function securityHeaders({ appUrl, clerkOrigin, sources }: SecurityHeadersOptions): RequestHandler[] {
  const isHttps = appUrl.startsWith('https:');
  const policy = pagePolicy({ clerkOrigin, isHttps, sources });
  return [
    helmet({
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
    }),
    (request, response, next) => {
      const nonce = randomBytes(16).toString('base64url');
      Object.assign(response.locals, { nonce, path: request.path });
      response.setHeader('Cache-Control', 'no-store');
      onHeaders(response, () => {
        if (!String(response.getHeader('Content-Type')).startsWith('text/html')) return;
        response.setHeader('Content-Security-Policy', policy(nonce));
        // Clerk's sign-in through other providers opens a window and talks to it.
        response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
        response.setHeader('Permissions-Policy', PERMISSIONS);
      });
      next();
    },
  ];
}

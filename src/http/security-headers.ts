import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { randomBytes } from 'node:crypto';
import type { Locals } from '../views/index.js';

export interface SecurityHeadersOptions {
  /** Public origin; https turns HSTS and the upgrade of insecure requests on. */
  appUrl: string;
  /** Origin of Clerk's Frontend API. */
  clerkOrigin: string;
}

/**
 * Style elements that @clerk/ui writes without a nonce, by hash: two of the code field (one of them empty) and one of
 * the page after a payment. With another release of it they may go unstyled, never unsafe.
 */
const CLERK_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-KQDhUccuEkZUQDnfbVDeY+ev2LZ+73AQR7ro4JppAY8='",
  "'sha256-nR5vYgRfOuAPliZnV0HnrYe2XI7iMJj3rHP2WsnrpvE='",
];

const TWO_YEARS = 63_072_000;
const PERMISSIONS = [
  'accelerometer',
  'camera',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'usb',
];

/**
 * The headers of every answer, and the nonce of its Content-Security-Policy, fresh each time.
 * Scripts run by the nonce alone; what they load in turn is trusted ('strict-dynamic'), which ClerkJS needs for
 * its parts. See https://clerk.com/docs/guides/secure/best-practices/csp-headers for Clerk's sources.
 */
export function securityHeaders({ appUrl, clerkOrigin }: SecurityHeadersOptions): RequestHandler[] {
  const isHttps = appUrl.startsWith('https:');
  return [
    (request, response, next) => {
      Object.assign(response.locals, { nonce: randomBytes(16).toString('base64url'), path: request.path });
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Permissions-Policy', PERMISSIONS.map((feature) => `${feature}=()`).join(', '));
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: [nonce, "'strict-dynamic'"],
          styleSrc: ["'self'", nonce, ...CLERK_STYLES],
          imgSrc: ["'self'", 'https://img.clerk.com', 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'", clerkOrigin, 'https://*.protect.clerk.com:*'],
          frameSrc: ['https://challenges.cloudflare.com', 'https://*.protect.clerk.com'],
          workerSrc: ["'self'", 'blob:'],
          manifestSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          objectSrc: ["'none'"],
          ...(isHttps && { upgradeInsecureRequests: [] }),
        },
      },
      crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      // Clerk reads the Referer to tell a visit from another site from a step inside this one.
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: isHttps && { maxAge: TWO_YEARS, includeSubDomains: true },
      xFrameOptions: { action: 'deny' },
      xPoweredBy: false,
    }),
  ];
}

function nonce(_request: unknown, response: unknown): string {
  return `'nonce-${(response as { locals: Locals }).locals.nonce}'`;
}

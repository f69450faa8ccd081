import type { ContentSources } from '../plugins/index.js';

interface PagePolicyOptions {
  /** Origin of Clerk's Frontend API. */
  clerkOrigin: string;
  isHttps: boolean;
  /** What plugins load beside. */
  sources: ContentSources;
}

/**
 * Style elements that @clerk/ui writes without a nonce, by hash: two of the code field (one of them empty) and one of
 * the page after a payment. With another release of it they may go unstyled, never unsafe.
 */
const CLERK_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-KQDhUccuEkZUQDnfbVDeY+ev2LZ+73AQR7ro4JppAY8='",
  "'sha256-nR5vYgRfOuAPliZnV0HnrYe2XI7iMJj3rHP2WsnrpvE='",
].join(' ');

/** Stands for the nonce in what is put together once; no source contains it. */
const NONCE = '{nonce}';

/**
 * The Content-Security-Policy of a page, by the page's nonce. Scripts run by the nonce alone; what they load in turn is trusted
 * ('strict-dynamic'), which ClerkJS needs for its parts. Clerk's sources are those of
 * https://clerk.com/docs/guides/secure/best-practices/csp-headers, the payment fields' those of
 * https://docs.stripe.com/security/guide#content-security-policy.
 */
export function pagePolicy({ clerkOrigin, isHttps, sources }: PagePolicyOptions): (nonce: string) => string {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${NONCE}' ${CLERK_STYLES}`,
    "img-src 'self' https://img.clerk.com data:",
    "font-src 'self'",
    `connect-src 'self' ${clerkOrigin} https://*.protect.clerk.com:* https://api.stripe.com`,
    'frame-src https://challenges.cloudflare.com https://*.protect.clerk.com https://js.stripe.com https://hooks.stripe.com',
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ];
  const parts = withSources(directives, sources).join('; ').split(NONCE);
  return (nonce) => parts.join(nonce);
}

function withSources(directives: readonly string[], sources: ContentSources): string[] {
  const added = Object.entries(sources);
  const missing = added.filter(([name]) => !directives.some((each) => each.startsWith(`${name} `)));
  return [
    ...directives.map((each) =>
      [each, ...(added.find(([name]) => each.startsWith(`${name} `))?.[1] ?? [])].join(' '),
    ),
    ...missing.map(([name, values]) => [name, ...values].join(' ')),
  ];
}

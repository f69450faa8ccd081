import type { AuthOptions } from './auth.options.js';

/** What a page must know to start ClerkJS. All of it is public. */
export interface ClerkBrowser {
  publishableKey: string;
  /** As ClerkJS takes it, or null. */
  proxyUrl: string | null;
  domain: string | null;
  isSatellite: boolean;
  /** Origin of the Frontend API, which scripts, calls and the Content-Security-Policy name. */
  origin: string;
  scripts: { ui: string; clerkJs: string };
  signInUrl: string;
  signUpUrl: string;
}

/**
 * Where the browser finds Clerk: at the proxy, else on the host that the publishable key (or, for a satellite,
 * the domain) names. Versions are majors: Clerk serves the newest release of each under `/npm`.
 */
export function clerkBrowser(options: AuthOptions): ClerkBrowser {
  const { appUrl, publishableKey, proxyUrl, domain, isSatellite, signInUrl, signUpUrl } = options;
  const host = isSatellite && domain ? `clerk.${domain}` : frontendHost(publishableKey);
  const base = proxyUrl ? new URL(proxyUrl, appUrl).href.replace(/\/$/, '') : `https://${host}`;
  return {
    publishableKey,
    proxyUrl: proxyUrl ?? null,
    domain: domain ?? null,
    isSatellite,
    origin: new URL(base).origin,
    scripts: {
      ui: `${base}/npm/@clerk/ui@1/dist/ui.browser.js`,
      clerkJs: `${base}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`,
    },
    signInUrl,
    signUpUrl,
  };
}

/** The Frontend API's host, which a publishable key carries in base64 with a closing `$`. */
export function frontendHost(publishableKey: string): string {
  return Buffer.from(publishableKey.replace(/^pk_(test|live)_/, ''), 'base64')
    .toString()
    .slice(0, -1);
}

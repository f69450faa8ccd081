import type { ClerkClient } from '@clerk/backend';
import type { Environment } from '../config/index.js';

type OrganizationSyncOptions = NonNullable<
  Parameters<ClerkClient['authenticateRequest']>[1]
>['organizationSyncOptions'];

/** What the AuthModule needs to know of the Clerk instance and of the application. */
export interface AuthOptions {
  /** Public origin of the application: every request is judged as if it had come there. */
  appUrl: string;
  publishableKey: string;
  secretKey: string;
  /** PEM public key. With it, sessions are verified with no call to Clerk. */
  jwtKey?: string;
  /** Base URL of the Backend API. Default: Clerk's. */
  apiUrl?: string;
  machineSecretKey?: string;
  /** Origins that a session token may come from (its `azp` claim). */
  authorizedParties: string[];
  /** Where the browser reaches the Frontend API, when not on the host that the publishable key names. */
  proxyUrl?: string;
  /** Satellite applications only. */
  domain?: string;
  isSatellite: boolean;
  /** Path on this origin, or URL of a sign-in page elsewhere. */
  signInUrl: string;
  /** Path on this origin, or URL of a sign-up page elsewhere. */
  signUpUrl: string;
  /**
   * Patterns of addresses that name the organisation to act for, such as `/orgs/:slug`: a page under one of them makes that
   * organisation the active one first. Whoever is no member stays where they were.
   */
  organizationSyncOptions?: OrganizationSyncOptions;
  /** Whether Clerk's SDK judges every request, also those whose answer is plain without it. */
  sdkOnly: boolean;
}

/** The options as the environment's variables give them. */
export function authOptions(environment: Environment): AuthOptions {
  return {
    appUrl: environment.APP_URL,
    publishableKey: environment.CLERK_PUBLISHABLE_KEY ?? '',
    secretKey: environment.CLERK_SECRET_KEY ?? '',
    jwtKey: environment.CLERK_JWT_KEY,
    apiUrl: environment.CLERK_API_URL,
    machineSecretKey: environment.CLERK_MACHINE_SECRET_KEY,
    authorizedParties: environment.CLERK_AUTHORIZED_PARTIES,
    proxyUrl: environment.CLERK_PROXY_URL,
    domain: environment.CLERK_DOMAIN,
    isSatellite: environment.isSatellite,
    signInUrl: environment.CLERK_SIGN_IN_URL ?? '/sign-in',
    signUpUrl: environment.CLERK_SIGN_UP_URL ?? '/sign-up',
    sdkOnly: environment.CLERK_SDK_ONLY === '1',
  };
}

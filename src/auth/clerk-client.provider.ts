import { createClerkClient, type ClerkClient } from '@clerk/backend';
import type { FactoryProvider } from '@nestjs/common';
import { AUTH_OPTIONS } from './auth.module-definition.js';
import type { AuthOptions } from './auth.options.js';

/**
 * Token of Clerk's Backend API client, typed `ClerkClient`.
 * @example constructor(@Inject(CLERK_CLIENT) private readonly clerk: ClerkClient) {}
 */
export const CLERK_CLIENT = Symbol('CLERK_CLIENT');

export const clerkClientProvider: FactoryProvider<ClerkClient> = {
  provide: CLERK_CLIENT,
  inject: [AUTH_OPTIONS],
  useFactory: (options: AuthOptions) =>
    createClerkClient({
      publishableKey: options.publishableKey,
      secretKey: options.secretKey,
      machineSecretKey: options.machineSecretKey,
      apiUrl: options.apiUrl,
      proxyUrl: options.proxyUrl,
      domain: options.domain,
      isSatellite: options.isSatellite,
      telemetry: { disabled: true },
    }),
};

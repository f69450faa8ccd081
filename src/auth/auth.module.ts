import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AUTH_OPTIONS, ConfigurableModuleClass } from './auth.module-definition.js';
import { Authenticator } from './authenticator.js';
import { CLERK_CLIENT, clerkClientProvider } from './clerk-client.provider.js';
import { ClerkGuard } from './clerk.guard.js';
import { HandshakeInterceptor } from './handshake.interceptor.js';
import { SigningKeys } from './signing-keys.js';

/**
 * Who is this request, and may it pass? Closes every route that is not `@Public()`, plays Clerk's
 * handshakes out, and gives handlers `@CurrentUser()` and the injectable Clerk client.
 */
@Global()
@Module({
  providers: [
    clerkClientProvider,
    SigningKeys,
    Authenticator,
    ClerkGuard,
    HandshakeInterceptor,
    { provide: APP_GUARD, useExisting: ClerkGuard },
    { provide: APP_INTERCEPTOR, useExisting: HandshakeInterceptor },
  ],
  exports: [AUTH_OPTIONS, CLERK_CLIENT, Authenticator, SigningKeys],
})
export class AuthModule extends ConfigurableModuleClass {}

import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { RouteTable } from './access/route-table.js';
import { AUTH_OPTIONS, ConfigurableModuleClass } from './auth.module-definition.js';
import { Authenticator } from './authenticator.js';
import { CLERK_CLIENT, clerkClientProvider } from './clerk-client.provider.js';
import { ClerkGuard } from './clerk.guard.js';
import { FastPath } from './fast-path/fast-path.js';
import { HandshakeInterceptor } from './handshake.interceptor.js';
import { BackendLookup } from './lookup/backend-lookup.js';
import { FreshPlan } from './lookup/fresh-plan.js';
import { UserLookup } from './lookup/user-lookup.js';
import { MachineTokens } from './machine/machine-tokens.js';
import { SessionVerifier } from './session-verifier.js';
import { SigningKeys } from './signing-keys.js';
import { VerifiedTokens } from './fast-path/verified-tokens.js';

/**
 * Who is this request, and may it pass? Closes every route that is not `@Public()`, judges the conditions that stand on it,
 * plays Clerk's handshakes out, and gives handlers `@CurrentUser()`, `@CurrentAuth()` and the injectable Clerk client.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    clerkClientProvider,
    SigningKeys,
    VerifiedTokens,
    FastPath,
    MachineTokens,
    BackendLookup,
    FreshPlan,
    UserLookup,
    SessionVerifier,
    Authenticator,
    RouteTable,
    ClerkGuard,
    HandshakeInterceptor,
    { provide: APP_GUARD, useExisting: ClerkGuard },
    { provide: APP_INTERCEPTOR, useExisting: HandshakeInterceptor },
  ],
  exports: [AUTH_OPTIONS, CLERK_CLIENT, Authenticator, RouteTable, SigningKeys, UserLookup],
})
export class AuthModule extends ConfigurableModuleClass {}

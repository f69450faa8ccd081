export { AcceptsToken } from './access/accepts-token.decorator.js';
export { AccessDeniedException } from './access/access-denied.exceptions.js';
export { NOBODY, type ActiveOrganization, type Auth } from './access/auth.js';
export type { Conditions } from './access/condition.js';
export { routeRow } from './access/route-row.js';
export {
  ForbidImpersonation,
  RequireFeature,
  RequirePermission,
  RequirePlan,
  RequireReverification,
  RequireRole,
  RequireScope,
} from './access/require.decorators.js';
export { RouteTable, type Route } from './access/route-table.js';
export type { Feature, Permission, Plan, Scope } from './access/vocabulary.js';
export { AuthModule } from './auth.module.js';
export { authOptions, type AuthOptions } from './auth.options.js';
export { AUTH_OPTIONS } from './auth.module-definition.js';
export { Authenticator } from './authenticator.js';
export { asksForHtml, isApi, isDocument } from './caller.js';
export { clerkBrowser, type ClerkBrowser } from './clerk-browser.js';
export { CLERK_CLIENT } from './clerk-client.provider.js';
export { ClerkGuard } from './clerk.guard.js';
export { ClerkUnavailableException } from './clerk-unavailable.exception.js';
export { CurrentAuth } from './current-auth.decorator.js';
export { CurrentMachine } from './current-machine.decorator.js';
export { CurrentOrganization } from './current-organization.decorator.js';
export { CurrentUser } from './current-user.decorator.js';
export { FastPath } from './fast-path/fast-path.js';
export { HandshakeInterceptor } from './handshake.interceptor.js';
export { LoadUser, type LoadedUser } from './lookup/load-user.pipe.js';
export type { Machine } from './machine/machine.js';
export { Public } from './public.decorator.js';
export { RedirectException } from './redirect.exception.js';
export { repeatPath, returnPath, signInLocation } from './return-path.js';
export type { Session } from './session.js';
export type { SessionUser } from './session-user.js';
export { SigningKeys } from './signing-keys.js';

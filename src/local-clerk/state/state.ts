import type { JsonWebKey } from 'node:crypto';
import type { Role } from '../roles.js';
import type { VerificationCode } from '../verification-code.js';
import type { ApiKey, M2MToken, Machine, OAuthAccessToken } from './machine-records.js';

/** Version of the file's form; a file of another version is refused, not converted. */
export const STATE_VERSION = 1;

/** All that the local Clerk knows, as it lies in the state file. Every time is epoch milliseconds. */
export interface State {
  version: typeof STATE_VERSION;
  /** Random part of the publishable key's host: cookies of a deleted state belong to another instance. */
  instance: string;
  secretKey: string;
  privateKey: JsonWebKey;
  users: User[];
  organizations: Organization[];
  memberships: Membership[];
  invitations: Invitation[];
  clients: Client[];
  sessions: Session[];
  subscriptions: Subscription[];
  paymentMethods: PaymentMethod[];
  actorTokens: ActorToken[];
  externalAccounts: ExternalAccount[];
  /** Nobody works without an organisation: a session without one is pending. */
  forceOrganizationSelection?: boolean;
  /** Where the application was last opened: how a command of the developer's finds it. */
  origin?: string;
  apiKeys: ApiKey[];
  machines: Machine[];
  m2mTokens: M2MToken[];
  oauthAccessTokens: OAuthAccessToken[];
}

/** An account. It has one e-mail address for life. */
export interface User {
  id: string;
  emailAddress: string;
  passwordHash: string;
  firstName: string;
  lastName: string;
  /** Still has the password of the seed file. */
  seeded: boolean;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** An organisation; its members are in `memberships`. */
export interface Organization {
  id: string;
  name: string;
  slug: string;
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
}

/** A user's place in an organisation. */
export interface Membership {
  id: string;
  organizationId: string;
  userId: string;
  role: Role;
  createdAt: number;
  updatedAt: number;
}

/** A pending invitation. Accepted and revoked ones are removed. */
export interface Invitation {
  id: string;
  organizationId: string;
  emailAddress: string;
  role: Role;
  createdAt: number;
  updatedAt: number;
}

/** A browser, known by its `__client` cookie. */
export interface Client {
  id: string;
  /** Value of the cookie. */
  token: string;
  signIn: SignIn | null;
  signUp: SignUp | null;
  /** An account at another provider that is about to be connected. */
  connection?: Connection | null;
  createdAt: number;
  /** Becomes `__client_uat`: moves with sign-in and sign-out only, else every issued token would be too old. */
  updatedAt: number;
}

/** A sign-in that is under way or just done. */
export interface SignIn {
  id: string;
  status: 'needs_identifier' | 'needs_first_factor' | 'needs_new_password' | 'complete';
  /** Empty until somebody has said who they are; `userId` too. */
  identifier: string;
  userId: string;
  strategy: string | null;
  code: VerificationCode | null;
  createdSessionId: string | null;
  /** Signing in by another provider. */
  external?: ExternalVerification;
}

/** A sign-up that is under way or just done. */
export interface SignUp {
  id: string;
  emailAddress: string;
  passwordHash: string;
  firstName: string;
  lastName: string;
  code: VerificationCode | null;
  createdSessionId: string | null;
  createdUserId: string | null;
  /** Signing up by another provider. */
  external?: ExternalVerification;
}

/** The way to another provider and back. */
export interface ExternalVerification {
  strategy: string;
  /** Ties the provider's answer to this browser; null once the answer came. */
  state: string | null;
  /** Page of the application that the person comes back to. */
  redirectUrl: string;
  /** Transferable: a sign-in of somebody without an account, or a sign-up of somebody who has one. */
  status: 'unverified' | 'verified' | 'transferable' | 'failed';
  error: 'oauth_access_denied' | 'external_account_not_found' | 'external_account_exists' | null;
  /** What the provider vouches for; empty until it did. */
  emailAddress: string;
}

/** An account at another provider that the user signs in with. */
export interface ExternalAccount {
  id: string;
  userId: string;
  strategy: string;
  emailAddress: string;
  createdAt: number;
  updatedAt: number;
}

/** A user connecting an account at another provider. */
export interface Connection {
  id: string;
  userId: string;
  external: ExternalVerification;
}

/** A user signed in on a client. */
export interface Session {
  id: string;
  clientId: string;
  userId: string;
  status: 'active' | 'ended' | 'revoked';
  activeOrganizationId: string | null;
  browser: string;
  browserVersion: string;
  deviceType: string;
  isMobile: boolean;
  ipAddress: string;
  lastActiveAt: number;
  expireAt: number;
  /** When the person last showed again who they are; without it, when they signed in. */
  firstFactorVerifiedAt?: number;
  /** Who acts in the user's name. */
  actor?: Actor;
  /** A reverification that is under way. */
  verification?: SessionVerification | null;
  createdAt: number;
  updatedAt: number;
}

/** Who acts in somebody's name: an id, and whatever the application adds to it. */
export interface Actor {
  sub: string;
  [detail: string]: unknown;
}

/** A ticket to act in a user's name, for one sign-in. */
export interface ActorToken {
  id: string;
  /** The ticket itself: a secret. */
  token: string;
  userId: string;
  actor: Actor;
  status: 'pending' | 'accepted' | 'revoked';
  expiresAt: number;
  sessionLifetimeMs: number;
  createdAt: number;
  updatedAt: number;
}

/** What an application may ask a reverification for. */
export type VerificationLevel = 'first_factor' | 'second_factor' | 'multi_factor';

/** A person who is signed in showing again who they are. */
export interface SessionVerification {
  id: string;
  level: VerificationLevel;
  strategy: string | null;
  code: VerificationCode | null;
}

/** Length of a billing period. */
export type PlanPeriod = 'month' | 'annual';

/** A paid plan of a user or an organisation. Without one, the payer has the free plan. */
export interface Subscription {
  id: string;
  payerId: string;
  plan: string;
  period: PlanPeriod;
  startedAt: number;
  periodStart: number;
  periodEnd: number;
  canceledAt: number | null;
  /** Paid plan that follows a cancelled one; null: the free plan. */
  next: string | null;
}

/** A saved test card; there are no others. */
export interface PaymentMethod {
  id: string;
  payerId: string;
  isDefault: boolean;
  createdAt: number;
}

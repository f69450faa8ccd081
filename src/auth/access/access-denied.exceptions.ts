import { ForbiddenException } from '@nestjs/common';
import type { ReverificationSettings } from './reverification.js';
import type { Feature, Permission, Plan, Role, Scope } from './vocabulary.js';

/**
 * A condition of the route does not hold for somebody who is known: 403. `type` stands for the case and never changes, so
 * that programs can rely on it.
 */
export abstract class AccessDeniedException extends ForbiddenException {
  readonly event = 'access-denied';
  abstract readonly kind: string;
  /** What is missing, for people and programs. */
  abstract readonly required: Readonly<Record<string, unknown>>;

  get type(): string {
    return `urn:problem-type:${this.kind}`;
  }

  /** Further members of the problem details. */
  get members(): Readonly<Record<string, unknown>> {
    return { required: this.required };
  }
}

export class MissingRoleException extends AccessDeniedException {
  readonly kind = 'missing-role';
  readonly required: { role: Role };

  constructor(role: Role) {
    super('Your role does not allow this.');
    this.required = { role };
  }
}

export class MissingPermissionException extends AccessDeniedException {
  readonly kind = 'missing-permission';
  readonly required: { permission: Permission };

  constructor(permission: Permission) {
    super('Your role does not have the permission for this.');
    this.required = { permission };
  }
}

export class MissingPlanException extends AccessDeniedException {
  readonly kind = 'missing-plan';
  readonly required: { plan: Plan };

  constructor(plan: Plan) {
    super('This needs another plan.');
    this.required = { plan };
  }
}

export class MissingFeatureException extends AccessDeniedException {
  readonly kind = 'missing-feature';
  readonly required: { feature: Feature };

  constructor(feature: Feature) {
    super('Your plan does not have this feature.');
    this.required = { feature };
  }
}

export class InsufficientScopeException extends AccessDeniedException {
  readonly kind = 'insufficient-scope';
  readonly required: { scope: Scope };

  constructor(scope: Scope) {
    super('The token does not have the scope for this.');
    this.required = { scope };
  }
}

export class ImpersonationForbiddenException extends AccessDeniedException {
  readonly kind = 'impersonation-forbidden';
  readonly required = { impersonation: 'forbidden' };

  constructor() {
    super("This cannot be done in another person's name.");
  }
}

/** Carries what ClerkJS's `useReverification()` looks for, so that it asks the person and repeats the call. */
export class ReverificationRequiredException extends AccessDeniedException {
  readonly kind = 'reverification-required';

  constructor(readonly settings: ReverificationSettings) {
    super('Please verify again that it is you.');
  }

  get required(): { reverification: ReverificationSettings } {
    return { reverification: this.settings };
  }

  override get members(): Readonly<Record<string, unknown>> {
    const metadata = { reverification: this.settings };
    return { ...super.members, clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata } };
  }
}

/** A condition that nobody knows: something is wrong with the route, and until it is mended nobody passes. */
export class UnknownConditionException extends AccessDeniedException {
  readonly kind = 'unknown-condition';
  readonly required = {};

  constructor() {
    super('Nobody may do this at the moment.');
  }
}

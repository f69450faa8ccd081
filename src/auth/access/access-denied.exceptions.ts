import { ForbiddenException } from '@nestjs/common';
import type { ReverificationSettings } from './reverification.js';
import type { Feature, Permission, Plan, Role, Scope } from './vocabulary.js';

/**
 * A condition of the route does not hold for somebody who is known: 403. `type` stands for the case and never changes, so
 * that programs can rely on it.
 */
export abstract class AccessDeniedException extends ForbiddenException {
  readonly event = 'access-denied';

  protected constructor(
    readonly kind: string,
    message: string,
    /** What is missing, for people and programs. */
    readonly required: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }

  get type(): string {
    return `urn:problem-type:${this.kind}`;
  }

  /** Further members of the problem details. */
  get members(): Readonly<Record<string, unknown>> {
    return { required: this.required };
  }
}

export class MissingRoleException extends AccessDeniedException {
  constructor(role: Role) {
    super('missing-role', 'Your role does not allow this.', { role });
  }
}

export class MissingPermissionException extends AccessDeniedException {
  constructor(permission: Permission) {
    super('missing-permission', 'Your role does not have the permission for this.', { permission });
  }
}

export class MissingPlanException extends AccessDeniedException {
  constructor(plan: Plan) {
    super('missing-plan', 'This needs another plan.', { plan });
  }
}

export class MissingFeatureException extends AccessDeniedException {
  constructor(feature: Feature) {
    super('missing-feature', 'Your plan does not have this feature.', { feature });
  }
}

export class InsufficientScopeException extends AccessDeniedException {
  constructor(scope: Scope) {
    super('insufficient-scope', 'The token does not have the scope for this.', { scope });
  }
}

export class ImpersonationForbiddenException extends AccessDeniedException {
  constructor() {
    const message = "This cannot be done in another person's name.";
    super('impersonation-forbidden', message, { impersonation: 'forbidden' });
  }
}

/** Carries what ClerkJS's `useReverification()` looks for, so that it asks the person and repeats the call. */
export class ReverificationRequiredException extends AccessDeniedException {
  constructor(reverification: ReverificationSettings) {
    super('reverification-required', 'Please verify again that it is you.', { reverification });
  }

  override get members(): Readonly<Record<string, unknown>> {
    const clerkError = { type: 'forbidden', reason: 'reverification-error', metadata: this.required };
    return { ...super.members, clerk_error: clerkError };
  }
}

/** A condition that nobody knows: something is wrong with the route, and until it is mended nobody passes. */
export class UnknownConditionException extends AccessDeniedException {
  constructor() {
    super('unknown-condition', 'Nobody may do this at the moment.', {});
  }
}

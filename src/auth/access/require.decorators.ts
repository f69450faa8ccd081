import type { Condition, Freshness } from './condition.js';
import type { Reverification } from './reverification.js';
import type { Feature, Permission, Plan, Role, Scope } from './vocabulary.js';

/** Metadata key of the conditions of a handler or a controller. */
export const CONDITIONS = Symbol('CONDITIONS');

type RouteDecorator = ClassDecorator & MethodDecorator;

/**
 * For those who have the role in their active organisation.
 * @example @RequireRole('org:admin') @Get() settings() {}
 */
export const RequireRole = (role: Role): RouteDecorator => adding({ kind: 'role', value: role });

/**
 * For those whose role in their active organisation has the permission.
 * @example @RequirePermission('org:reports:export') @Get() export() {}
 */
export const RequirePermission = (permission: Permission): RouteDecorator =>
  adding({ kind: 'permission', value: permission });

/**
 * For those who, or whose active organisation, are on the plan.
 * @example @RequirePlan('user:pro') @Get() statistics() {}
 */
export const RequirePlan = (plan: Plan, options: Freshness = {}): RouteDecorator =>
  adding({ kind: 'plan', value: plan, ...options });

/**
 * For those whose plan, or whose active organisation's plan, has the feature.
 * @example @RequireFeature('reports', { fresh: true }) @Get() export() {}
 */
export const RequireFeature = (feature: Feature, options: Freshness = {}): RouteDecorator =>
  adding({ kind: 'feature', value: feature, ...options });

/**
 * For those who have proven lately who they are; others are asked to, and come back.
 * @example @RequireReverification('strict') @Delete() close() {}
 */
export const RequireReverification = (reverification: Reverification): RouteDecorator =>
  adding({ kind: 'reverification', value: reverification });

/**
 * For programs whose token has the scope. People have none: a route for both names `session_token` in `@AcceptsToken()`, and
 * the scope stands wherever a condition on people does.
 * @example @AcceptsToken('session_token', 'api_key') @RequireScope('reports:read') @Get() list() {}
 */
export const RequireScope = (scope: Scope): RouteDecorator => adding({ kind: 'scope', value: scope });

/**
 * Not for somebody who acts in another person's name.
 * @example @ForbidImpersonation() @Delete() close() {}
 */
export const ForbidImpersonation = (): RouteDecorator =>
  adding({ kind: 'impersonation', value: 'forbidden' });

/** Adds a condition to those that stand there, those of a base class among them; a method that is overridden loses its own. */
function adding(condition: Condition): RouteDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const place = (descriptor?.value as object | undefined) ?? target;
    const others = (Reflect.getMetadata(CONDITIONS, place) as Condition[] | undefined) ?? [];
    Reflect.defineMetadata(CONDITIONS, [condition, ...others], place);
  };
}

import { UnauthorizedException, type HttpException } from '@nestjs/common';
import { MACHINE_TOKENS } from '../machine/token-type.js';
import type { Session } from '../session.js';
import {
  ImpersonationForbiddenException,
  InsufficientScopeException,
  MissingFeatureException,
  MissingPermissionException,
  MissingPlanException,
  MissingRoleException,
  ReverificationRequiredException,
  UnknownConditionException,
} from './access-denied.exceptions.js';
import { kindOf, type Condition } from './condition.js';
import { reverificationSettings } from './reverification.js';
import type { RouteAccess } from './route-access.js';

/** Why a caller who is known may not enter: the first condition that does not hold; undefined when all do. */
export function denialOf(session: Session, { conditions, tokens }: RouteAccess): HttpException | undefined {
  const takesMachines = MACHINE_TOKENS.some((type) => tokens.includes(type));
  const asked = conditions.filter((condition) =>
    session.machine ? isForMachines(condition) : isForPeople(condition, takesMachines),
  );
  const isUnforeseen = session.machine !== null && asked.length === 0 && conditions.some(isForPeopleAlone);
  if (isUnforeseen) return new UnauthorizedException('This is for people.');
  const failed = asked.find((condition) => !holds(condition, session));
  return failed && toException(failed);
}

function isForMachines(condition: Condition): boolean {
  return kindOf(condition) === 'scope' || kindOf(condition) === undefined;
}

/** A scope is not asked of people where machines are let in beside them; alone on a route, it lets no person pass. */
function isForPeople(condition: Condition, takesMachines: boolean): boolean {
  return kindOf(condition) !== 'scope' || !takesMachines;
}

/** What no machine can have, so that a route which asks for it lets none in unless it names a scope. */
function isForPeopleAlone(condition: Condition): boolean {
  return !['scope', 'impersonation'].includes(kindOf(condition) ?? '');
}

function holds(condition: Condition, { auth, user }: Session): boolean {
  if ('impersonation' in condition) return user?.actorId === null;
  const { fresh: _judgedLater, ...asked } = { fresh: false, ...condition };
  return auth.has(asked);
}

/** The refusal that stands for a condition. */
export function toException(condition: Condition): HttpException {
  if ('impersonation' in condition) return new ImpersonationForbiddenException();
  if ('role' in condition) return new MissingRoleException(condition.role);
  if ('permission' in condition) return new MissingPermissionException(condition.permission);
  if ('plan' in condition) return new MissingPlanException(condition.plan);
  if ('feature' in condition) return new MissingFeatureException(condition.feature);
  if ('scope' in condition) return new InsufficientScopeException(condition.scope);
  const settings = 'reverification' in condition && reverificationSettings(condition.reverification);
  return settings ? new ReverificationRequiredException(settings) : new UnknownConditionException();
}

import { UnauthorizedException, type HttpException } from '@nestjs/common';
import { machineTypes } from '../machine/token-type.js';
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
import { isForPeopleAlone, isForProgramsAlone, type Condition } from './condition.js';
import { reverificationSettings } from './reverification.js';
import type { RouteAccess } from './route-access.js';

/** Why a caller who is known may not enter: the first condition that does not hold; undefined when all do. */
export function denialOf(session: Session, access: RouteAccess): HttpException | undefined {
  if (session.machine && !access.hasScopes) return new UnauthorizedException('This is for people.');
  const isForOthers = session.machine
    ? isForPeopleAlone
    : // Alone on a route, a scope lets no person pass.
      (condition: Condition) => isForProgramsAlone(condition) && machineTypes(access.tokens).length > 0;
  const failed = access.conditions.find((condition) => !isForOthers(condition) && !holds(condition, session));
  return failed && toException(failed);
}

function holds({ kind, value }: Condition, { auth }: Session): boolean {
  return kind === 'impersonation' ? auth.actorId === null : auth.has({ [kind]: value });
}

/** The refusal that stands for a condition. */
export function toException({ kind, value }: Condition): HttpException {
  switch (kind) {
    case 'impersonation':
      return new ImpersonationForbiddenException();
    case 'role':
      return new MissingRoleException(value);
    case 'permission':
      return new MissingPermissionException(value);
    case 'plan':
      return new MissingPlanException(value);
    case 'feature':
      return new MissingFeatureException(value);
    case 'scope':
      return new InsufficientScopeException(value);
    case 'reverification': {
      const settings = reverificationSettings(value);
      return settings ? new ReverificationRequiredException(settings) : new UnknownConditionException();
    }
    default:
      return new UnknownConditionException();
  }
}

import type { ExecutionContext, Type } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { TokenType } from '../machine/token-type.js';
import { Public } from '../public.decorator.js';
import { ACCEPTED_TOKENS } from './accepts-token.decorator.js';
import { byRank, isForPeopleAlone, isForProgramsAlone, type Condition } from './condition.js';
import { CONDITIONS } from './require.decorators.js';

/** Who may enter a route. */
export interface RouteAccess {
  /** Open to everybody: `@Public()`, and no condition stands on it. */
  isPublic: boolean;
  /** `@Public({ session: false })`: nobody looks who it is. */
  isBlind: boolean;
  tokens: readonly TokenType[];
  /** Those of the handler and of its controller, in the order in which they are judged. All must hold. */
  conditions: readonly Condition[];
  /** Whether a scope stands beside every condition that no program can meet, so that one may enter in its stead. */
  hasScopes: boolean;
}

/** Reads the decorators of a handler and of its controller. A condition closes what `@Public()` opens. */
export function routeAccess(
  reflector: Reflector,
  handler: ReturnType<ExecutionContext['getHandler']>,
  controller: Type,
): RouteAccess {
  const places = [handler, controller];
  const byPlace = reflector
    .getAll<(Condition[] | undefined)[]>(CONDITIONS, places)
    .map((found) => found ?? []);
  const conditions = byPlace.flat().toSorted(byRank);
  const own = reflector.get<TokenType[] | undefined>(ACCEPTED_TOKENS, handler);
  const open =
    conditions.length > 0 ? undefined : reflector.getAllAndOverride(Public, own ? [handler] : places);
  return {
    isPublic: open !== undefined,
    isBlind: open?.session === false,
    tokens: own ?? reflector.get<TokenType[] | undefined>(ACCEPTED_TOKENS, controller) ?? ['session_token'],
    conditions,
    hasScopes: byPlace.every((place) => !place.some(isForPeopleAlone) || place.some(isForProgramsAlone)),
  };
}

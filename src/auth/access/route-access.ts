import type { ExecutionContext, Type } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { TokenType } from '../machine/token-type.js';
import { Public } from '../public.decorator.js';
import { ACCEPTED_TOKENS } from './accepts-token.decorator.js';
import { KINDS, kindOf, type Condition } from './condition.js';
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
}

/** Reads the decorators of a handler and of its controller. A condition closes what `@Public()` opens. */
export function routeAccess(
  reflector: Reflector,
  handler: ReturnType<ExecutionContext['getHandler']>,
  controller: Type,
): RouteAccess {
  const places = [handler, controller];
  const conditions = reflector
    .getAll<(Condition[] | undefined)[]>(CONDITIONS, places)
    .flatMap((found) => found ?? [])
    .toSorted((a, b) => rank(a) - rank(b));
  const open = conditions.length === 0 ? reflector.getAllAndOverride(Public, places) : undefined;
  return {
    isPublic: open !== undefined,
    isBlind: open?.session === false,
    tokens: reflector.getAllAndOverride<TokenType[] | undefined>(ACCEPTED_TOKENS, places) ?? [
      'session_token',
    ],
    conditions,
  };
}

function rank(condition: Condition): number {
  const kind = kindOf(condition);
  return kind === undefined ? -1 : KINDS.indexOf(kind);
}

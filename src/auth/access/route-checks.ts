import { machineTypes } from '../machine/token-type.js';
import { isForProgramsAlone, isFresh } from './condition.js';
import { RouteAccessError } from './route-access.error.js';
import type { Route } from './route-table.js';

/** Whether requests of the method are for the route. */
export function answers({ method }: Route, asked: string): boolean {
  return method === asked || method === 'ALL';
}

/**
 * Express gives a request to the first of two handlers, and the second is dead.
 * @throws RouteAccessError
 */
export function refuseDuplicates(routes: readonly Route[]): void {
  for (const [index, route] of routes.entries()) {
    const other = routes.slice(0, index).find((each) => {
      const isOneMethod = answers(each, route.method) || answers(route, each.method);
      return isOneMethod && shape(each) === shape(route);
    });
    if (other) {
      throw new RouteAccessError(
        route,
        `is answered by ${other.handler} already`,
        'give one of them another path, or take one of their modules out',
      );
    }
  }
}

/** @throws RouteAccessError for decorators that let nobody enter as they say */
export function refuseContradictions(route: Route): void {
  const machines = machineTypes(route.tokens);
  const fresh = route.conditions.filter(isFresh);
  const refuse = (fault: string, remedy: string) => {
    throw new RouteAccessError(route, fault, remedy);
  };
  if (route.tokens.length === 0) refuse('accepts no token', 'name a type in @AcceptsToken()');
  if (machines.length > 0 && !/^\/api(\/|$)/.test(route.path)) {
    refuse(
      `accepts ${machines.join(', ')}, but a bearer token counts under /api only`,
      'move the route there, or remove @AcceptsToken()',
    );
  }
  if (machines.length === 0 && route.conditions.some(isForProgramsAlone)) {
    refuse(
      'asks for a scope, which only programs have, and takes none',
      "add @AcceptsToken('session_token', 'api_key')",
    );
  }
  if (machines.length > 0 && !route.hasScopes) {
    refuse(
      `accepts ${machines.join(', ')}, but its conditions are such as only people meet`,
      'add @RequireScope() for programs where those conditions stand, on the handler or on the controller',
    );
  }
  if (['user:', 'org:'].every((payer) => fresh.some(({ value }) => value.startsWith(payer)))) {
    refuse('asks two payers anew, and a request has one question', 'leave { fresh: true } to one of them');
  }
}

/** Its path, whatever its parameters are called. */
function shape({ path }: Route): string {
  return path.replaceAll(/:\w+/g, ':');
}

import { Injectable, RequestMethod, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { MACHINE_TOKENS } from '../machine/token-type.js';
import { routeAccess, type RouteAccess } from './route-access.js';
import { RouteAccessError } from './route-access.error.js';

/** A route of the application, and who may enter it. */
export interface Route extends RouteAccess {
  method: string;
  path: string;
  /** `Controller.handler`. */
  handler: string;
}

/** Every route of the application with who may enter. Stops the boot on one that nobody could enter as it says. */
@Injectable()
export class RouteTable implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws RouteAccessError */
  onModuleInit(): void {
    for (const route of this.routes()) refuseContradictions(route);
  }

  /** By path, then method. */
  routes(): Route[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.#routesOf(metatype as Type) : []))
      .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
  }

  #routesOf(controller: Type): Route[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
      if (!handler || method === undefined) return [];
      const access = routeAccess(this.reflector, handler, controller);
      return pathsOf(controller).flatMap((prefix) =>
        pathsOf(handler).map((path) => ({
          method: RequestMethod[method],
          path: `/${[prefix, path]
            .flatMap((part) => part.split('/'))
            .filter(Boolean)
            .join('/')}`,
          handler: `${controller.name}.${name}`,
          ...access,
        })),
      );
    });
  }
}

function pathsOf(place: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, place) as string | string[] | undefined;
  return [path ?? ''].flat();
}

function refuseContradictions(route: Route): void {
  const machines = MACHINE_TOKENS.filter((type) => route.tokens.includes(type));
  const asksForScope = route.conditions.some((condition) => 'scope' in condition);
  if (route.tokens.length === 0) {
    throw new RouteAccessError(route, 'accepts no token', 'name a type in @AcceptsToken()');
  }
  if (machines.length > 0 && !/^\/api(\/|$)/.test(route.path)) {
    throw new RouteAccessError(
      route,
      `accepts ${machines.join(', ')}, but a bearer token counts under /api only`,
      'move the route there, or remove @AcceptsToken()',
    );
  }
  if (asksForScope && machines.length === 0) {
    throw new RouteAccessError(
      route,
      'asks for a scope, which only programs have, and takes none',
      "add @AcceptsToken('session_token', 'api_key')",
    );
  }
  const isForPeople = route.conditions.some(
    (condition) => !('scope' in condition) && !('impersonation' in condition),
  );
  if (machines.length > 0 && isForPeople && !asksForScope) {
    throw new RouteAccessError(
      route,
      `accepts ${machines.join(', ')}, but its conditions are such as only people meet`,
      'add @RequireScope() for programs',
    );
  }
}

import { Injectable, RequestMethod, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { machineTypes } from '../machine/token-type.js';
import { isForProgramsAlone, isFresh } from './condition.js';
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
    private readonly modules: ModulesContainer,
  ) {}

  /** @throws RouteAccessError */
  onModuleInit(): void {
    for (const route of this.routes()) refuseContradictions(route);
  }

  /** By path, then method. */
  routes(): Route[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype, host }) =>
        metatype ? this.#routesOf(metatype as Type, this.#modulePath(host?.metatype)) : [],
      )
      .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
  }

  /** Where `RouterModule` has put the module. */
  #modulePath(module: Type | undefined): string {
    const key = MODULE_PATH + this.modules.applicationId;
    return (module && (Reflect.getMetadata(key, module) as string | undefined)) ?? '';
  }

  #routesOf(controller: Type, modulePath: string): Route[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
      if (!handler || method === undefined) return [];
      const access = routeAccess(this.reflector, handler, controller);
      return pathsOf(controller).flatMap((prefix) =>
        pathsOf(handler).map((path) => ({
          method: RequestMethod[method],
          path: `/${[modulePath, prefix, path]
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

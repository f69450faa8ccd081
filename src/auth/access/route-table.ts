import { Injectable, RequestMethod, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { routeAccess, type RouteAccess } from './route-access.js';
import { answers, refuseContradictions, refuseDuplicates } from './route-checks.js';

/** A route of the application, and who may enter it. */
export interface Route extends RouteAccess {
  method: string;
  path: string;
  /** `Controller.handler`. */
  handler: string;
  /** The module that has the controller. */
  module: Type | undefined;
}

/** Every route of the application with who may enter. Stops the boot on one that nobody could enter as it says, or at all. */
@Injectable()
export class RouteTable implements OnModuleInit {
  #routes: Route[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly modules: ModulesContainer,
  ) {}

  /** @throws RouteAccessError */
  onModuleInit(): void {
    const routes = this.routes();
    for (const route of routes) refuseContradictions(route);
    refuseDuplicates(routes);
  }

  /** Whether a handler answers exactly this path. */
  has(method: string, path: string): boolean {
    return this.routes().some((route) => route.path === path && answers(route, method));
  }

  /** By path, then method. */
  routes(): Route[] {
    this.#routes ??= this.discovery
      .getControllers()
      .flatMap(({ metatype, host }) => (metatype ? this.#routesOf(metatype as Type, host?.metatype) : []))
      .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
    return this.#routes;
  }

  /** Where `RouterModule` has put the module. */
  #modulePath(module: Type | undefined): string {
    const key = MODULE_PATH + this.modules.applicationId;
    return (module && (Reflect.getMetadata(key, module) as string | undefined)) ?? '';
  }

  #routesOf(controller: Type, module: Type | undefined): Route[] {
    const modulePath = this.#modulePath(module);
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
          module,
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

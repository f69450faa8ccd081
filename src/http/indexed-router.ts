import { Router, type RequestHandler } from 'express';

/** A path whose first segment is what it says, without a parameter in it. */
const LITERAL = /^\/([\w.~-]*)(?=\/|$)/;

/**
 * Express's router, case sensitive and strict, that looks at the routes of a request's first segment alone, so that
 * a page costs the same however many others there are. The order counts as ever: middleware and
 * routes that begin with a parameter stand between those before and those after them.
 */
export function indexedRouter(): Router {
  const router = createRouter();
  const use = router.use.bind(router) as (...handlers: unknown[]) => Router;
  const route = router.route.bind(router);
  let index: Map<string, Router> | undefined;

  const withIndex = {
    use(...handlers: unknown[]) {
      index = undefined;
      return use(...handlers);
    },
    route(path: string) {
      const segment = LITERAL.exec(path)?.[1];
      if (segment === undefined) {
        index = undefined;
        return route(path);
      }
      if (!index) use(lookUp((index = new Map())));
      const routes = index.get(segment) ?? createRouter();
      index.set(segment, routes);
      return routes.route(path);
    },
  };
  return Object.assign(router, withIndex);
}

function createRouter(): Router {
  return Router({ caseSensitive: true, strict: true });
}

/** Hands a request to the routes of its first segment; lists them all, as a router does, to those who look for routes. */
function lookUp(index: ReadonlyMap<string, Router>): RequestHandler {
  const handler: RequestHandler = (request, response, next) => {
    const routes = index.get(request.path.split('/', 2)[1] ?? '');
    if (routes) routes(request, response, next);
    else next();
  };
  return Object.defineProperty(handler, 'stack', {
    get: () => [...index.values()].flatMap(({ stack }) => stack),
  });
}

import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { TestApp } from './test-app.js';

/** What @types/express leaves out of a layer: the question that the router asks, and the layers of a router in it. */
type Layer = Express['router']['stack'][number] & {
  match(path: string): boolean;
  handle: { stack?: Layer[] };
};

/** The routes that Express knows, such as `GET /closed`, in their order: what handlers and modules have registered. */
export function routesOf(app: TestApp): string[] {
  return layersOf(app).flatMap(({ route }) => {
    if (!route) return [];
    const methods = route.stack.map(({ method }) => method.toUpperCase());
    return [...new Set(methods)].map((method) => `${method} ${route.path}`);
  });
}

/** Everything that Express asks, one after the other, whether a path is for it. */
export function layersOf(app: TestApp): Layer[] {
  const { httpAdapter } = app.get(HttpAdapterHost);
  return flat(httpAdapter.getInstance<Express>().router.stack as Layer[]);
}

function flat(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => [layer, ...flat(layer.handle.stack ?? [])]);
}

import type { Route } from './route-table.js';

/** The decorators of a route contradict each other. For developers: it stops the boot. */
export class RouteAccessError extends Error {
  constructor({ method, path, handler }: Route, fault: string, remedy: string) {
    super(`${method} ${path} (${handler}) ${fault}. To mend it: ${remedy}.`);
    this.name = 'RouteAccessError';
  }
}

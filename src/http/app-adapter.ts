import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';

/**
 * Nest on Express, whose server makes requests and responses with Express's own prototypes from the start. Express would
 * set them on each, which makes every further access to it slow.
 */
export class AppAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const app = this.getInstance<Express>();
    class AppRequest extends IncomingMessage {}
    class AppResponse extends ServerResponse {}
    app.request = between(app.request, AppRequest);
    app.response = between(app.response, AppResponse);
    this.setHttpServer(createServer({ IncomingMessage: AppRequest, ServerResponse: AppResponse }, app));
  }
}

/** Puts Express's methods between a class and what it extends, and gives the class's prototype. */
function between<T extends object>(methods: T, { prototype }: { prototype: object }): T {
  return Object.setPrototypeOf(prototype, methods) as T;
}

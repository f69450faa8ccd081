import type { RequestHandler } from 'express';

/** One handler out of several that a request passes one after the other: Express then has one layer to look at. */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let passed = 0;
    const pass = (error?: unknown): void => {
      const handler = error === undefined ? handlers[passed++] : undefined;
      if (handler) void handler(request, response, pass);
      else next(error);
    };
    pass();
  };
}

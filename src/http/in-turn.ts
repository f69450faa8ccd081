import type { RequestHandler } from 'express';

/** One handler out of several that a request passes one after the other: Express then has one layer to look at. */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, leave) => {
    let passed = 0;
    const pass = (fault?: unknown): void => {
      const handler = fault === undefined ? handlers[passed++] : undefined;
      if (!handler) return leave(fault);
      const done = handler(request, response, pass);
      if (done instanceof Promise) done.catch(leave);
    };
    pass();
  };
}

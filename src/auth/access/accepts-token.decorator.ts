import type { TokenType } from '../machine/token-type.js';

/** Metadata key of the token types that a handler or a controller takes. */
export const ACCEPTED_TOKENS = Symbol('ACCEPTED_TOKENS');

/**
 * Who may call a route under `/api`: people by `session_token`, which alone counts without this decorator, and programs by
 * the others. Nothing of another type is sent to Clerk. On a handler it takes the place of the controller's, and closes
 * what `@Public()` there opens.
 * @throws Error when it stands twice on one place
 * @example @AcceptsToken('session_token', 'api_key') @Get() list() {}
 */
export const AcceptsToken =
  (...types: TokenType[]): ClassDecorator & MethodDecorator =>
  (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const place = (descriptor?.value as object | undefined) ?? target;
    if (Reflect.hasOwnMetadata(ACCEPTED_TOKENS, place)) {
      const name = typeof target === 'function' ? target.name : target.constructor.name;
      throw new Error(
        `@AcceptsToken() stands twice on ${name}${key ? `.${String(key)}` : ''}: name every type in one.`,
      );
    }
    Reflect.defineMetadata(ACCEPTED_TOKENS, types, place);
  };

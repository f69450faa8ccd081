import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { sessionOf, type Session } from './session.js';

/** Makes a parameter decorator out of what it reads from the request's session, which is undefined where none was resolved. */
export const fromSession = (read: (session: Session | undefined) => unknown) =>
  createParamDecorator((_data: undefined, context: ExecutionContext) =>
    read(sessionOf(context.switchToHttp().getRequest<object>())),
  );

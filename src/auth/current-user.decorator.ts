import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { sessionOf } from './session.js';
import type { SessionUser } from './session-user.js';

/**
 * The signed-in person, or null. Reads what the guard has found out and asks nobody, unless the pipe `LoadUser` is there to.
 * @example @Get() profile(@CurrentUser() user: SessionUser) {}
 * @example @Get() profile(@CurrentUser(LoadUser) user: LoadedUser | null) {}
 */
export const CurrentUser = createParamDecorator(
  (_data: undefined, context: ExecutionContext): SessionUser | null =>
    sessionOf(context.switchToHttp().getRequest<object>())?.user ?? null,
);

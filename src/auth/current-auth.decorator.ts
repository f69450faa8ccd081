import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { NOBODY, type Auth } from './access/auth.js';
import { sessionOf } from './session.js';

/**
 * Who calls and what they may do: `auth.has({ permission: 'org:reports:export' })`. Of nobody on a public route, it has nothing.
 * @example @Get() list(@CurrentAuth() auth: Auth) {}
 */
export const CurrentAuth = createParamDecorator(
  (_data: undefined, context: ExecutionContext): Auth =>
    sessionOf(context.switchToHttp().getRequest<object>())?.auth ?? NOBODY,
);

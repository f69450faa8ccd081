import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ActiveOrganization } from './access/auth.js';
import { sessionOf } from './session.js';

/**
 * The organisation that the caller acts for at the moment, or null.
 * @example @Get() list(@CurrentOrganization() organization: ActiveOrganization | null) {}
 */
export const CurrentOrganization = createParamDecorator(
  (_data: undefined, context: ExecutionContext): ActiveOrganization | null =>
    sessionOf(context.switchToHttp().getRequest<object>())?.auth.organization ?? null,
);

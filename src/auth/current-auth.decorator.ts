import { NOBODY } from './access/auth.js';
import { fromSession } from './from-session.js';

/**
 * Who calls and what they may do: `auth.has({ permission: 'org:reports:export' })`. Of nobody on a public route, it has nothing.
 * @example @Get() list(@CurrentAuth() auth: Auth) {}
 */
export const CurrentAuth = fromSession((session) => session?.auth ?? NOBODY);

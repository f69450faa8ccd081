import { fromSession } from './from-session.js';

/**
 * The signed-in person, or null. Reads what the guard has found out and asks nobody, unless the pipe `LoadUser` is there to.
 * @example @Get() profile(@CurrentUser() user: SessionUser) {}
 * @example @Get() profile(@CurrentUser(LoadUser) user: LoadedUser | null) {}
 */
export const CurrentUser = fromSession((session) => session?.user ?? null);

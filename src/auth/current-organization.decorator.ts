import { fromSession } from './from-session.js';

/**
 * The organisation that the caller acts for at the moment, or null.
 * @example @Get() list(@CurrentOrganization() organization: ActiveOrganization | null) {}
 */
export const CurrentOrganization = fromSession((session) => session?.auth.organization ?? null);

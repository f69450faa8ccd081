import { fromSession } from './from-session.js';

/**
 * The program that calls by a token of its own, or null when a person does.
 * @example @AcceptsToken('api_key') @Get() list(@CurrentMachine() machine: Machine) {}
 */
export const CurrentMachine = fromSession((session) => session?.machine ?? null);

import { Reflector } from '@nestjs/core';

export interface PublicOptions {
  /** `false` leaves the session unread: nothing of Clerk's runs, and `@CurrentUser()` is null. */
  session?: boolean;
}

/**
 * Opens a handler, or every handler of a controller, to everybody. Without it a route is for signed-in people.
 * @example @Public() @Get() home() {}
 */
export const Public = Reflector.createDecorator<PublicOptions>();

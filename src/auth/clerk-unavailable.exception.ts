import { ServiceUnavailableException } from '@nestjs/common';

/** Clerk cannot say who this is: 503, never "signed out". */
export class ClerkUnavailableException extends ServiceUnavailableException {
  constructor() {
    super('The sign-in service cannot be reached at the moment.');
  }
}

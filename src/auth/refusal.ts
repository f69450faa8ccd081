import { Logger } from '@nestjs/common';
import { withoutUser, type Session } from './session.js';

const logger = new Logger('Authenticator');

/** Tells the log why somebody's proof of who they are does not count: the reason, and nothing of the proof. */
export function reportRefusal(reason: string): void {
  logger.warn({ event: 'session-refused', reason });
}

/** The session of somebody whose proof does not count. */
export function refused(reason: string): Session {
  reportRefusal(reason);
  return withoutUser('signed-out');
}

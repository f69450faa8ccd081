import { ApiError } from '../http/api.error.js';
import { factorAge } from '../session-token.js';
import type { Session } from '../state/state.js';

const RECENT_MIN = 10;

/**
 * What Clerk asks for before it changes how somebody signs in, or deletes the account ("strict").
 *
 * @throws {ApiError} 403 that makes ClerkJS open its reverification and repeat the call.
 */
export function assertRecentlyVerified(session: Session): void {
  const [age] = factorAge(session);
  if (age >= 0 && age < RECENT_MIN) return;
  const message = 'You need to provide additional verification to perform this operation.';
  throw new ApiError(403, 'session_reverification_required', message);
}

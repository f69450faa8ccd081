import type { Context } from '../context.js';
import type { Session, SessionVerification, User } from '../state/state.js';
import { firstFactors } from './first-factors.js';
import { sessionResource } from './session.resource.js';

/** A reverification as ClerkJS holds it. Whatever the level, it is complete with the first factor: nobody has a second. */
export async function verificationResource(
  context: Context,
  { session, user, verification }: { session: Session; user: User; verification: SessionVerification },
  status: 'needs_first_factor' | 'complete' = 'needs_first_factor',
) {
  return {
    object: 'session_verification',
    id: verification.id,
    status,
    level: verification.level,
    session: await sessionResource(context, session),
    supported_first_factors: firstFactors(user),
    supported_second_factors: null,
    first_factor_verification: verification.strategy && {
      object: 'verification',
      status: status === 'complete' ? 'verified' : 'unverified',
      strategy: verification.strategy,
      attempts: verification.code?.attempts ?? null,
      expire_at: verification.code?.expiresAt ?? null,
    },
    second_factor_verification: null,
  };
}

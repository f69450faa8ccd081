import type { Context } from '../context.js';
import { factorAge, sessionToken } from '../session-token.js';
import { taskOf } from '../session-task.js';
import type { Session } from '../state/state.js';
import { publicUserData, userResource } from './user.resource.js';

/** The fields that both APIs and the list of devices share. */
export function sessionRecord(context: Pick<Context, 'store'>, session: Session) {
  const task = taskOf(context, session);
  return {
    object: 'session',
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: task && session.status === 'active' ? 'pending' : session.status,
    last_active_organization_id: session.activeOrganizationId,
    actor: session.actor ?? null,
    tasks: task ? [{ key: task }] : null,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.expireAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** A session as ClerkJS holds it, with its user and a fresh token. */
export async function sessionResource(context: Context, session: Session) {
  const user = context.store.user(session.userId);
  return {
    ...sessionRecord(context, session),
    last_active_token: { object: 'token', jwt: await sessionToken(context, session) },
    factor_verification_age: factorAge(session),
    user: user && userResource(context, user),
    public_user_data: user && publicUserData(context, user),
  };
}

/** A line in UserProfile's list of devices. */
export function deviceResource(context: Pick<Context, 'store'>, session: Session) {
  return {
    ...sessionRecord(context, session),
    user: null,
    latest_activity: {
      object: 'session_activity',
      id: session.id,
      browser_name: session.browser,
      browser_version: session.browserVersion,
      device_type: session.deviceType,
      is_mobile: session.isMobile,
      ip_address: session.ipAddress,
      city: 'this machine',
      country: null,
    },
  };
}

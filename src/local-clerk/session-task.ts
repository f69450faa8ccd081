import type { Context } from './context.js';
import type { Session } from './state/state.js';

/** What is left to do before a session counts; null once nothing is. The task that an instance can set is this one. */
export type SessionTask = 'choose-organization';

/** The open task of a session: never kept, since every change of organisation or setting can end or begin it. */
export function taskOf({ store }: Pick<Context, 'store'>, session: Session): SessionTask | null {
  const { state } = store;
  const acts = session.activeOrganizationId && store.membership(session.userId, session.activeOrganizationId);
  return state.forceOrganizationSelection && !acts ? 'choose-organization' : null;
}

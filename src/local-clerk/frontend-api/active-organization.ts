import type { Context } from '../context.js';
import type { Session } from '../state/state.js';

/**
 * Switches the session to an organisation (id or slug), or with '' to the personal account. Returns whether it did:
 * false, and nothing changed, when the user is no member. The caller saves.
 */
export function activateOrganization({ store }: Context, session: Session, idOrSlug: string): boolean {
  const organization = store.organization(idOrSlug);
  if (idOrSlug !== '' && !(organization && store.membership(session.userId, organization.id))) return false;
  session.activeOrganizationId = organization?.id ?? null;
  return true;
}

import type { Context } from '../context.js';
import type { Client } from '../state/state.js';
import { sessionResource } from './session.resource.js';
import { signInResource } from './sign-in.resource.js';
import { signUpResource } from './sign-up.resource.js';

/** A browser as ClerkJS holds it; all of ClerkJS's state comes from here. */
export async function clientResource(context: Context, client: Client) {
  const sessions = context.store.sessionsOf({ clientId: client.id });
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(sessions.map((session) => sessionResource(context, session))),
    sign_in: client.signIn && signInResource(context, client.signIn),
    sign_up: client.signUp && signUpResource(context, client.signUp),
    last_active_session_id: sessions[0]?.id ?? null,
    last_authentication_strategy: null,
    cookie_expires_at: null,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

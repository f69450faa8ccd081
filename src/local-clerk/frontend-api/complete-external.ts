import type { Request } from 'express';
import type { Context } from '../context.js';
import { randomId } from '../random.js';
import type { Client, ExternalVerification, User } from '../state/state.js';
import { newSignIn } from './new-sign-in.js';
import { newSignUp } from './new-sign-up.js';
import { newUser } from './new-user.js';
import { startSession } from './session-lifecycle.js';

/** The user who has connected this account, else the one with its e-mail address: all of those are verified here. */
export function externalUser(
  { store }: Context,
  { strategy, emailAddress }: ExternalVerification,
): User | undefined {
  const account = store.state.externalAccounts.find(
    (candidate) => candidate.strategy === strategy && candidate.emailAddress === emailAddress,
  );
  return account ? store.user(account.userId) : store.userByEmail(emailAddress);
}

/** Connects the account with the user, unless it is already. The caller saves. */
export function connect({ store }: Context, user: User, external: ExternalVerification): void {
  const { strategy, emailAddress } = external;
  Object.assign(external, { status: 'verified', error: null });
  const now = Date.now();
  if (store.externalAccountsOf(user.id).some((account) => account.emailAddress === emailAddress)) return;
  store.state.externalAccounts.push({
    id: randomId('eac'),
    userId: user.id,
    strategy,
    emailAddress,
    createdAt: now,
    updatedAt: now,
  });
}

/** Signs the user in who came back from the provider. The caller saves. */
export function signInExternally(
  context: Context,
  request: Request,
  client: Client,
  { user, external }: { user: User; external: ExternalVerification },
): void {
  connect(context, user, external);
  const { id } = startSession(context, request, client, user);
  const progress = {
    status: 'complete',
    strategy: external.strategy,
    createdSessionId: id,
    external,
  } as const;
  client.signIn = { ...newSignIn(user), ...progress };
  client.signUp = null;
}

/** Makes an account, without a password, for who came back from the provider. The caller saves. */
export function signUpExternally(
  context: Context,
  request: Request,
  client: Client,
  external: ExternalVerification,
): void {
  const signUp = { ...newSignUp(), emailAddress: external.emailAddress, external };
  const user = newUser(signUp);
  context.store.state.users.push(user);
  connect(context, user, external);
  const { id } = startSession(context, request, client, user);
  client.signUp = { ...signUp, createdUserId: user.id, createdSessionId: id };
  client.signIn = null;
}

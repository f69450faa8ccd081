import { randomId } from '../random.js';
import type { StateFile } from './state-file.js';
import type { Client, ExternalAccount, Membership, Organization, Session, State, User } from './state.js';

const FORGET_AFTER_MS = 30 * 24 * 60 * 60_000;

/** The state in memory: look-ups, and `save()` after a change. Routes change records in place, then save, then answer. */
export class Store {
  constructor(
    readonly state: State,
    private readonly file: StateFile,
  ) {}

  /** Writes everything; to be called after each change and before its answer. */
  save(): void {
    this.file.write(this.state);
  }

  user(id: string): User | undefined {
    return this.state.users.find((user) => user.id === id);
  }

  /** E-mail addresses are compared without regard to case, as Clerk does. */
  userByEmail(emailAddress: string): User | undefined {
    const wanted = emailAddress.trim().toLowerCase();
    return this.state.users.find((user) => user.emailAddress === wanted);
  }

  externalAccountsOf(userId: string): ExternalAccount[] {
    return this.state.externalAccounts.filter((account) => account.userId === userId);
  }

  organization(idOrSlug: string): Organization | undefined {
    return this.state.organizations.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug);
  }

  membershipsOf(userId: string): Membership[] {
    return this.state.memberships.filter((membership) => membership.userId === userId);
  }

  membersOf(organizationId: string): Membership[] {
    return this.state.memberships.filter((membership) => membership.organizationId === organizationId);
  }

  membership(userId: string, organizationId: string): Membership | undefined {
    return this.membershipsOf(userId).find((membership) => membership.organizationId === organizationId);
  }

  clientByToken(token: string): Client | undefined {
    return this.state.clients.find((client) => client.token === token);
  }

  addClient(): Client {
    const now = Date.now();
    const client: Client = {
      id: randomId('client'),
      token: randomId('clt'),
      signIn: null,
      signUp: null,
      createdAt: now,
      updatedAt: now,
    };
    this.state.clients.push(client);
    return client;
  }

  session(id: string): Session | undefined {
    return this.state.sessions.find((session) => session.id === id);
  }

  /** Live sessions, the one used last first. */
  sessionsOf(owner: { clientId: string } | { userId: string }): Session[] {
    const now = Date.now();
    return this.state.sessions
      .filter((session) => session.status === 'active' && session.expireAt > now)
      .filter((session) =>
        'clientId' in owner ? session.clientId === owner.clientId : session.userId === owner.userId,
      )
      .toSorted((a, b) => b.lastActiveAt - a.lastActiveAt);
  }

  /** Drops sessions and tickets that are over and browsers that were not seen for a month. */
  forgetOld(): void {
    const limit = Date.now() - FORGET_AFTER_MS;
    this.state.actorTokens = this.state.actorTokens.filter(({ expiresAt }) => expiresAt > limit);
    this.state.sessions = this.state.sessions.filter((session) => session.expireAt > limit);
    const inUse = new Set(this.state.sessions.map((session) => session.clientId));
    this.state.clients = this.state.clients.filter(({ id, updatedAt }) => inUse.has(id) || updatedAt > limit);
  }
}

import { SignJWT, type JWTPayload } from 'jose';
import { currentPlan, type Payer } from './billing/subscriptions.js';
import type { Context } from './context.js';
import type { Plan } from './plans.js';
import { permissionClaims } from './permission-claims.js';
import { randomId } from './random.js';
import { taskOf } from './session-task.js';
import type { Session } from './state/state.js';

/** Life of a session token in seconds, as with Clerk. */
export const TOKEN_LIFETIME_S = 60;

/** What marks a session token, and a handshake's, in `cat`; other kinds of token have another category. */
export const SESSION_CATEGORY = 'cl_B7d4PD111AAA';

/** Signs claims as Clerk does, by default as a session token. */
export function sign(
  { instance }: Pick<Context, 'instance'>,
  claims: JWTPayload,
  header: { typ: string; cat?: string } = { typ: 'JWT', cat: SESSION_CATEGORY },
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: instance.keyId, ...header })
    .sign(instance.privateKey);
}

/** A session token (version 2) for the session's active organisation. */
export function sessionToken(context: Context, session: Session): Promise<string> {
  return sign(context, sessionClaims(context, session));
}

function sessionClaims({ instance, origin, store }: Context, session: Session): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const user = store.user(session.userId);
  const organization = organizationClaim({ store }, session);
  return {
    iss: instance.issuer,
    sub: session.userId,
    sid: session.id,
    azp: origin,
    iat: now,
    nbf: now - 10,
    exp: now + TOKEN_LIFETIME_S,
    jti: randomId('jti').slice(4),
    sts: taskOf({ store }, session) ? 'pending' : 'active',
    fva: factorAge(session),
    v: 2,
    ...(session.actor && { act: session.actor }),
    ...planClaims({ store }, session.userId, organization?.id),
    ...(organization && { o: organization }),
    first: user?.firstName || null,
    last: user?.lastName || null,
    uid: session.userId,
  };
}

/** Minutes since the first factor was verified; -1: there is no second one, and whoever acts for another had none. */
export function factorAge({ createdAt, actor, firstFactorVerifiedAt }: Session): [number, number] {
  const verifiedAt = firstFactorVerifiedAt ?? (actor ? undefined : createdAt);
  return [verifiedAt === undefined ? -1 : Math.floor((Date.now() - verifiedAt) / 60_000), -1];
}

function organizationClaim({ store }: Pick<Context, 'store'>, session: Session) {
  const membership =
    session.activeOrganizationId && store.membership(session.userId, session.activeOrganizationId);
  const organization = membership && store.organization(membership.organizationId);
  if (!organization) return undefined;
  const { id, slug } = organization;
  const plan = currentPlan(store.state, { kind: 'org', id });
  return {
    id,
    slg: slug,
    rol: membership.role.replace('org:', ''),
    ...permissionClaims(membership.role, plan),
  };
}

function planClaims({ store }: Pick<Context, 'store'>, userId: string, organizationId: string | undefined) {
  const payers: Payer[] = [
    ...(organizationId ? [{ kind: 'org' as const, id: organizationId }] : []),
    { kind: 'user', id: userId },
  ];
  const held = payers.map((payer) => ({
    scope: payer.kind === 'org' ? 'o' : 'u',
    plan: currentPlan(store.state, payer),
  }));
  const list = (pick: (plan: Plan) => readonly string[]) =>
    held.flatMap(({ scope, plan }) => pick(plan).map((slug) => `${scope}:${slug}`)).join(',');
  return { pla: list(({ slug }) => [slug]), fea: list(({ features }) => features) };
}

import { hashPassword } from './password.js';
import { addPeriod } from './billing/period.js';
import type { State } from './state/state.js';

/** A user that a fresh state begins with. The plan is a slug from `plans.ts`. */
interface SeededUser {
  id: string;
  emailAddress: string;
  firstName: string;
  lastName: string;
  password: string;
  plan?: string;
}

/** The cast. Passwords are for this machine only and no secret. */
export const seededUsers: readonly SeededUser[] = [
  {
    id: 'user_ada',
    emailAddress: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    password: 'analytical-engine-1843',
    plan: 'pro',
  },
  {
    id: 'user_grace',
    emailAddress: 'grace@example.com',
    firstName: 'Grace',
    lastName: 'Hopper',
    password: 'nanosecond-wire-1952',
  },
  {
    id: 'user_charles',
    emailAddress: 'charles@example.com',
    firstName: 'Charles',
    lastName: 'Babbage',
    password: 'difference-engine-1822',
  },
];

const organization = { id: 'org_analytical_engines', name: 'Analytical Engines', slug: 'analytical-engines' };

/** Two programs, of which the worker may call the service. */
const machines = [
  { id: 'mch_reports_service', name: 'Reports service', scopedMachines: [] },
  { id: 'mch_reports_worker', name: 'Reports worker', scopedMachines: ['mch_reports_service'] },
];

/** Who pays for which plan from the beginning; everybody else is on the free one. */
const subscribers = [
  ...seededUsers.flatMap(({ id, plan }) => (plan ? { payerId: id, plan } : [])),
  { payerId: organization.id, plan: 'team' },
];

const members = [
  { id: 'orgmem_ada', userId: 'user_ada', role: 'org:admin' },
  { id: 'orgmem_charles', userId: 'user_charles', role: 'org:member' },
] as const;

/** The part of a fresh state that is not keys. */
export async function seed(): Promise<Omit<State, 'version' | 'instance' | 'secretKey' | 'privateKey'>> {
  const now = Date.now();
  const times = { createdAt: now, updatedAt: now };
  return {
    users: await Promise.all(
      seededUsers.map(async ({ password, plan: _plan, ...user }) => ({
        ...user,
        passwordHash: await hashPassword(password),
        seeded: true,
        lastSignInAt: null,
        ...times,
      })),
    ),
    organizations: [{ ...organization, createdBy: 'user_ada', ...times }],
    memberships: members.map((member) => ({ ...member, organizationId: organization.id, ...times })),
    subscriptions: subscribers.map(({ payerId, plan }) => ({
      id: `sub_${payerId}`,
      payerId,
      plan,
      period: 'month',
      startedAt: now,
      periodStart: now,
      periodEnd: addPeriod(now, 'month'),
      canceledAt: null,
      next: null,
    })),
    invitations: [],
    clients: [],
    sessions: [],
    paymentMethods: [],
    actorTokens: [],
    externalAccounts: [],
    apiKeys: [],
    machines: machines.map((machine) => ({ ...machine, ...times })),
    m2mTokens: [],
    oauthAccessTokens: [],
  };
}

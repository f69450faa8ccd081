import type { ClerkClient } from '@clerk/backend';
import { Injectable, type HttpException } from '@nestjs/common';
import type { Auth } from '../access/auth.js';
import type { Condition } from '../access/condition.js';
import { toException } from '../access/denial.js';
import type { RouteAccess } from '../access/route-access.js';
import { ClerkUnavailableException } from '../clerk-unavailable.exception.js';
import type { Session } from '../session.js';
import type { SessionUser } from '../session-user.js';
import { BackendLookup } from './backend-lookup.js';

type Subscription = Awaited<ReturnType<ClerkClient['billing']['getUserBillingSubscription']>>;
type BillingCondition = Extract<Condition, { fresh?: boolean }>;

/** Judges `{ fresh: true }`: whether Clerk itself still says what the token says of a plan. */
@Injectable()
export class FreshPlan {
  constructor(private readonly lookup: BackendLookup) {}

  /**
   * Why a person whose token meets every condition may not enter all the same; undefined when the plan is still there.
   * @throws ClerkUnavailableException when there is no answer: nobody is then taken to have paid
   */
  async denialOf({ user, auth }: Session, { conditions }: RouteAccess): Promise<HttpException | undefined> {
    const fresh = conditions.filter(isFresh);
    const [first] = fresh;
    if (!user || !first) return undefined;
    // Every condition is of one payer, as one question to Clerk is all that a request has.
    const payer = payerOf(first, auth);
    const held = fresh.every((condition) => payerOf(condition, auth) === payer)
      ? await this.#ask(user, payer)
      : [];
    const failed = fresh.find((condition) => !held.includes(wordOf(condition)));
    return failed && toException(failed);
  }

  /** The plans and features that the payer has at this moment, as `plan:pro` and `feature:export`. */
  async #ask(user: SessionUser, payer: 'org' | 'user'): Promise<string[]> {
    try {
      const { subscriptionItems } = await this.lookup.ask<Subscription>(user, ({ billing }) =>
        payer === 'org'
          ? billing.getOrganizationBillingSubscription(user.orgId ?? '')
          : billing.getUserBillingSubscription(user.userId),
      );
      return subscriptionItems
        .filter(({ status, plan }) => status === 'active' && plan !== null)
        .flatMap(({ plan }) => [
          `plan:${plan?.slug}`,
          ...(plan?.features ?? []).map(({ slug }) => `feature:${slug}`),
        ]);
    } catch {
      throw new ClerkUnavailableException();
    }
  }
}

function isFresh(condition: Condition): condition is BillingCondition {
  return 'fresh' in condition && condition.fresh === true;
}

function wordOf(condition: BillingCondition): string {
  const [kind, word] = 'plan' in condition ? ['plan', condition.plan] : ['feature', condition.feature];
  return `${kind}:${word.replace(/^\w+:/, '')}`;
}

/** Who holds it, by the token: the active organisation comes first where nothing is said of that. */
function payerOf(condition: BillingCondition, { has }: Auth): 'org' | 'user' {
  const [kind = '', slug = ''] = wordOf(condition).split(':');
  const word = 'plan' in condition ? condition.plan : condition.feature;
  if (word.includes(':')) return word.startsWith('org:') ? 'org' : 'user';
  return has({ [kind]: `org:${slug}` }) ? 'org' : 'user';
}

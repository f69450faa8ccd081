import type { ClerkClient } from '@clerk/backend';
import { Injectable, type HttpException } from '@nestjs/common';
import type { Auth } from '../access/auth.js';
import { isFresh, type FreshCondition } from '../access/condition.js';
import { toException } from '../access/denial.js';
import type { RouteAccess } from '../access/route-access.js';
import { ClerkTroubleError } from '../clerk-trouble.error.js';
import { ClerkUnavailableException } from '../clerk-unavailable.exception.js';
import type { Session } from '../session.js';
import type { SessionUser } from '../session-user.js';
import { BackendLookup } from './backend-lookup.js';

type Subscription = Awaited<ReturnType<ClerkClient['billing']['getUserBillingSubscription']>>;

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
    // One question is all that a request has: what another payer holds counts as not confirmed.
    const organization = organizationOf(first, auth);
    const items = await this.#ask(user, organization);
    const failed = fresh.find(
      (condition) => organizationOf(condition, auth) !== organization || !isIn(items, condition),
    );
    return failed && toException(failed);
  }

  /** What the organisation or, without one, the person is subscribed to at this moment. */
  async #ask(user: SessionUser, organization: string | null): Promise<Subscription['subscriptionItems']> {
    try {
      return await this.lookup.ask(user, async ({ billing }) => {
        const { subscriptionItems }: Partial<Subscription> =
          organization === null
            ? await billing.getUserBillingSubscription(user.userId)
            : await billing.getOrganizationBillingSubscription(organization);
        if (!subscriptionItems) throw new ClerkTroubleError('Clerk answers with no subscription');
        return subscriptionItems.filter(({ status }) => status === 'active');
      });
    } catch {
      throw new ClerkUnavailableException();
    }
  }
}

/** The organisation that holds what is asked for, by the token; null when it is the person. */
function organizationOf({ kind, value }: FreshCondition, { has, organization }: Auth): string | null {
  const isOrganizations = !value.startsWith('user:') && has({ [kind]: `org:${slugOf(value)}` });
  return isOrganizations && organization ? organization.id : null;
}

function isIn(items: Subscription['subscriptionItems'], { kind, value }: FreshCondition): boolean {
  return items.some(({ plan }) => {
    const held = kind === 'plan' ? [plan] : (plan?.features ?? []);
    return held.some((thing) => thing?.slug === slugOf(value));
  });
}

function slugOf(word: string): string {
  return word.replace(/^\w+:/, '');
}

import { freePlan, planOf, type Plan } from '../plans.js';
import { randomId } from '../random.js';
import type { PlanPeriod, State, Subscription } from '../state/state.js';
import { addPeriod } from './period.js';

/** Who pays: a user, or an organisation. */
export interface Payer {
  kind: 'user' | 'org';
  id: string;
}

/** The paid subscription in force, rolled on to the present period; undefined when the payer is on the free plan. */
export function subscriptionOf(state: State, payer: Payer): Subscription | undefined {
  const subscription = state.subscriptions.find(({ payerId }) => payerId === payer.id);
  if (!subscription || !planOf(subscription.plan)) return undefined;
  const now = Date.now();
  while (subscription.periodEnd <= now) {
    if (subscription.canceledAt !== null) {
      if (!subscription.next) {
        state.subscriptions = state.subscriptions.filter((other) => other !== subscription);
        return undefined;
      }
      Object.assign(subscription, { plan: subscription.next, next: null, canceledAt: null });
    }
    subscription.periodStart = subscription.periodEnd;
    subscription.periodEnd = addPeriod(subscription.periodStart, subscription.period);
  }
  return subscription;
}

/** The plan in force. */
export function currentPlan(state: State, payer: Payer): Plan {
  return planOf(subscriptionOf(state, payer)?.plan ?? '') ?? freePlan(payer.kind);
}

/** Whether a change takes effect now: a dearer plan, a longer period, or a cancelled plan taken up again. */
export function isImmediate(state: State, payer: Payer, plan: Plan): boolean {
  return plan.monthly >= currentPlan(state, payer).monthly;
}

/** Changes the plan: at once upwards, at the end of the paid period downwards. */
export function subscribe(state: State, payer: Payer, plan: Plan, period: PlanPeriod): void {
  const current = subscriptionOf(state, payer);
  if (current && !isImmediate(state, payer, plan)) {
    return cancel(current, plan.monthly === 0 ? null : plan.slug);
  }
  if (current?.plan === plan.slug && current.period === period) {
    Object.assign(current, { canceledAt: null, next: null });
    return;
  }
  state.subscriptions = state.subscriptions.filter(({ payerId }) => payerId !== payer.id);
  if (plan.monthly === 0) return;
  const now = Date.now();
  state.subscriptions.push({
    id: randomId('sub'),
    payerId: payer.id,
    plan: plan.slug,
    period,
    startedAt: now,
    periodStart: now,
    periodEnd: addPeriod(now, period),
    canceledAt: null,
    next: null,
  });
}

/** Ends a subscription with its period, as Clerk does: until then, plan and features stay. */
export function cancel(subscription: Subscription, next: string | null = null): void {
  Object.assign(subscription, { canceledAt: Date.now(), next });
}

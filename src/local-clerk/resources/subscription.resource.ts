import { subscriptionOf, type Payer } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { freePlan, planOf, type Plan } from '../plans.js';
import type { PlanPeriod, Subscription } from '../state/state.js';
import { money, planResource } from './plan.resource.js';

/** What one period of a plan costs, in cents. */
export function priceOf(plan: Plan, period: PlanPeriod): number {
  return period === 'annual' ? plan.annual * 12 : plan.monthly;
}

/** A payer's subscription: the item in force and, after a cancellation, the one that follows. */
export function subscriptionResource({ store }: Context, payer: Payer) {
  const paid = subscriptionOf(store.state, payer);
  const plan = paid && planOf(paid.plan);
  return {
    object: 'commerce_subscription',
    id: paid?.id ?? `sub_free_${payer.id}`,
    payer_id: payer.id,
    status: 'active',
    active_at: paid?.startedAt ?? 0,
    created_at: paid?.startedAt ?? 0,
    updated_at: null,
    past_due_at: null,
    subscription_items:
      paid && plan ? paidItems(paid, plan, payer) : [item(freePlan(payer.kind), payer, { status: 'active' })],
    next_payment:
      paid && plan && paid.canceledAt === null
        ? { amount: money(priceOf(plan, paid.period)), date: paid.periodEnd }
        : null,
    eligible_for_free_trial: false,
  };
}

/** The id of a subscription item; a payer has at most one for each plan. */
export function itemId(payer: Payer, plan: Plan): string {
  return `subi_${payer.id}_${plan.slug}`;
}

function paidItems(paid: Subscription, plan: Plan, payer: Payer) {
  const active = item(plan, payer, {
    status: 'active',
    period: paid.period,
    start: paid.periodStart,
    end: paid.periodEnd,
    canceledAt: paid.canceledAt,
  });
  if (paid.canceledAt === null) return [active];
  const next = planOf(paid.next ?? '') ?? freePlan(payer.kind);
  // A free plan has no yearly price, and ClerkJS breaks when it is to show one.
  const period = next.monthly === 0 ? 'month' : paid.period;
  return [active, item(next, payer, { status: 'upcoming', period, start: paid.periodEnd })];
}

interface ItemTimes {
  status: 'active' | 'upcoming';
  period?: PlanPeriod;
  start?: number;
  end?: number;
  canceledAt?: number | null;
}

function item(plan: Plan, payer: Payer, { status, period = 'month', start = 0, end, canceledAt }: ItemTimes) {
  return {
    object: 'commerce_subscription_item',
    id: itemId(payer, plan),
    plan: planResource(plan),
    plan_id: `cplan_${plan.slug}`,
    plan_period: period,
    price_id: `price_${plan.slug}_${period}`,
    status,
    amount: money(priceOf(plan, period)),
    is_free_trial: false,
    period_start: start,
    period_end: end ?? null,
    canceled_at: canceledAt ?? null,
    past_due_at: null,
    created_at: start,
    updated_at: start,
  };
}

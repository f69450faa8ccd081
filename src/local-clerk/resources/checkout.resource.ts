import type { Checkout } from '../billing/checkouts.js';
import { isImmediate, subscriptionOf, type Payer } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import type { PaymentMethod } from '../state/state.js';
import { money, planResource } from './plan.resource.js';
import { priceOf } from './subscription.resource.js';

/** A checkout. Nothing is prorated: an immediate change costs a full period. */
export function checkoutResource(context: Context, checkout: Checkout) {
  const { payer, plan, period } = checkout;
  const immediate = isImmediate(context.store.state, payer, plan);
  const price = money(priceOf(plan, period));
  // For a year, ClerkJS shows the base fee as "x12": it must be the month's price.
  const baseFee = money(period === 'annual' ? plan.annual : plan.monthly);
  const total = { subtotal: price, base_fee: baseFee, tax_total: money(0), grand_total: price };
  const saved = paymentMethodsOf(context, payer).at(0);
  return {
    object: 'commerce_checkout',
    id: checkout.id,
    status: checkout.completed ? 'completed' : 'needs_confirmation',
    plan: planResource(plan),
    plan_period: period,
    plan_period_start: immediate ? checkout.openedAt : subscriptionOf(context.store.state, payer)?.periodEnd,
    is_immediate_plan_change: immediate,
    needs_payment_method: immediate,
    external_client_secret: 'local',
    external_gateway_id: 'local',
    payer: payerResource(context, payer),
    payment_method: saved && paymentMethodResource(saved),
    totals: {
      ...total,
      total_due_now: immediate ? price : money(0),
      total_due_per_period: price,
      totals_due_per_period: total,
      credit: null,
      credits: null,
      account_credit: null,
      past_due: null,
      discounts: null,
      total_due_after_free_trial: null,
    },
  };
}

/** A payer's saved cards, the default first. */
export function paymentMethodsOf({ store }: Context, payer: Payer): PaymentMethod[] {
  return store.state.paymentMethods
    .filter(({ payerId }) => payerId === payer.id)
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

/** A saved card; always the test card. */
export function paymentMethodResource(method: PaymentMethod) {
  return {
    object: 'commerce_payment_method',
    id: method.id,
    payer_id: method.payerId,
    payment_type: 'card',
    card_type: 'visa',
    last4: '4242',
    expiry_month: 12,
    expiry_year: 2040,
    wallet_type: null,
    is_default: method.isDefault,
    is_removable: true,
    status: 'active',
    created_at: method.createdAt,
    updated_at: method.createdAt,
  };
}

function payerResource({ store }: Context, payer: Payer) {
  const user = payer.kind === 'user' ? store.user(payer.id) : undefined;
  const organization = payer.kind === 'org' ? store.organization(payer.id) : undefined;
  return {
    object: 'commerce_payer',
    id: `payer_${payer.id}`,
    user_id: user?.id ?? null,
    email: user?.emailAddress ?? null,
    first_name: user?.firstName ?? null,
    last_name: user?.lastName ?? null,
    organization_id: organization?.id ?? null,
    organization_name: organization?.name ?? null,
  };
}

import { Router, type Request } from 'express';
import {
  cancel,
  currentPlan,
  isImmediate,
  subscribe,
  subscriptionOf,
  type Payer,
} from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { ApiError, notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { freePlan, plans } from '../plans.js';
import { checkoutResource } from '../resources/checkout.resource.js';
import { money, planId } from '../resources/plan.resource.js';
import { itemId, subscriptionResource } from '../resources/subscription.resource.js';
import { addTestCard } from './payment-method.routes.js';
import { payerOf, payerPath } from './payer.js';
import { answer, clientOf } from './visitor.js';
import { sendJson } from '../http/send-json.js';

/** A payer's subscription and checkouts. No money moves, and there are no statements. */
export function billingRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.get(payerPath('subscription'), async (request, response) => {
    const resource = subscriptionResource(context, payerOf(context, request));
    await answer(context, response, clientOf(context, request), resource);
  });

  router.delete(payerPath('subscription_items/:id'), async (request, response) => {
    const payer = payerOf(context, request, 'manage');
    cancelItem(payer, segment(request, 'id'));
    store.save();
    const deleted = { object: 'commerce_subscription_item', id: segment(request, 'id'), deleted: true };
    await answer(context, response, clientOf(context, request), deleted);
  });

  router.post(payerPath('checkouts'), async (request, response) => {
    const payer = payerOf(context, request, 'manage');
    const plan = plans.find((candidate) => planId(candidate) === field(request, 'plan_id'));
    if (plan?.payer !== payer.kind) throw notFound('plan');
    const period = field(request, 'plan_period') === 'annual' ? 'annual' : 'month';
    const checkout = context.checkouts.open(payer, plan, period);
    await answer(context, response, clientOf(context, request), checkoutResource(context, checkout));
  });

  router.patch(payerPath('checkouts/:id/confirm'), async (request, response) => {
    const payer = payerOf(context, request, 'manage');
    const checkout = context.checkouts.find(payer, segment(request, 'id'));
    if (!checkout || checkout.completed) throw notFound('checkout');
    // A downgrade comes with the next period: nothing is due now.
    if (isImmediate(store.state, payer, checkout.plan)) payWith(request, payer);
    const resource = { ...checkoutResource(context, checkout), status: 'completed' };
    subscribe(store.state, payer, checkout.plan, checkout.period);
    checkout.completed = true;
    store.save();
    await answer(context, response, clientOf(context, request), resource);
  });

  // A change of the promo code, the one thing that can be changed.
  router.patch(payerPath('checkouts/:id'), () => {
    throw new ApiError(422, 'promo_code_invalid', 'The local Clerk has no promo codes.', 'promo_code');
  });

  router.get([payerPath('statements'), payerPath('credits/history')].flat(), async (request, response) => {
    payerOf(context, request);
    await answer(context, response, clientOf(context, request), { data: [], total_count: 0 });
  });

  router.get(payerPath('payment_attempts'), (request, response) => {
    payerOf(context, request);
    sendJson(response, { data: [], total_count: 0 });
  });

  router.get(payerPath('credits'), async (request, response) => {
    payerOf(context, request);
    const credits = { object: 'commerce_credit_balance', balance: money(0) };
    await answer(context, response, clientOf(context, request), credits);
  });

  return router;

  function cancelItem(payer: Payer, id: string): void {
    const subscription = subscriptionOf(store.state, payer);
    if (!subscription) throw notFound('subscription item');
    const upcoming = subscription.next ?? freePlan(payer.kind).slug;
    if (id === itemId(payer, currentPlan(store.state, payer))) cancel(subscription);
    else if (subscription.canceledAt !== null && id === `subi_${payer.id}_${upcoming}`) {
      subscription.next = null;
    } else throw notFound('subscription item');
  }

  function payWith(request: Request, payer: Payer): void {
    const saved = field(request, 'payment_method_id');
    if (saved) {
      const known = store.state.paymentMethods.some(
        ({ id, payerId }) => id === saved && payerId === payer.id,
      );
      if (!known) throw notFound('payment method');
      return;
    }
    if (field(request, 'use_test_card') === 'true' || field(request, 'payment_token')) {
      addTestCard(context, payer);
      return;
    }
    throw new ApiError(422, 'payment_method_required', 'Choose a payment method.');
  }
}

import { Router } from 'express';
import type { Payer } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { field, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { randomId } from '../random.js';
import { paymentMethodResource, paymentMethodsOf } from '../resources/checkout.resource.js';
import type { PaymentMethod } from '../state/state.js';
import { payerOf, payerPath } from './payer.js';
import { answer, clientOf } from './visitor.js';

/** Saved cards. Whatever is entered, the test card is what is saved: no card number comes here. */
export function paymentMethodRoutes(context: Context): Router {
  const router = Router();
  const { store } = context;

  router.post(payerPath('payment_methods/initialize'), async (request, response) => {
    payerOf(context, request, 'manage');
    await answer(context, response, clientOf(context, request), {
      object: 'commerce_payment_method_initialize',
      external_client_secret: 'local',
      external_gateway_id: 'local',
      payment_method_order: ['card'],
    });
  });

  router.get(payerPath('payment_methods'), async (request, response) => {
    const { data, total_count } = page(request, paymentMethodsOf(context, payerOf(context, request)));
    const resource = { data: data.map(paymentMethodResource), total_count };
    await answer(context, response, clientOf(context, request), resource);
  });

  router.post(payerPath('payment_methods'), async (request, response) => {
    const method = addTestCard(context, payerOf(context, request, 'manage'));
    store.save();
    await answer(context, response, clientOf(context, request), paymentMethodResource(method));
  });

  router.delete(payerPath('payment_methods/:id'), async (request, response) => {
    const method = own(payerOf(context, request, 'manage'), segment(request, 'id'));
    store.state.paymentMethods = store.state.paymentMethods.filter((other) => other !== method);
    store.save();
    const deleted = { object: 'commerce_payment_method', id: method.id, deleted: true };
    await answer(context, response, clientOf(context, request), deleted);
  });

  router.put(payerPath('payers/default_payment_method'), async (request, response) => {
    const payer = payerOf(context, request, 'manage');
    const method = own(payer, field(request, 'payment_method_id') ?? '');
    makeDefault(context, payer, method);
    store.save();
    await answer(context, response, clientOf(context, request), paymentMethodResource(method));
  });

  return router;

  function own(payer: Payer, id: string): PaymentMethod {
    const method = paymentMethodsOf(context, payer).find((candidate) => candidate.id === id);
    if (!method) throw notFound('payment method');
    return method;
  }
}

/** Saves the test card for a payer and makes it the default. The caller saves the state. */
export function addTestCard(context: Context, payer: Payer): PaymentMethod {
  const method = { id: randomId('cpm'), payerId: payer.id, isDefault: true, createdAt: Date.now() };
  context.store.state.paymentMethods.push(method);
  makeDefault(context, payer, method);
  return method;
}

function makeDefault(context: Context, payer: Payer, chosen: PaymentMethod): void {
  for (const method of paymentMethodsOf(context, payer)) method.isDefault = method === chosen;
}

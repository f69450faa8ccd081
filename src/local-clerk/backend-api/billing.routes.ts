import { Router } from 'express';
import type { Payer } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { plans } from '../plans.js';
import { planResource } from '../resources/plan.resource.js';
import { subscriptionResource } from '../resources/subscription.resource.js';

/** `billing.getUserBillingSubscription()`, `getOrganizationBillingSubscription()` and `getPlanList()`. */
export function backendBillingRoutes(context: Context): Router {
  const router = Router();

  router.get('/users/:id/billing/subscription', (request, response) => {
    const user = context.store.user(segment(request, 'id'));
    if (!user) throw notFound('user');
    sendJson(response, resource({ kind: 'user', id: user.id }));
  });

  router.get('/organizations/:id/billing/subscription', (request, response) => {
    const organization = context.store.organization(segment(request, 'id'));
    if (!organization) throw notFound('organization');
    sendJson(response, resource({ kind: 'org', id: organization.id }));
  });

  router.get('/billing/plans', (request, response) => {
    const payer = parameter(request, 'payer_type');
    const { data, total_count } = page(
      request,
      plans.filter((plan) => payer === undefined || plan.payer === payer),
    );
    sendJson(response, { data: data.map(planResource), total_count });
  });

  return router;

  function resource(payer: Payer) {
    const subscription = subscriptionResource(context, payer);
    const owner = { instance_id: context.instance.keyId, payer_id: payer.id };
    const items = subscription.subscription_items.map((item) => ({ ...item, ...owner, ended_at: null }));
    return { ...subscription, ...owner, subscription_items: items };
  }
}

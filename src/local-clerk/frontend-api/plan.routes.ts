import { Router } from 'express';
import { notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { plans } from '../plans.js';
import { planId, planResource } from '../resources/plan.resource.js';
import { sendJson } from '../http/send-json.js';

/** The pricing table's plans; open to everybody. */
export function planRoutes(): Router {
  const router = Router();

  router.get('/billing/plans', (request, response) => {
    const payer = parameter(request, 'payer_type') ?? 'user';
    const { data, total_count } = page(
      request,
      plans.filter((plan) => plan.payer === payer),
    );
    sendJson(response, { data: data.map(planResource), total_count });
  });

  router.get('/billing/plans/:id', (request, response) => {
    const plan = plans.find((candidate) => planId(candidate) === segment(request, 'id'));
    if (!plan) throw notFound('plan');
    sendJson(response, planResource(plan));
  });

  return router;
}

import { json, type Answer } from './backend-api.js';

/** What Clerk's Backend API says of a payer who has a single plan. */
export function subscription(plan: string, features: string[], status = 'active'): Answer {
  const money = { amount: 0, amount_formatted: '0', currency: 'USD', currency_symbol: '$' };
  return json({
    object: 'commerce_subscription',
    id: 'sub_1',
    subscription_items: [
      {
        object: 'commerce_subscription_item',
        id: 'subi_1',
        status,
        amount: money,
        plan: {
          object: 'commerce_plan',
          slug: plan,
          fee: money,
          features: features.map((slug) => ({ object: 'feature', slug })),
        },
      },
    ],
  });
}

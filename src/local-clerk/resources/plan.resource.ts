import { features, type Plan } from '../plans.js';

/** An amount of US cents, as Clerk writes money. */
export function money(cents: number) {
  return { amount: cents, amount_formatted: (cents / 100).toFixed(2), currency: 'USD', currency_symbol: '$' };
}

/** A plan of the pricing table. */
export function planResource(plan: Plan) {
  const free = plan.monthly === 0;
  return {
    object: 'commerce_plan',
    id: planId(plan),
    slug: plan.slug,
    name: plan.name,
    description: plan.description,
    fee: money(plan.monthly),
    annual_monthly_fee: free ? null : money(plan.annual),
    annual_fee: free ? null : money(plan.annual * 12),
    amount: plan.monthly,
    currency: 'USD',
    is_default: free,
    is_recurring: true,
    has_base_fee: !free,
    for_payer_type: plan.payer,
    publicly_visible: true,
    avatar_url: null,
    features: plan.features.map(featureResource),
    free_trial_days: null,
    free_trial_enabled: false,
  };
}

/** The id under which ClerkJS asks for a plan. */
export function planId(plan: Plan): string {
  return `cplan_${plan.slug}`;
}

function featureResource(slug: string) {
  const name = features[slug] ?? slug;
  return { object: 'feature', id: `feat_${slug}`, slug, name, description: null, avatar_url: null };
}

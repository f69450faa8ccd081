/** A plan on the pricing table. Prices are US cents; `annual` is the price of a month when paid by the year. */
export interface Plan {
  slug: string;
  name: string;
  description: string;
  payer: 'user' | 'org';
  monthly: number;
  annual: number;
  features: readonly string[];
}

/** What a plan may contain: the slug that the token's `fea` carries, and its name on the pricing table. */
export const features: Readonly<Record<string, string>> = {
  basics: 'The basics',
  export: 'Export of your data',
  reports: 'Reports',
  'priority-support': 'Priority support',
  'audit-log': 'Audit log',
  'single-sign-on': 'Single sign-on',
  'shared-projects': 'Shared projects',
};

/** The catalogue. The first plan of each kind of payer is free, and everybody's default. */
export const plans: readonly Plan[] = [
  {
    slug: 'free_user',
    name: 'Free',
    description: 'To look around.',
    payer: 'user',
    monthly: 0,
    annual: 0,
    features: ['basics'],
  },
  {
    slug: 'pro',
    name: 'Pro',
    description: 'For daily work.',
    payer: 'user',
    monthly: 1200,
    annual: 1000,
    features: ['basics', 'export', 'reports'],
  },
  {
    slug: 'enterprise',
    name: 'Enterprise',
    description: 'For those who must account for everything.',
    payer: 'user',
    monthly: 4900,
    annual: 4000,
    features: ['basics', 'export', 'reports', 'priority-support', 'audit-log', 'single-sign-on'],
  },
  {
    slug: 'free_org',
    name: 'Free',
    description: 'For a small team.',
    payer: 'org',
    monthly: 0,
    annual: 0,
    features: ['basics'],
  },
  {
    slug: 'team',
    name: 'Team',
    description: 'For a team that grows.',
    payer: 'org',
    monthly: 2500,
    annual: 2000,
    features: ['basics', 'reports', 'shared-projects', 'priority-support'],
  },
];

/** The plan of that slug, if the catalogue has it. */
export function planOf(slug: string): Plan | undefined {
  return plans.find((plan) => plan.slug === slug);
}

/** The default plan of a kind of payer. */
export function freePlan(payer: Plan['payer']): Plan {
  const plan = plans.find((candidate) => candidate.payer === payer && candidate.monthly === 0);
  if (!plan) throw new Error(`plans.ts has no free plan for payer "${payer}"`);
  return plan;
}

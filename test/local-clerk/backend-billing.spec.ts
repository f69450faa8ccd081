import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

type Subscription = Awaited<ReturnType<LocalApp['backend']['billing']['getUserBillingSubscription']>>;

/** Each item's state, plan and features. */
function items({ subscriptionItems }: Subscription): string[] {
  return subscriptionItems.map(
    ({ status, plan }) => `${status} ${plan?.slug}: ${plan?.features.map(({ slug }) => slug).join(' ')}`,
  );
}

describe('billing over the Backend API', () => {
  let app: LocalApp;

  beforeEach(async () => {
    app = await LocalApp.start();
  });
  afterEach(() => app.remove());

  it('tells what a person and an organisation are subscribed to', async () => {
    const { billing } = app.backend;
    expect(items(await billing.getUserBillingSubscription('user_ada'))).toEqual([
      'active pro: basics export reports',
    ]);
    expect(items(await billing.getUserBillingSubscription('user_grace'))).toEqual([
      'active free_user: basics',
    ]);
    expect(items(await billing.getOrganizationBillingSubscription('org_analytical_engines'))).toEqual([
      'active team: basics reports shared-projects priority-support',
    ]);
  });

  it('keeps a cancelled plan active until its period ends', async () => {
    const browser = new Browser(app);
    await browser.signIn(...ada);
    const { body } = await browser.call('GET', '/me/billing/subscription');
    const [item] = (body.response?.['subscription_items'] ?? []) as unknown as { id: string }[];
    await browser.call('DELETE', `/me/billing/subscription_items/${item?.id}`);
    expect(items(await app.backend.billing.getUserBillingSubscription('user_ada'))).toEqual([
      'active pro: basics export reports',
      'upcoming free_user: basics',
    ]);
  });

  it('lists the plans of a kind of payer', async () => {
    const { data } = await app.backend.billing.getPlanList({ payerType: 'org' });
    expect(data.map(({ slug }) => slug)).toEqual(['free_org', 'team']);
  });

  it('knows nothing of strangers', async () => {
    await expect(app.backend.billing.getUserBillingSubscription('user_nobody')).rejects.toMatchObject({
      status: 404,
    });
    await expect(app.backend.billing.getOrganizationBillingSubscription('org_x')).rejects.toMatchObject({
      status: 404,
    });
  });
});

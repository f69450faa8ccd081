import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

  it('keeps a cancelled plan active until its period ends, and not a moment longer', async () => {
    const browser = new Browser(app);
    await browser.signIn(...ada);
    const { body } = await browser.call('GET', '/me/billing/subscription');
    const [item] = (body.response?.['subscription_items'] ?? []) as unknown as { id: string }[];
    await browser.call('DELETE', `/me/billing/subscription_items/${item?.id}`);
    expect(items(await app.backend.billing.getUserBillingSubscription('user_ada'))).toEqual([
      'active pro: basics export reports',
      'upcoming free_user: basics',
    ]);

    await endPeriods();
    expect(items(await app.backend.billing.getUserBillingSubscription('user_ada'))).toEqual([
      'active free_user: basics',
    ]);
  });

  it('names whose subscription it is, in each of its items too', async () => {
    const subscription = await app.backend.billing.getUserBillingSubscription('user_ada');
    expect(subscription).toMatchObject({
      instanceId: expect.stringMatching(/^ins_/),
      payerId: 'user_ada',
      subscriptionItems: [{ instanceId: subscription.instanceId, payerId: 'user_ada', endedAt: null }],
    });
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

  async function endPeriods(): Promise<void> {
    await app.stop();
    const file = join(app.directory, 'state.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as { subscriptions: { periodEnd: number }[] };
    for (const subscription of state.subscriptions) subscription.periodEnd = Date.now() - 1;
    await writeFile(file, JSON.stringify(state));
    app = await LocalApp.start(app.directory);
  }
});

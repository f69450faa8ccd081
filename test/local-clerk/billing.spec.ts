import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser, type Answer } from './support/browser.js';
import { ada, charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const testCard = { gateway: 'stripe', use_test_card: 'true' };

describe('billing', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
    await browser.signIn(...grace);
  });

  afterEach(() => app.remove());

  async function buy(
    plan: string,
    payment = testCard as Record<string, string>,
    payer = '/me',
  ): Promise<Answer> {
    const form = { plan_id: `cplan_${plan}`, plan_period: 'month' };
    const { body } = await browser.call('POST', `${payer}/billing/checkouts`, form);
    const id = body.response?.['id'];
    return browser.call('PATCH', `${payer}/billing/checkouts/${id}/confirm`, payment);
  }

  async function items(): Promise<{ id: string; status: string; plan: { slug: string } }[]> {
    const { body } = await browser.call('GET', '/me/billing/subscription');
    return body.response?.['subscription_items'] as never;
  }

  it('lists three plans for users, with prices and features', async () => {
    const { body } = await new Browser(app).call('GET', '/billing/plans?payer_type=user');
    expect(body).toMatchObject({
      total_count: 3,
      data: [
        { slug: 'free_user', is_default: true, fee: { amount: 0 } },
        { slug: 'pro', fee: { amount_formatted: '12.00' }, annual_fee: { amount: 12_000 } },
        {
          slug: 'enterprise',
          features: expect.arrayContaining([expect.objectContaining({ slug: 'audit-log' })]),
        },
      ],
    });
  });

  it('gives the plan and its features to the next token when the test card has paid', async () => {
    expect(await browser.claims()).toMatchObject({ pla: 'u:free_user', fea: 'u:basics' });
    const { body } = await buy('pro');
    expect(body.response).toMatchObject({ status: 'completed', payment_method: { last4: '4242' } });
    expect(await browser.claims()).toMatchObject({ pla: 'u:pro', fea: expect.stringContaining('u:export') });
  });

  it('lets `has()` of the server see it', async () => {
    await browser.open('/page');
    await buy('enterprise');
    browser.set('__session', undefined);
    const { claims } = await browser.open('/page');
    expect(claims).toMatchObject({ pla: 'u:enterprise', fea: expect.stringContaining('u:audit-log') });
  });

  it('changes nothing without a payment method', async () => {
    expect((await buy('pro', {})).status).toBe(422);
    expect((await buy('pro', { payment_method_id: 'cpm_none' })).status).toBe(404);
    expect((await browser.claims())['pla']).toBe('u:free_user');
  });

  it('saves the card for the next checkout', async () => {
    await buy('pro');
    const { body } = await browser.call('GET', '/me/billing/payment_methods');
    const [saved] = (body.response?.['data'] ?? []) as unknown as { id: string }[];
    expect((await buy('enterprise', { payment_method_id: saved?.id ?? '' })).status).toBe(200);
    expect((await browser.claims())['pla']).toBe('u:enterprise');
  });

  it('keeps a cancelled plan until its period ends, and then falls back to the free one', async () => {
    await buy('pro');
    const [active] = await items();
    await browser.call('DELETE', `/me/billing/subscription_items/${active?.id}`);
    expect(await items()).toMatchObject([
      { status: 'active', plan: { slug: 'pro' }, canceled_at: expect.any(Number) },
      { status: 'upcoming', plan: { slug: 'free_user' } },
    ]);
    expect((await browser.claims())['pla']).toBe('u:pro');

    await endPeriods();
    expect(await browser.claims()).toMatchObject({ pla: 'u:free_user', fea: 'u:basics' });
    expect(await items()).toMatchObject([{ status: 'active', plan: { slug: 'free_user' } }]);
  });

  it('renews a plan that is not cancelled', async () => {
    await buy('pro');
    await endPeriods();
    expect((await browser.claims())['pla']).toBe('u:pro');
  });

  it('takes a cancelled plan up again', async () => {
    await buy('pro');
    const [active] = await items();
    await browser.call('DELETE', `/me/billing/subscription_items/${active?.id}`);
    await buy('pro');
    expect(await items()).toMatchObject([{ status: 'active', canceled_at: null }]);
  });

  it('downgrades at the end of the period', async () => {
    await buy('enterprise');
    await buy('pro');
    expect((await browser.claims())['pla']).toBe('u:enterprise');
    await endPeriods();
    expect((await browser.claims())['pla']).toBe('u:pro');
  });

  it('asks for no payment when nothing is due now', async () => {
    await buy('pro');
    expect((await buy('free_user', {})).status).toBe(200);
    expect(await items()).toMatchObject([{ plan: { slug: 'pro' } }, { plan: { slug: 'free_user' } }]);
  });

  it("shows a year's base fee as the price of a month", async () => {
    const form = { plan_id: 'cplan_pro', plan_period: 'annual' };
    const { body } = await browser.call('POST', '/me/billing/checkouts', form);
    expect(body.response?.['totals']).toMatchObject({
      base_fee: { amount: 1000 },
      total_due_now: { amount: 12_000 },
    });
  });

  it('does not know the checkouts of others, nor plans of another kind of payer', async () => {
    const { body } = await browser.call('POST', '/me/billing/checkouts', { plan_id: 'cplan_pro' });
    const stranger = new Browser(app);
    await stranger.signIn(...charles);
    const path = `/me/billing/checkouts/${body.response?.['id']}/confirm`;
    expect((await stranger.call('PATCH', path, testCard)).status).toBe(404);
    expect((await buy('team')).status).toBe(404);
    expect((await buy('nothing')).status).toBe(404);
  });

  it("changes an organisation's plan for its members, by its admin only", async () => {
    const organization = '/organizations/org_analytical_engines';
    await browser.signIn(...charles);
    expect((await buy('team', testCard, organization)).status).not.toBe(200);
    await browser.signIn(...ada);
    expect((await buy('team', testCard, organization)).status).toBe(200);
    const form = { active_organization_id: 'org_analytical_engines' };
    await browser.call('POST', `/client/sessions/${browser.sessionId()}/touch`, form);
    expect((await browser.claims())['pla']).toBe('o:team,u:pro');
  });

  async function endPeriods(): Promise<void> {
    await app.stop();
    const file = join(app.directory, 'state.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as { subscriptions: { periodEnd: number }[] };
    for (const subscription of state.subscriptions) subscription.periodEnd = Date.now() - 1000;
    await writeFile(file, JSON.stringify(state));
    app = await LocalApp.start(app.directory);
    browser.moveTo(app);
  }
});

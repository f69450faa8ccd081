import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

describe('the plans page', () => {
  it('shows the plans of the organisation that somebody acts for', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.actFor('org_analytical_engines');
    await ada.open('/plans');
    await ada.page.getByText('You are on Team, by your organisation').waitFor();
    expect(await ada.page.locator('.cl-pricingTableCardTitle').allTextContents()).toEqual(['Free', 'Team']);
  });

  it('shows every plan with its price to somebody who is signed out', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/plans');
    const cards = visitor.page.locator('.cl-pricingTableCard');
    expect(await cards.locator('.cl-pricingTableCardTitle').allTextContents()).toEqual([
      'Free',
      'Pro',
      'Enterprise',
    ]);
    expect(await cards.nth(1).textContent()).toContain('$10');
  });

  it('sends somebody who wants to subscribe to sign in first', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/plans');
    await card(visitor, 'Pro').getByRole('button').click();
    await visitor.page.waitForURL(/\/sign-in/);
    await visitor.ready();
    const { emailAddress, password } = await stage.app.account('charles');
    await visitor.giveIdentifier(emailAddress);
    await visitor.givePassword(password);
    await visitor.isSeen('signed-in');
    expect(new URL(visitor.page.url()).origin).toBe(stage.app.origin);
  });

  it('knows the plan of who is signed in', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/plans');
    await ada.page.getByText('You are on Pro.').waitFor();
    expect(await card(ada, 'Pro').textContent()).toContain('Active');
    expect(await card(ada, 'Enterprise').textContent()).not.toContain('Active');
  });
});

describe('a subscription', () => {
  it('is bought with the test card, and the features follow at once', async () => {
    const grace = await stage.arriveAs('grace');
    await grace.open('/plans');
    await grace.page.getByText(/You are on Free/).waitFor();
    await buy(grace, 'Pro');
    await grace.page.getByText('You are on Pro.').waitFor();
    await grace.open('/');
    const panel = grace.page.getByLabel('Your plan');
    await panel.getByText('Pro').waitFor();
    expect(await panel.getByRole('listitem').allTextContents()).toEqual(['Basics', 'Export', 'Reports']);
    expect(await grace.me()).toMatchObject({
      body: { plan: 'pro', features: ['basics', 'export', 'reports'] },
    });
  });

  it('is cancelled, stays until its period ends, and is gone afterwards', async () => {
    const charles = await stage.arriveAs('charles');
    await charles.open('/plans');
    await buy(charles, 'Enterprise');
    await charles.open('/profile');
    await charles.page.getByRole('button', { name: 'Billing' }).click();
    await charles.page.getByRole('button', { name: 'Manage' }).first().click();
    await charles.page.getByRole('button', { name: 'Cancel subscription' }).click();
    await charles.page.getByRole('button', { name: 'Cancel subscription' }).last().click();
    await charles.page
      .getByText(/Canceled/)
      .first()
      .waitFor();
    await charles.open('/');
    expect(await charles.me()).toMatchObject({ body: { plan: 'enterprise' } });

    await charles.page.goto('about:blank');
    await endPeriods();
    // The first page comes from a token of up to a minute ago, and has ClerkJS renew it.
    await charles.open('/');
    await charles.open('/');
    await charles.page.getByLabel('Your plan').getByText('Free').waitFor();
    expect(await charles.me()).toMatchObject({ body: { plan: 'free_user', features: ['basics'] } });
  });
});

function card(visitor: Visitor, plan: string) {
  return visitor.page.locator('.cl-pricingTableCard', {
    has: visitor.page.getByRole('heading', { name: plan, exact: true }),
  });
}

async function buy(visitor: Visitor, plan: string): Promise<void> {
  await card(visitor, plan)
    .getByRole('button', { name: /Subscribe|Switch/ })
    .click();
  await visitor.page.getByRole('button', { name: 'Pay with test card' }).click();
  await visitor.page.getByText('Payment was successful!').waitFor();
  await visitor.page.getByRole('button', { name: 'Continue' }).click();
}

/** Lets the paid time of everybody run out, in the file in which the local Clerk keeps it. */
async function endPeriods(): Promise<void> {
  const file = join(stage.app.directory, '.local-clerk', 'state.json');
  await stage.app.pause();
  const state = JSON.parse(await readFile(file, 'utf8')) as { subscriptions: { periodEnd: number }[] };
  for (const subscription of state.subscriptions) subscription.periodEnd = Date.now();
  await writeFile(file, JSON.stringify(state));
  await stage.app.resume();
}

import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { ageSessions } from '../support/age.js';
import { faultsOf, watchLayout } from '../support/measure.js';
import { setStage } from '../support/stage.js';
import type { Visitor } from '../support/visitor.js';

const stage = setStage();
const ENGINES = 'org_analytical_engines';

describe('the pages that refuse', () => {
  it.each([
    ['/reports', 'grace', 1280],
    ['/reports', 'grace', 375],
    ['/reports/export', 'ada', 1280],
    ['/reports/export', 'ada', 375],
  ])('have no fault: %s, opened by %s in a window of %i pixels', async (path, name, width) => {
    const visitor = await stage.arriveAs(name, { viewport: { width, height: 900 } });
    visitor.foresee(new RegExp(`status of 403 .*${path}`));
    await watchLayout(visitor.page);
    await visitor.open(path);
    expect(await faultsOf(visitor.page)).toEqual([]);
  });
});

describe('a page that is part of a plan', () => {
  it('is out of sight, says what is missing, and opens once the plan is bought', async () => {
    const grace = await stage.arriveAs('grace');
    grace.foresee(/status of 403 .*\/reports/);
    await grace.open('/sign-in');
    expect(await grace.page.getByRole('link', { name: 'Reports' }).count()).toBe(0);
    await grace.open('/reports');
    await grace.page.getByRole('heading', { name: 'Reports: not in your plan' }).waitFor();
    await buyPro(grace);
    await grace.open('/reports');
    await grace.page.getByRole('heading', { name: 'Requests in the last half hour' }).waitFor();
    await grace.page.getByText('grace@example.com').waitFor();
    const entry = grace.page.getByRole('link', { name: 'Reports' });
    expect(await entry.getAttribute('aria-current')).toBe('page');
  });
});

describe('an export that asks for a permission and a recent verification', () => {
  it('is not for a member, whom nobody asks to verify for nothing', async () => {
    const charles = await stage.arriveAs('charles');
    charles.foresee(/status of 403 .*\/reports\/export/);
    await charles.actFor(ENGINES);
    await charles.open('/reports');
    expect(await charles.page.getByRole('link', { name: 'Export as CSV' }).count()).toBe(0);
    await charles.open('/reports/export');
    await charles.page.getByText('Your role does not have the permission for this.').waitFor();
  });

  it('comes at once to an admin who has just signed in', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.actFor(ENGINES);
    await ada.open('/reports');
    expect(
      await fileBehind(ada, () => ada.page.getByRole('link', { name: 'Export as CSV' }).click()),
    ).toMatch(/^minute,answered,refused,failed\r\n/);
  });

  it('comes whatever the names are that the request has fields of', async () => {
    const ada = await adminOfOld();
    // A form has properties of these names itself.
    await ada.page.goto('/reports/export?submit=1&dataset=2&addEventListener=3&action=4');
    await ada.page.locator('.cl-modalContent input[name=password]').fill(ada.account.password);
    expect(await fileBehind(ada, () => ada.continue())).toMatch(/^minute,/);
  });

  it('comes to an admin of old once the password has shown that it is still her', async () => {
    const ada = await adminOfOld();
    await ada.page.getByRole('link', { name: 'Export as CSV' }).click();
    await ada.page.getByRole('heading', { name: 'Please verify that it is you' }).waitFor();
    const password = ada.page.locator('.cl-modalContent input[name=password]');
    await password.waitFor();

    await ada.page.keyboard.press('Escape');
    await password.waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Verify' }).click();
    await password.fill(ada.account.password);
    const file = await fileBehind(ada, () => ada.continue());
    expect(file).toMatch(/^minute,answered,refused,failed\r\n/);
    await ada.page.getByText('Your request goes on').waitFor();
    await ada.page.getByRole('link', { name: 'Go back' }).click();
    await ada.page.waitForURL('/reports');
  });
});

describe('the numbers', () => {
  it('are those of pages, not of what the local Clerk is asked for each of them', async () => {
    const ada = await stage.arriveAs('ada');
    const requests = async () => {
      await ada.open('/reports');
      return Number(await ada.page.locator('dt:text-is("Requests") + dd').textContent());
    };
    const before = await requests();
    expect(await requests()).toBe(before + 1);
  });
});

/** Ada on the reports page, an hour after she has signed in, about to be asked for a proof. */
async function adminOfOld() {
  const ada = await stage.arriveAs('ada');
  ada.foresee(/status of 403 .*\/reports\/export/);
  await ada.actFor(ENGINES);
  await ada.page.goto('about:blank');
  await ageSessions(stage.app, 61);
  await ada.open('/reports');
  await ada.tokenTells('fva":[61,');
  return ada;
}

/** The text of the file that an action brings. */
async function fileBehind({ page }: Visitor, action: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), action()]);
  return readFile(await download.path(), 'utf8');
}

/** In the account's settings: the application may have no page of plans. */
async function buyPro(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open('/profile');
  await page.getByRole('button', { name: 'Billing' }).click();
  await page.getByRole('button', { name: 'Switch plans' }).click();
  await page
    .locator('.cl-pricingTableCard', { has: page.getByRole('heading', { name: 'Pro', exact: true }) })
    .getByRole('button', { name: /Subscribe|Switch/ })
    .click();
  await page.getByRole('button', { name: 'Pay with test card' }).click();
  await page.getByText('Payment was successful!').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await visitor.tokenTells('reports');
}

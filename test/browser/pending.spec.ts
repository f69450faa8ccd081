import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overflow, violations } from './support/measure.js';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

describe('on an instance where everybody acts for an organisation', () => {
  it('somebody who signs in chooses theirs first, and comes to the page that was asked for', async () => {
    await forceSelection(true);
    const ada = await stage.arrive();
    const account = await stage.app.account('ada');
    await ada.open('/profile');
    await ada.giveIdentifier(account.emailAddress);
    await ada.givePassword(account.password);
    await ada.page.getByRole('button', { name: /Analytical Engines/ }).click();
    await ada.page.waitForURL('/profile');
    await ada.isSeen('signed-in');
    expect(await ada.me()).toMatchObject({ status: 200, body: { orgSlug: 'analytical-engines' } });
  });

  it('a session of before is asked on its next page, and counts for nothing until then', async () => {
    await forceSelection(false);
    const grace = await stage.arriveAs('grace');
    await grace.open('/profile');
    await forceSelection(true);
    await grace.page.goto('about:blank');
    await grace.context.clearCookies({ name: /^__session/ });
    grace.foresee(/status of 401 .*\/api\/me/);
    await grace.page.goto('/profile');
    await grace.page.getByText('Setup your organization').waitFor();
    expect(new URL(grace.page.url()).pathname).toBe('/sign-in');
    expect(await grace.me()).toMatchObject({ status: 401 });
    await grace.page.getByLabel('Name', { exact: true }).fill('Compilers');
    await grace.continue();
    await grace.page.waitForURL('/profile');
    await grace.isSeen('signed-in');
    expect(await grace.me()).toMatchObject({ status: 200, body: { orgSlug: 'compilers' } });
  });

  it('a page that is open leads to the choice as soon as ClerkJS knows', async () => {
    await forceSelection(false);
    const ada = await stage.arriveAs('ada');
    await ada.open('/profile');
    await forceSelection(true);
    await ada.page.evaluate(() => void globalThis.Clerk?.session?.touch());
    await chooseEngines(ada);
    await ada.page.waitForURL('/profile');
    await ada.isSeen('signed-in');
    expect(await ada.me()).toMatchObject({ status: 200, body: { orgSlug: 'analytical-engines' } });
  });

  it('a public page is that of a stranger until then, and is loaded once', async () => {
    await forceSelection(true);
    const ada = await stage.arriveAs('ada');
    const visits: string[] = [];
    ada.page.on('framenavigated', (frame) => visits.push(new URL(frame.url()).pathname));
    await ada.open('/');
    await ada.isSeen('signed-out');
    await ada.page.waitForLoadState('networkidle');
    expect(visits).toEqual(['/']);
    await ada.page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await chooseEngines(ada);
    await ada.page.waitForURL('/');
    await ada.isSeen('signed-in');
  });

  it('whoever signs up creates theirs, and comes to the page that was asked for', async () => {
    await forceSelection(true);
    const edsger = await stage.arrive();
    await edsger.open('/sign-up?redirect_url=/profile');
    await edsger.page.getByLabel('Email address').fill('edsger@example.com');
    await edsger.givePassword('shortest-path-1959');
    await edsger.giveCode(await stage.app.codeFor('edsger@example.com'));
    await edsger.page.getByLabel('Name', { exact: true }).fill('Paths');
    await edsger.continue();
    await edsger.page.waitForURL('/profile');
    await edsger.isSeen('signed-in');
    expect(await edsger.me()).toMatchObject({ status: 200, body: { orgSlug: 'paths' } });
  });

  it('the switcher leads to no personal account', async () => {
    await forceSelection(true);
    const ada = await stage.arriveAs('ada');
    await ada.page.goto('/profile');
    await chooseEngines(ada);
    await ada.page.waitForURL('/profile');
    await ada.isSeen('signed-in');
    await ada.page.locator('.cl-organizationSwitcherTrigger').click();
    const menu = ada.page.locator('.cl-organizationSwitcherPopoverCard');
    await menu.getByText('Create organization').waitFor();
    expect(await menu.textContent()).not.toContain('Personal account');
  });

  it('the choice can be declined by signing out', async () => {
    await forceSelection(true);
    const ada = await stage.arriveAs('ada');
    await ada.page.goto('/profile');
    await ada.page.getByText('Sign out', { exact: true }).click();
    await ada.page.waitForURL('/');
    await ada.open('/profile');
    expect(new URL(ada.page.url()).pathname).toBe('/sign-in');
  });

  it.each(['light', 'dark'] as const)('the choice fits a phone and is for everybody, %s', async (scheme) => {
    await forceSelection(true);
    const ada = await stage.arriveAs('ada', { viewport: { width: 375, height: 760 } });
    await ada.page.goto('/profile');
    await ada.page.getByRole('button', { name: /Analytical Engines/ }).waitFor();
    expect(await overflow(ada.page)).toBe(0);
    expect(await violations(ada.page, scheme)).toEqual([]);
  });
});

/** Takes the organisation that the task on the sign-in page offers. */
function chooseEngines({ page }: Visitor): Promise<void> {
  return page.getByRole('button', { name: /Analytical Engines/ }).press('Enter');
}

/** Sets what Clerk's dashboard calls "Membership required". */
async function forceSelection(isForced: boolean): Promise<void> {
  const { origin, directory } = stage.app;
  const file = join(directory, '.local-clerk', 'state.json');
  const { secretKey } = JSON.parse(await readFile(file, 'utf8')) as { secretKey: string };
  const response = await fetch(`${origin}/__clerk/v1/instance/organization_settings`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ force_organization_selection: isForced }),
  });
  expect(response.status).toBe(200);
}

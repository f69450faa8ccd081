import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();
const ENGINES = { orgId: 'org_analytical_engines', orgSlug: 'analytical-engines' };

describe('the organisation switcher', () => {
  it('switches to an organisation and back, and the server follows', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/profile');
    await switchTo(ada, 'Analytical Engines');
    await ada.page.locator('.facts').getByText('analytical-engines, Admin').waitFor();
    await ada.ready();
    expect(await ada.me()).toMatchObject({ body: { ...ENGINES, orgRole: 'org:admin' } });
    await switchTo(ada, 'Personal account');
    await ada.page.locator('.facts').getByText('Personal account').waitFor();
    await ada.ready();
    expect(await ada.me()).toMatchObject({ body: { orgId: null } });
  });

  it('creates an organisation and makes it the active one', async () => {
    const grace = await stage.arriveAs('grace');
    await grace.open('/profile');
    await openSwitcher(grace);
    await grace.choose('Create organization');
    await grace.page.getByLabel('Name', { exact: true }).fill('Compilers');
    await grace.page.getByRole('button', { name: 'Create organization' }).last().click();
    await grace.page.getByRole('button', { name: 'Skip' }).click();
    await grace.page.locator('.facts').getByText('compilers, Admin').waitFor();
    await grace.ready();
    expect(await grace.me()).toMatchObject({ body: { orgSlug: 'compilers', orgRole: 'org:admin' } });
  });
});

describe('the organisation settings', () => {
  it('change its name', async () => {
    const ada = await stage.arriveAs('ada');
    const settings = await openSettings(ada);
    await settings.getByRole('button', { name: 'Update profile' }).click();
    await settings.getByLabel('Name', { exact: true }).fill('Analytical Engines Ltd');
    await settings.getByRole('button', { name: 'Save' }).click();
    const name = settings.locator('.cl-profileSection__organizationProfile');
    await name.getByText('Analytical Engines Ltd').waitFor();
    await ada.open('/');
    const switcher = ada.page.locator('.cl-organizationSwitcherTrigger');
    expect(await switcher.textContent()).toContain('Analytical Engines Ltd');
  });

  it('list the members with their roles, and invite one who then joins', async () => {
    const ada = await stage.arriveAs('ada');
    const settings = await openSettings(ada);
    await settings.getByRole('button', { name: 'Members' }).click();
    await settings
      .getByRole('row', { name: /Charles/ })
      .getByText('Member', { exact: true })
      .waitFor();
    await settings.getByRole('row', { name: /Ada/ }).getByText('Admin').waitFor();
    await settings.getByRole('button', { name: 'Invite' }).click();
    await settings.getByTestId('tag-input').fill('grace@example.com,');
    await settings.getByRole('button', { name: 'Send invitations' }).click();
    await settings.getByRole('tab', { name: /Invitations/ }).click();
    await settings.getByRole('row', { name: /grace@example.com/ }).waitFor();

    const grace = await stage.arriveAs('grace');
    await grace.open('/');
    await openSwitcher(grace);
    await grace.choose('Join');
    await grace.choose(/Analytical Engines/);
    await grace.tokenTells(`"id":"${ENGINES.orgId}"`);
    await grace.isSeen('signed-in');
    expect(await grace.me()).toMatchObject({ body: { ...ENGINES, orgRole: 'org:member' } });
  });

  it('invite with a role of the application, once, and take the invitation back', async () => {
    const ada = await stage.arriveAs('ada');
    const settings = await openSettings(ada);
    await settings.getByRole('button', { name: 'Members' }).click();
    await invite(settings, 'jean@example.com', 'Analyst');
    await settings.getByRole('tab', { name: /Invitations/ }).click();
    const invitation = settings.getByRole('row', { name: /jean@example.com/ });
    await invitation.getByText('Analyst').waitFor();

    ada.foresee(/status of 400 .*\/invitations\/bulk/);
    await invite(settings, 'jean@example.com', 'Member');
    await settings.getByText(/already pending invitations .* jean@example.com/).waitFor();
    await settings.getByRole('button', { name: 'Cancel' }).click();

    await invitation.getByLabel('Open menu').click();
    await ada.choose('Revoke invitation');
    await settings.getByRole('tab', { name: /Invitations\s*0/ }).waitFor();
    expect(await invitation.count()).toBe(0);
  });

  it('change a role, which the next token tells', async () => {
    const charles = await stage.arriveAs('charles');
    await openSettings(charles);
    expect(await charles.me()).toMatchObject({ body: { orgRole: 'org:member' } });
    const ada = await stage.arriveAs('ada');
    const settings = await openSettings(ada);
    await settings.getByRole('button', { name: 'Members' }).click();
    await settings
      .getByRole('row', { name: /Charles/ })
      .getByRole('button', { name: 'Member' })
      .click();
    const saved = ada.page.waitForResponse(/memberships\/user_charles/);
    await ada.page.getByRole('option', { name: 'Analyst' }).click();
    expect((await saved).status()).toBe(200);
    await charles.page.evaluate(() => globalThis.Clerk?.session?.getToken({ skipCache: true }));
    expect(await charles.me()).toMatchObject({ body: { orgRole: 'org:analyst' } });
  });

  it('invite in a role of the application, which the new member then has', async () => {
    const ada = await stage.arriveAs('ada');
    const settings = await openSettings(ada);
    await settings.getByRole('button', { name: 'Members' }).click();
    await settings.getByRole('button', { name: 'Invite' }).click();
    await settings.getByTestId('tag-input').fill('annie@example.com,');
    await settings.getByRole('button', { name: /^Role:/ }).click();
    await ada.page.getByRole('option', { name: 'Analyst' }).click();
    await settings.getByRole('button', { name: 'Send invitations' }).click();
    await settings.getByRole('tab', { name: /Invitations/ }).click();
    const invitation = settings.getByRole('row', { name: /annie@example.com/ });
    await invitation.getByText('Analyst').waitFor();

    const annie = await stage.arrive();
    await annie.open('/sign-up');
    await annie.page.getByLabel('Email address').fill('annie@example.com');
    await annie.givePassword('stellar-spectra-1901');
    await annie.giveCode(await stage.app.codeFor('annie@example.com'));
    await annie.isSeen('signed-in');
    await openSwitcher(annie);
    await annie.choose('Join');
    await annie.choose(/Analytical Engines/);
    await annie.tokenTells(`"id":"${ENGINES.orgId}"`);
    await annie.isSeen('signed-in');
    expect(await annie.me()).toMatchObject({ body: { ...ENGINES, orgRole: 'org:analyst' } });
  });

  it('let a member look and change nothing', async () => {
    const charles = await stage.arriveAs('charles');
    const settings = await openSettings(charles);
    await settings.locator('.cl-profileSection__organizationProfile').waitFor();
    expect(await settings.getByRole('button', { name: 'Update profile' }).count()).toBe(0);
    await settings.getByRole('button', { name: 'Members' }).click();
    await settings.getByRole('row', { name: /Ada/ }).waitFor();
    expect(await settings.getByRole('button', { name: 'Invite' }).count()).toBe(0);
  });
});

async function openSwitcher(visitor: Visitor): Promise<void> {
  await visitor.page.locator('.cl-organizationSwitcherTrigger').click();
  await visitor.page.locator('.cl-organizationSwitcherPopoverCard').waitFor();
}

async function switchTo(visitor: Visitor, name: string | RegExp): Promise<void> {
  await openSwitcher(visitor);
  await visitor.choose(name);
}

async function openSettings(visitor: Visitor) {
  await visitor.open('/profile');
  await switchTo(visitor, /Analytical Engines/);
  await visitor.page.locator('.facts').getByText('analytical-engines').waitFor();
  await visitor.ready();
  await openSwitcher(visitor);
  await visitor.choose(/^Manage$/);
  return visitor.page.getByRole('dialog');
}

async function invite(settings: Locator, emailAddress: string, role: string): Promise<void> {
  await settings.getByRole('button', { name: 'Invite' }).click();
  await settings.getByTestId('tag-input').fill(`${emailAddress},`);
  await settings.getByRole('button', { name: /^Role:/ }).click();
  await settings.page().getByRole('option', { name: role }).click();
  await settings.getByRole('button', { name: 'Send invitations' }).click();
}

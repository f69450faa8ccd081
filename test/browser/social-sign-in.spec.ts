import { describe, expect, it } from '@jest/globals';
import { overflow, violations } from './support/measure.js';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

describe('signing in by another provider', () => {
  it('lets in who has an account, and leads back to the page that asked for it', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/profile');
    await goToExampleId(visitor);
    await visitor.page.getByRole('button', { name: 'grace@example.com' }).click();
    await visitor.page.waitForURL('/profile');
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({ status: 200, body: { userId: 'user_grace' } });
    const accounts = visitor.page.locator('.cl-profileSection__connectedAccounts');
    await accounts.getByText('Example ID').first().waitFor();
    expect(await accounts.textContent()).toContain('grace@example.com');
  });

  it('makes an account for who has none', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/sign-in?redirect_url=/profile');
    await goToExampleId(visitor);
    await sayIAm(visitor, 'Mary@example.com');
    await visitor.page.waitForURL('/profile');
    await visitor.isSeen('signed-in');
    await visitor.page.locator('.cl-profilePage').getByText('mary@example.com').first().waitFor();
    expect(await visitor.me()).toMatchObject({ status: 200, body: { firstName: null } });
  });

  it('says on the sign-in page that it was cancelled, and still knows where to go', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/sign-in?redirect_url=/profile');
    await goToExampleId(visitor);
    await visitor.page.getByRole('button', { name: 'Cancel' }).click();
    await visitor.page.getByText('You did not grant access to your account.').waitFor();
    await visitor.ready();
    const { emailAddress, password } = await stage.app.account('ada');
    await visitor.giveIdentifier(emailAddress);
    await visitor.givePassword(password);
    await visitor.page.waitForURL('/profile');
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({ body: { userId: 'user_ada' } });
  });
});

describe('signing up by another provider', () => {
  it('makes an account for who has none, to which an e-mail code leads too', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/sign-up');
    await goToExampleId(visitor);
    await sayIAm(visitor, 'joan@example.com');
    await visitor.page.waitForURL('/');
    await visitor.isSeen('signed-in');
    const { body } = await visitor.me();

    const later = await stage.arrive();
    await later.open('/sign-in');
    await later.giveIdentifier('joan@example.com');
    await later.giveCode(await stage.app.codeFor('joan@example.com'));
    await later.page.waitForURL('/');
    await later.isSeen('signed-in');
    expect(await later.me()).toMatchObject({ status: 200, body: { userId: body['userId'] } });
  });

  it('signs in who has an account', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/sign-up');
    await goToExampleId(visitor);
    await visitor.page.getByRole('button', { name: 'ada@example.com' }).click();
    await visitor.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({ body: { userId: 'user_ada' } });
  });

  it('says on the sign-up page that it was cancelled', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/sign-up');
    await goToExampleId(visitor);
    await visitor.page.getByRole('button', { name: 'Cancel' }).click();
    await visitor.page.getByText('You did not grant access to your account.').waitFor();
    await visitor.ready();
    expect(new URL(visitor.page.url()).pathname).toBe('/sign-up');
  });
});

describe('the account settings', () => {
  it('connect an account at another provider, and remove it', async () => {
    const charles = await stage.arriveAs('charles');
    await charles.open('/profile');
    const accounts = charles.page.locator('.cl-profileSection__connectedAccounts');
    await accounts.getByRole('button', { name: 'Connect account' }).click();
    await charles.choose(/Example ID/);
    await sayIAm(charles, 'babbage@example.org');
    await charles.page.waitForURL(/\/profile/);
    await accounts.getByText('babbage@example.org').waitFor();

    const later = await stage.arrive();
    await later.open('/sign-in');
    await goToExampleId(later);
    await sayIAm(later, 'babbage@example.org');
    await later.page.getByRole('heading', { name: 'Hello, Charles' }).waitFor();
    await later.isSeen('signed-in');

    await charles.open('/profile');
    await accounts.getByRole('button', { name: 'Open menu' }).click();
    await charles.choose('Remove');
    await charles.page.getByRole('button', { name: 'Remove' }).last().click();
    await accounts.getByText('babbage@example.org').waitFor({ state: 'detached' });
    expect(await accounts.textContent()).not.toContain('babbage@example.org');
  });
});

describe("the provider's page", () => {
  it.each([1280, 375])('fits a window of %i pixels and breaks no rule of axe', async (width) => {
    const visitor = await stage.arrive({ viewport: { width, height: 900 } });
    visitor.foresee(/status of 422 .*example-id/);
    await visitor.open('/sign-in');
    await goToExampleId(visitor);
    // The browser's own check of the field would come first.
    await visitor.page.locator('#email-address').evaluate((input) => input.setAttribute('type', 'text'));
    await sayIAm(visitor, 'nobody');
    await visitor.page.getByRole('alert').getByText('That is no e-mail address.').waitFor();
    expect(await overflow(visitor.page)).toBe(0);
    expect([
      ...(await violations(visitor.page, 'dark')),
      ...(await violations(visitor.page, 'light')),
    ]).toEqual([]);
  });
});

async function goToExampleId({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: /Continue with Example ID/ }).click();
  await page.getByRole('heading', { name: 'Who are you at Example ID?' }).waitFor();
}

async function sayIAm({ page }: Visitor, emailAddress: string): Promise<void> {
  await page.getByLabel('Somebody else').fill(emailAddress);
  await page.getByRole('button', { name: 'Continue' }).click();
}

import { describe, expect, it } from '@jest/globals';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

describe('the user button', () => {
  it('shows whose account it is, and opens the account settings', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/');
    await ada.page.locator('.cl-userButtonTrigger').click();
    await ada.page.locator('.cl-userButtonPopoverCard').getByText(ada.account.emailAddress).waitFor();
    await ada.choose('Manage account');
    const settings = ada.page.getByRole('dialog');
    await settings.getByText('Profile details').first().waitFor();
    expect(await settings.textContent()).toContain('Ada Lovelace');
  });
});

describe('the account settings', () => {
  it('change the name, and the server greets by the new one', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/profile');
    await ada.page.getByRole('button', { name: 'Update profile' }).click();
    await ada.page.getByLabel('First name').fill('Augusta');
    await ada.page.getByLabel('Last name').fill('King');
    await ada.page.getByRole('button', { name: 'Save' }).click();
    await ada.page.locator('.cl-profileSection__profile').getByText('Augusta King').waitFor();
    await ada.open('/');
    expect(await ada.page.getByRole('heading', { level: 1 }).textContent()).toBe('Hello, Augusta');
    expect(await ada.me()).toMatchObject({ body: { firstName: 'Augusta', lastName: 'King' } });
  });

  it('change the password of who has signed in just now', async () => {
    const charles = await stage.arriveAs('charles');
    const { emailAddress } = charles.account;
    await openSecurity(charles);
    await charles.page.getByRole('button', { name: 'Update password' }).click();
    await charles.page.locator('input[name=newPassword]').fill('another-engine-1837');
    await charles.page.getByLabel('Confirm password').fill('another-engine-1837');
    await charles.page.getByRole('button', { name: 'Save' }).click();
    await charles.page.getByRole('button', { name: 'Update password' }).waitFor();

    const later = await stage.arrive();
    await later.signIn({ emailAddress, password: 'another-engine-1837' });
    expect(await later.me()).toMatchObject({ status: 200, body: { userId: 'user_charles' } });
  });

  it('list the devices, and sign another one out', async () => {
    const here = await stage.arriveAs('ada');
    const there = await stage.arriveAs('ada', { userAgent: FIREFOX });
    there.foresee(/status of 401 .*\/tokens/);
    await there.open('/');
    await openSecurity(here);
    const device = here.page.locator('.cl-activeDeviceListItem', { hasText: 'Firefox' });
    await device.getByRole('button').click();
    await Promise.all([here.page.waitForResponse(/\/revoke/), here.choose('Sign out of device')]);
    // Clerk's list drops the device the next time it is opened.
    await openSecurity(here);
    expect(await device.count()).toBe(0);

    await there.page.evaluate(
      () => void globalThis.Clerk?.session?.getToken({ skipCache: true }).catch(() => null),
    );
    await there.isSeen('signed-out');
    await here.open('/');
    await here.isSeen('signed-in');
  });

  it('delete the account for good', async () => {
    const grace = await stage.arriveAs('grace');
    await openSecurity(grace);
    await grace.page.getByRole('button', { name: 'Delete account' }).click();
    await grace.page.locator('input[name=deleteConfirmation]').fill('Delete account');
    await grace.page.getByRole('button', { name: 'Delete account' }).last().click();
    await grace.isSeen('signed-out');

    const later = await stage.arrive();
    later.foresee(/status of 422 .*sign_ins/);
    await later.open('/sign-in');
    await later.giveIdentifier(grace.account.emailAddress);
    await later.page
      .getByTestId('form-feedback-error')
      .getByText(/find your account/)
      .waitFor();
    expect(new URL(later.page.url()).pathname).toBe('/sign-in');
  });
});

async function openSecurity(visitor: Visitor): Promise<void> {
  await visitor.open('/profile');
  await visitor.page.getByRole('button', { name: 'Security' }).click();
  await visitor.page.getByText('This device').waitFor();
}

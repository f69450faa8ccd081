import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setStage } from './support/stage.js';

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
});

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

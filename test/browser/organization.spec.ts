import { describe, expect, it } from '@jest/globals';
import { makeKey } from './support/api-keys.js';
import { setStage } from './support/stage.js';

const stage = setStage();
const ENGINES = 'org_analytical_engines';

describe('the organisation page', () => {
  it('shows the settings of the one that is active', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.actFor(ENGINES);
    await ada.open('/organization');
    await ada.page.getByText('You act for analytical-engines as Admin').waitFor();
    await ada.page.getByRole('button', { name: 'Members' }).click();
    await ada.page.getByRole('row', { name: /Charles/ }).waitFor();
    expect(await ada.me()).toMatchObject({ body: { orgId: ENGINES, orgRole: 'org:admin' } });
  });

  it('creates one for somebody who has none', async () => {
    const grace = await stage.arriveAs('grace');
    await grace.open('/organization');
    await grace.page.getByLabel('Name', { exact: true }).fill('Looms');
    await grace.page.getByRole('button', { name: 'Create organization' }).click();
    await grace.page.getByRole('button', { name: 'Skip' }).click();
    await grace.page.getByText('You act for looms as Admin').waitFor();
    await grace.ready();
    expect(await grace.me()).toMatchObject({ body: { orgSlug: 'looms' } });
  });

  it('has API keys for its admins', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.actFor(ENGINES);
    await ada.open('/organization');
    await ada.page.getByRole('button', { name: 'API keys' }).click();
    const keys = ada.page.locator('.cl-apiKeys');
    await makeKey(ada, keys, 'Shared');
    await keys.getByRole('row', { name: /Shared/ }).waitFor();

    const charles = await stage.arriveAs('charles');
    await charles.actFor(ENGINES);
    await charles.open('/organization');
    // Clerk's component shows everybody the entry, and members nothing behind it.
    await charles.page.getByRole('button', { name: 'API keys' }).click();
    await charles.page.waitForLoadState('networkidle');
    expect(await charles.page.locator('.cl-apiKeys').count()).toBe(0);
  });
});

import { describe, expect, it } from '@jest/globals';
import { makeKey } from '../support/api-keys.js';
import { setStage } from '../support/stage.js';
import type { Visitor } from '../support/visitor.js';

const stage = setStage();

describe('API keys', () => {
  it('are made in the profile, shown once, work until they are revoked', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/profile');
    await ada.page.getByRole('button', { name: 'API keys' }).click();
    const keys = ada.page.locator('.cl-apiKeys');
    const secret = await makeKey(ada, keys, 'Nightly reports');
    expect(secret).toMatch(/^ak_\w+$/);
    await keys.getByRole('row', { name: /Nightly reports/ }).waitFor();

    // The key counts, but a key of one's own making has no scope.
    expect(await callReports(ada, secret)).toEqual({ status: 403, challenge: 'insufficient_scope' });

    await keys
      .getByRole('row', { name: /Nightly reports/ })
      .getByRole('button')
      .last()
      .click();
    await ada.choose('Revoke key');
    await ada.page.getByLabel(/Type "Revoke" to confirm/).fill('Revoke');
    await ada.page.getByRole('button', { name: 'Revoke key' }).click();
    await keys.getByRole('row', { name: /Nightly reports/ }).waitFor({ state: 'detached' });
    expect(await callReports(ada, secret)).toEqual({ status: 401, challenge: 'invalid_token' });
  });
});

/** What a program gets that calls with the key, from outside the browser. */
async function callReports(visitor: Visitor, key: string): Promise<{ status: number; challenge?: string }> {
  const response = await fetch(`${visitor.app.origin}/api/reports`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const [, challenge] = /error="(\w+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
  return { status: response.status, ...(challenge && { challenge }) };
}

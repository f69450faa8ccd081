import type { Locator } from 'playwright-core';
import type { Visitor } from './visitor.js';

/** Creates a key in Clerk's component and copies its secret. */
export async function makeKey({ page }: Visitor, keys: Locator, name: string): Promise<string> {
  await keys.getByRole('button', { name: 'Add new key' }).click();
  await page.getByLabel('Secret key name').fill(name);
  await page.getByRole('button', { name: 'Create key' }).click();
  const field = page.locator('input[value^="ak_"]');
  const secret = await field.inputValue();
  await page.getByRole('button', { name: 'Copy & Close' }).click();
  return secret;
}

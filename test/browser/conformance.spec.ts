import { describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { AppModule } from '../../src/app.module.js';
import { Plugins, type NavigationEntry } from '../../src/plugins/index.js';
import { faultsOf, watchLayout } from './support/measure.js';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();
const { navigation } = await Plugins.among([AppModule]);

/** Whom the application is seeded with, by what they may see: whoever comes first and sees an entry, opens it. */
const SEEDED: Readonly<Record<string, (options: BrowserContextOptions) => Promise<Visitor>>> = {
  'a stranger': (options) => stage.arrive(options),
  ada: (options) => stage.arriveAs('ada', options),
  'ada for her organisation': async (options) => {
    const ada = await stage.arriveAs('ada', options);
    await ada.actFor('org_analytical_engines');
    return ada;
  },
  grace: (options) => stage.arriveAs('grace', options),
};

describe('the header', () => {
  it('has an entry for each page of a plugin', () => {
    expect(new Set(navigation.map(({ path }) => path)).size).toBe(navigation.length);
  });
});

for (const entry of navigation) {
  describe(`the page ${entry.path}`, () => {
    it.each([1280, 375])(
      'is reached by its entry and has no fault in a window of %i pixels',
      async (width) => {
        const opened = await reach(entry, { viewport: { width, height: 900 } });
        // Somebody new and somebody who is known see different pages at one address.
        expect(opened.length).toBe(entry.when === undefined ? 2 : 1);
        const faults = await Promise.all(opened.map(({ page }) => faultsOf(page)));
        expect(faults.flat()).toEqual([]);
      },
    );
  });
}

/** Has a page opened by the first of those who see its entry, and by somebody known as well when strangers do. */
async function reach({ label, path }: NavigationEntry, options: BrowserContextOptions): Promise<Visitor[]> {
  const opened: Visitor[] = [];
  for (const [who, arrive] of Object.entries(SEEDED)) {
    // oxlint-disable-next-line no-await-in-loop -- one person after the other
    const visitor = await arrive(options);
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (await follow(visitor, label, path)) opened.push(visitor);
    if (opened.length > 0 && who !== 'a stranger') return opened;
  }
  throw new Error(
    `Nobody whom the local Clerk knows sees ${label}: seed somebody in src/local-clerk/seed.ts`,
  );
}

/** Whether the header of a page that is no plugin's has the entry; opens it then. */
async function follow(visitor: Visitor, label: string, path: string): Promise<boolean> {
  const { page } = visitor;
  visitor.foresee(/status of 404 .*\/nowhere/);
  await watchLayout(page);
  await visitor.open('/nowhere');
  const entry = page.locator('.site-nav').getByRole('link', { name: label, exact: true });
  if ((await entry.count()) === 0) return false;
  await entry.click();
  await page.waitForURL(path);
  await visitor.ready();
  expect(await page.locator('.site-nav [aria-current=page]').allInnerTexts()).toEqual([label]);
  return true;
}

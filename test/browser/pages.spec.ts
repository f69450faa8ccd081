import { describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { faultsOf, watchLayout } from './support/measure.js';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

interface PageCase {
  path: string;
  who: 'a stranger' | 'ada';
}

/** The kit's own pages. Those of plugins are in conformance.spec.ts. */
const PAGES: PageCase[] = [
  { path: '/sign-in', who: 'a stranger' },
  { path: '/sign-up', who: 'a stranger' },
  { path: '/nowhere', who: 'a stranger' },
  { path: '/nowhere', who: 'ada' },
];

/** Pages that are answered with an error, which Chromium tells on its console. */
const ERRORS: Readonly<Record<string, RegExp>> = { '/nowhere': /status of 404 .*\/nowhere/ };

describe.each(PAGES)('the page $path, opened by $who', (page) => {
  it.each([1280, 375])(
    'fits a window of %i pixels, stands still and breaks no rule of axe',
    async (width) => {
      const visitor = await open(page, { viewport: { width, height: 900 } });
      expect(await faultsOf(visitor.page)).toEqual([]);
    },
  );
});

describe('every page', () => {
  it.each(['/', '/profile', '/sign-in', '/sign-up', '/nowhere'])(
    'greets who is signed in from its first byte: %s',
    async (path) => {
      const ada = await stage.arriveAs('ada');
      const response = await ada.context.request.get(path, {
        headers: { accept: 'text/html', 'sec-fetch-dest': 'document' },
      });
      const html = await response.text();
      expect(html).toContain('data-session="signed-in"');
      expect(html).not.toMatch(/<a [^>]*>\s*Sign in/);
    },
  );

  it('follows the colour scheme of the system', async () => {
    const visitor = await open({ path: '/', who: 'a stranger' });
    const background = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await visitor.page.emulateMedia({ colorScheme: 'light' });
    const light = await background();
    await visitor.page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
  });

  it('says what to do when JavaScript is off', async () => {
    const visitor = await stage.arrive({ javaScriptEnabled: false });
    await visitor.page.goto('/sign-in');
    const notice = visitor.page.locator('noscript p');
    await notice.waitFor();
    expect(await notice.textContent()).toContain('need JavaScript');
  });

  it.each(['clerk-js@*/**', 'ui@*/**', 'ui@*/dist/framework*', 'ui@*/dist/signin*'])(
    'J22 says so when this part of Clerk does not load: %s',
    async (part) => {
      const visitor = await stage.arrive();
      visitor.foresee(/net::ERR_FAILED/);
      visitor.mayHave(/Loading chunk \d+ failed/);
      await visitor.page.route(`**/npm/@clerk/${part}`, (route) => route.abort());
      await visitor.page.goto('/sign-in');
      const notice = visitor.page.getByText('The sign-in service could not be loaded.');
      await notice.waitFor();
      expect(await notice.getByRole('link').getAttribute('href')).toBe('/sign-in');
    },
  );

  it('is left by the link to the session as JSON without an error', async () => {
    const ada = await open({ path: '/', who: 'ada' });
    await ada.page.getByRole('link', { name: 'See yourself as JSON' }).click();
    await ada.page.waitForURL('/api/me');
    await ada.page.waitForLoadState('networkidle');
    expect(await ada.page.locator('body').textContent()).toContain('"userId":"user_ada"');
  });
});

describe('with the keyboard alone', () => {
  it('the first stop is a link past the header', async () => {
    const ada = await open({ path: '/profile', who: 'ada' });
    await ada.page.keyboard.press('Tab');
    const link = ada.page.getByRole('link', { name: 'Skip to content' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect((await link.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await ada.page.keyboard.press('Enter');
    expect(await ada.page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it.each(['a stranger', 'ada'] as const)(
    'every stop of the home page shows where one is: %s',
    async (who) => {
      const { page } = await open({ path: '/', who });
      const stops = await page.locator('a[href]:visible, button:visible').count();
      const unseen: string[] = [];
      for (let stop = 0; stop < stops; stop += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one stop after the other
        await page.keyboard.press('Tab');
        // oxlint-disable-next-line no-await-in-loop -- one stop after the other
        const { name, isMarked } = await page.evaluate(() => {
          const element = document.activeElement ?? document.body;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          const hasOutline = outlineStyle !== 'none' && outlineWidth !== '0px';
          return { name: element.outerHTML.slice(0, 120), isMarked: hasOutline || boxShadow !== 'none' };
        });
        if (!isMarked) unseen.push(name);
      }
      expect(stops).toBeGreaterThan(5);
      expect(unseen).toEqual([]);
    },
  );
});

async function open({ path, who }: PageCase, options?: BrowserContextOptions): Promise<Visitor> {
  const visitor = await (who === 'a stranger' ? stage.arrive(options) : stage.arriveAs(who, options));
  const fault = ERRORS[path];
  if (fault) visitor.foresee(fault);
  await watchLayout(visitor.page);
  await visitor.open(path);
  await visitor.isSeen(who === 'a stranger' ? 'signed-out' : 'signed-in');
  return visitor;
}

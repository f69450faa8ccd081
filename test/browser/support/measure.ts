import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds and only Clerk can mend: the rule, and the one element that breaks it.
 * Clerk names the switcher's button "Open organization switcher" whatever account its text shows.
 */
const CLERKS_OWN = [{ rule: 'label-content-name-mismatch', element: '.cl-organizationSwitcherTrigger' }];

/** The accessibility rules that the page breaks in a colour scheme, each with its element. */
export async function violations(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations: broken } = await new AxeBuilder({ page }).analyze();
  return broken.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => !CLERKS_OWN.some(({ rule, element }) => rule === id && target[0] === element))
      .map(({ target, failureSummary }) => `${colorScheme}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What is wrong with how a page looks: parts that move, overflow, and rules of axe that it breaks, in light and in dark. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { total, moved } = await layoutShift(page);
  const wider = await overflow(page);
  return [
    ...(total < 0.1 ? [] : moved),
    ...(wider > 0 ? [`is ${wider} pixels wider than its window`] : []),
    ...(await violations(page, 'dark')),
    ...(await violations(page, 'light')),
  ];
}

/** Has the page add up how far its parts move, from its beginning on. To be called before it is opened. */
export async function watchLayout(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; moved: string }[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(({ node }) => (node instanceof Element ? node.className : ''));
        if (!entry.hadRecentInput) shifts.push({ value: entry.value, moved: moved.join(', ') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The cumulative layout shift so far, and what has moved. */
export async function layoutShift(page: Page): Promise<{ total: number; moved: string[] }> {
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(
    () => (globalThis as unknown as { shifts: { value: number; moved: string }[] }).shifts,
  );
  return {
    total: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.map(({ value, moved }) => `${value.toFixed(3)}: ${moved}`),
  };
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

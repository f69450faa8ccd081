import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { StartedApp, type Account } from './started-app.js';
import { Visitor } from './visitor.js';

/** What a spec plays on: one application and one browser for all its tests, visitors for each. */
export interface Stage {
  readonly app: StartedApp;
  /** Somebody new, who must leave no fault behind when the test ends. */
  arrive(options?: BrowserContextOptions): Promise<Visitor>;
  /** Somebody new who brings a session of the seeded user of that name; no page is open yet. */
  arriveAs(name: string, options?: BrowserContextOptions): Promise<Visitor & { account: Account }>;
}

/** Sets the stage for the tests of the spec that calls it, and clears it away. */
export function setStage(): Stage {
  let app: StartedApp;
  let browser: Browser;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([StartedApp.start(), launchChromium()]);
  });
  afterEach(async () => {
    const leaving = visitors;
    visitors = [];
    const faults = await Promise.all(leaving.map((visitor) => visitor.leave()));
    expect([...faults.flat(), ...app.complaints]).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function arrive(options?: BrowserContextOptions): Promise<Visitor> {
    const visitor = await Visitor.arrive(browser, app, options);
    visitors.push(visitor);
    return visitor;
  }

  return {
    get app() {
      return app;
    },
    arrive,
    async arriveAs(name, options) {
      const visitor = await arrive(options);
      const account = await app.account(name);
      await visitor.bringSession(account);
      return Object.assign(visitor, { account });
    },
  };
}

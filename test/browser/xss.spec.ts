import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { AppModule } from '../../src/app.module.js';
import { Plugins } from '../../src/plugins/index.js';
import { setStage } from './support/stage.js';

const stage = setStage();

const HOSTILE = '<img src=x onerror="hacked=1"><script>hacked=1</script>"\'><svg/onload=hacked=1>';
const INJECTED = `
  <img src="data:," onerror="hacked=1"><script>hacked=1</script><script src="/clerk.js?injected"></script>
  <a id="link" href="javascript:hacked=1">x</a><base href="https://evil.example/">
  <iframe srcdoc="<script>parent.hacked=1</script>"></iframe><object data="/icon.svg"></object>`;

const { navigation } = await Plugins.among([AppModule]);
const PUBLIC = navigation.filter(({ when }) => when === undefined).map(({ path }) => path);
/** Every page in the header of somebody who is signed in. */
const PAGES = navigation.filter(({ when }) => typeof when !== 'object').map(({ path }) => path);

/** Lets the page come as the server sends it, but for what is changed of it on the way. */
async function alter(
  page: Page,
  change: (answer: { body: string; policy: string }) => { body?: string; headers?: Record<string, string> },
): Promise<void> {
  await page.route(
    (url) => PAGES.includes(url.pathname) || url.pathname === '/sign-in',
    async (route) => {
      const response = await route.fetch();
      const policy = response.headers()['content-security-policy'] ?? '';
      const changed = change({ body: await response.text(), policy });
      await route.fulfill({ response, ...changed, headers: { ...response.headers(), ...changed.headers } });
    },
  );
}

function hacked(page: Page): Promise<boolean> {
  return page.evaluate(() => 'hacked' in globalThis);
}

describe('a hostile name', () => {
  it('F08 is text in every page, the components included, and runs nothing', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/');
    const form = { first_name: HOSTILE, last_name: HOSTILE };
    const answer = await ada.page.evaluate(async (fields) => {
      const response = await fetch('/__clerk/v1/me?_method=PATCH', {
        method: 'POST',
        body: new URLSearchParams(fields),
      });
      return response.status;
    }, form);
    expect(answer).toBe(200);
    await ada.page.evaluate(() => globalThis.Clerk?.session?.getToken({ skipCache: true }));
    for (const path of PAGES) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      await ada.open(path);
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      expect(await hacked(ada.page)).toBe(false);
    }
    await ada.open('/profile');
    await ada.page.getByText('<img src=x').first().waitFor();
  });
});

describe('the policy, where markup was injected all the same', () => {
  it.each(PAGES)('F08 runs nothing of it on %s, and reports it', async (path) => {
    const ada = await stage.arriveAs('ada');
    const policies = ['script-src-elem', 'script-src-attr', 'base-uri', 'object-src'];
    ada.foresee(...policies.map((directive) => new RegExp(`^policy violated: ${directive}`)));
    ada.foresee(/^console: .*Content Security Policy/);
    await alter(ada.page, ({ body }) => ({ body: body.replace('</main>', `${INJECTED}</main>`) }));
    await ada.open(path);
    await ada.page.evaluate(() => document.getElementById('link')?.click());
    expect(await hacked(ada.page)).toBe(false);
    expect(ada.page.url()).toBe(`${stage.app.origin}${path}`);
  });
});

describe('Trusted Types', () => {
  it.each(['/sign-in', ...PUBLIC])('F15 would be broken on %s by files of Clerk alone', async (path) => {
    const visitor = await stage.arrive();
    visitor.foresee(/^policy violated: require-trusted-types-for .*\/__clerk\//);
    await alter(visitor.page, () => ({
      headers: { 'content-security-policy-report-only': "require-trusted-types-for 'script'" },
    }));
    expect((await visitor.open(path)).url()).toBe(stage.app.origin + path);
  });

  it.each(['/sign-in', ...PUBLIC])(
    "F15 hold on %s with a default policy that takes scripts from Clerk's address alone",
    async (path) => {
      const visitor = await stage.arrive();
      await visitor.context.addInitScript(() => {
        const { trustedTypes } = globalThis as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): void };
        };
        trustedTypes.createPolicy('default', {
          createHTML: (html: string) => html,
          createScriptURL: (address: string) => {
            const { protocol, origin, pathname } = new URL(address, location.origin);
            // ClerkJS makes a worker of a script that it holds itself.
            const isClerks = protocol === 'blob:' || pathname.startsWith('/__clerk/');
            return isClerks && origin === location.origin ? address : null;
          },
        });
      });
      await alter(visitor.page, ({ policy }) => ({
        headers: { 'content-security-policy': `${policy}; require-trusted-types-for 'script'` },
      }));
      expect((await visitor.open(path)).url()).toBe(stage.app.origin + path);
    },
  );
});

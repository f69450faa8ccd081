import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { componentIsReady } from './clerk.js';
import type { Account, StartedApp } from './started-app.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', ''];
const PATIENCE_MS = 20_000;

/**
 * A person with a browser of their own. Keeps an account of everything that went wrong in it: errors on the console or
 * thrown, violations of the Content-Security-Policy, requests to another machine.
 */
export class Visitor {
  readonly faults: string[] = [];
  readonly #foreseen: { pattern: RegExp; seen: boolean }[] = [];

  private constructor(
    readonly app: StartedApp,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async arrive(
    browser: Browser,
    app: StartedApp,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: app.origin,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const faults: string[] = [];
    await watch(context, (fault) => faults.push(fault));
    const visitor = new Visitor(app, context, await context.newPage());
    return Object.assign(visitor, { faults });
  }

  /** Names a fault that the test is about, such as the 422 of a wrong password. It must come, and nothing else may. */
  foresee(...patterns: RegExp[]): void {
    this.#foreseen.push(...patterns.map((pattern) => ({ pattern, seen: false })));
  }

  /** Names a fault that may come or not. */
  mayHave(...patterns: RegExp[]): void {
    this.#foreseen.push(...patterns.map((pattern) => ({ pattern, seen: true })));
  }

  /** Ends the visit. Tells what went wrong without being foreseen, and what was foreseen and did not come. */
  async leave(): Promise<string[]> {
    await this.context.close();
    const unforeseen = this.faults.filter((fault) => {
      const expected = this.#foreseen.filter(({ pattern }) => pattern.test(fault));
      for (const entry of expected) entry.seen = true;
      return expected.length === 0;
    });
    const missed = this.#foreseen
      .filter(({ seen }) => !seen)
      .map(({ pattern }) => `has not come: ${pattern}`);
    return [...unforeseen, ...missed];
  }

  /** Opens a page and waits until Clerk's components on it can be used. */
  async open(path: string, page = this.page): Promise<Page> {
    await page.goto(path);
    await this.ready(page);
    return page;
  }

  /** Waits until ClerkJS has started and every component that the page has room for can be used. */
  async ready(page = this.page): Promise<void> {
    await page.waitForFunction(
      (selectors) =>
        globalThis.Clerk?.loaded === true &&
        [...document.querySelectorAll<HTMLElement>('[data-clerk-component]')].every((slot) =>
          slot.querySelector(selectors[slot.dataset['clerkComponent'] ?? ''] ?? '*'),
        ),
      componentIsReady,
    );
  }

  /** Comes with a session: what signing in leaves behind, without the way through the sign-in page. */
  async bringSession({ emailAddress, password }: Account): Promise<void> {
    const form = { identifier: emailAddress, password };
    const response = await this.context.request.post('/__clerk/v1/client/sign_ins', { form });
    if (!response.ok()) throw new Error(`No session for ${emailAddress}: ${await response.text()}`);
    await this.context.request.get('/', { headers: { 'sec-fetch-dest': 'document' } });
  }

  /** Signs in as a person does, from the sign-in page, and waits for the page that follows. */
  async signIn({ emailAddress, password }: Account): Promise<void> {
    await this.open('/sign-in');
    await this.giveIdentifier(emailAddress);
    await this.givePassword(password);
    await this.page.waitForURL('/');
    await this.ready();
  }

  async giveIdentifier(emailAddress: string): Promise<void> {
    await this.page.getByLabel('Email address').fill(emailAddress);
    await this.continue();
  }

  async givePassword(password: string): Promise<void> {
    await this.page.locator('input[name=password]').fill(password);
    await this.continue();
  }

  /** Types a code, once the field has been emptied of a wrong one. */
  async giveCode(code: string): Promise<void> {
    const field = this.page.getByLabel('Enter verification code');
    await field.waitFor();
    await this.page.waitForFunction(
      (input) => input instanceof HTMLInputElement && input.value === '' && !input.disabled,
      await field.elementHandle(),
    );
    await field.pressSequentially(code);
  }

  async continue(): Promise<void> {
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click();
  }

  /** Takes an entry of an open menu, by the keyboard: a click may fall between two renderings of a menu that opens. */
  async choose(name: string | RegExp): Promise<void> {
    const entry = this.page.getByRole('menuitem', { name }).or(this.page.getByRole('button', { name }));
    await entry.first().press('Enter');
  }

  /** Signs out by the user button and waits for the page that follows. */
  async signOut(): Promise<void> {
    await this.page.locator('.cl-userButtonTrigger').click();
    await this.choose('Sign out');
    await this.isSeen('signed-out');
  }

  /** Waits for a page that the server rendered for somebody signed in, or out. */
  async isSeen(state: 'signed-in' | 'signed-out', page = this.page): Promise<void> {
    await page.locator(`html[data-session=${state}]`).waitFor({ state: 'attached' });
    await this.ready(page);
  }

  /** Makes an organisation the active one, as its switcher does. */
  async actFor(organization: string): Promise<void> {
    await this.open('/');
    await this.page.evaluate((id) => globalThis.Clerk?.setActive({ organization: id }), organization);
    await this.tokenTells(`"id":"${organization}"`);
  }

  /** Waits until the claims of the session token in the cookie say so. */
  async tokenTells(text: string): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const [, claims = ''] = /__session=[^.;]*\.([^.;]*)/.exec(document.cookie) ?? [];
      return claims && atob(claims.replaceAll('-', '+').replaceAll('_', '/')).includes(wanted);
    }, text);
  }

  /** What the application's API knows of this person. */
  async me(): Promise<{ status: number; body: Record<string, unknown> }> {
    return this.page.evaluate(async () => {
      const response = await fetch('/api/me');
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    });
  }
}

async function watch(context: BrowserContext, report: (fault: string) => void): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => report(`thrown: ${error.error().message}`));
  context.on('request', (request) => {
    if (!LOOPBACK.includes(new URL(request.url()).hostname)) report(`request off loopback: ${request.url()}`);
  });
  await context.exposeFunction('reportViolation', report);
  await context.addInitScript(() => {
    const { reportViolation } = globalThis as unknown as { reportViolation: (fault: string) => void };
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      reportViolation(`policy violated: ${violatedDirective} by ${blockedURI} in ${sourceFile}`),
    );
  });
}

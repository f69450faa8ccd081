import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser, type Answer } from './support/browser.js';
import { ada, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const STRATEGY = 'oauth_custom_example';

describe('another provider', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
  });

  afterEach(() => app.remove());

  it('signs in who has an account, and connects the two', async () => {
    const target = await callBack(browser, await answerOf(await begin('sign_ins'), grace[0]));
    expect(target).toBe(`${app.origin}/sign-in#/sso-callback`);
    const { body } = await browser.call('GET', '/client');
    expect(body.response).toMatchObject({
      sign_in: { status: 'complete', first_factor_verification: { status: 'verified' } },
      sessions: [
        { user: { id: 'user_grace', external_accounts: [{ email_address: grace[0], provider: STRATEGY }] } },
      ],
    });
    expect(await browser.claims()).toMatchObject({ sub: 'user_grace' });
  });

  it('has a sign-in of somebody unknown go on as a sign-up, once', async () => {
    await callBack(browser, await answerOf(await begin('sign_ins'), 'mary@example.com'));
    const before = await browser.call('GET', '/client');
    expect(before.body.response).toMatchObject({
      sign_in: { status: 'needs_identifier', first_factor_verification: { status: 'transferable' } },
      sessions: [],
    });
    const { body } = await browser.call('POST', '/client/sign_ups', { transfer: 'true' });
    expect(body.response).toMatchObject({ status: 'complete', email_address: 'mary@example.com' });
    const user = await app.backend.users.getUser(String(body.response?.['created_user_id']));
    expect(user).toMatchObject({ passwordEnabled: false });
    expect((await browser.call('POST', '/client/sign_ups', { transfer: 'true' })).status).toBe(404);
  });

  it('has a sign-up of somebody known go on as a sign-in', async () => {
    await callBack(browser, await answerOf(await begin('sign_ups'), ada[0]));
    const { body } = await browser.call('POST', '/client/sign_ins', { transfer: 'true' });
    expect(body.response).toMatchObject({ status: 'complete' });
    expect(await browser.claims()).toMatchObject({ sub: 'user_ada' });
  });

  it.each(['sign_ins', 'sign_ups'] as const)(
    'transfers nothing that it has not vouched for: %s',
    async (to) => {
      const from = to === 'sign_ins' ? 'sign_ups' : 'sign_ins';
      expect((await browser.call('POST', `/client/${to}`, { transfer: 'true' })).status).toBe(404);
      await begin(from);
      expect((await browser.call('POST', `/client/${to}`, { transfer: 'true' })).status).toBe(404);
    },
  );

  it.each(['', 'x', 'an', 'analytical-engine-1843'])(
    'makes accounts that no password opens: "%s"',
    async (password) => {
      await callBack(browser, await answerOf(await begin('sign_ups'), 'mary@example.com'));
      expect((await new Browser(app).signIn('mary@example.com', password)).status).toBe(422);
      const { body } = await new Browser(app).call('POST', '/client/sign_ins', {
        identifier: 'mary@example.com',
      });
      const factors = body.response?.['supported_first_factors'] as unknown as { strategy: string }[];
      expect(factors.map(({ strategy }) => strategy)).toEqual(['email_code']);
    },
  );

  it('counts only in the browser that has asked, and only once', async () => {
    const answer = await answerOf(await begin('sign_ins'), grace[0]);
    const victim = new Browser(app);
    await begin('sign_ins', victim);
    expect(await callBack(victim, answer)).toBeNull();
    expect(await callBack(new Browser(app), answer)).toBeNull();
    expect((await victim.call('GET', '/client')).body.response?.['sessions']).toEqual([]);
    expect(await callBack(browser, answer)).not.toBeNull();
    expect(await callBack(browser, answer)).toBeNull();
  });

  it.each(['', '?code=code_none', '?state=', '?code=code_none&state='])(
    'is not believed without its own state: %s',
    async (query) => {
      await begin('sign_ins');
      expect(await callBack(browser, `/__clerk/v1/oauth_callback${query}`)).toBeNull();
    },
  );

  it('takes a made-up code for a refusal', async () => {
    const answer = new URL(await answerOf(await begin('sign_ins'), grace[0]), app.origin);
    answer.searchParams.set('code', 'code_made_up');
    await callBack(browser, answer.href);
    const { body } = await browser.call('GET', '/client');
    expect(body.response).toMatchObject({
      sign_in: { first_factor_verification: { status: 'failed', error: { code: 'oauth_access_denied' } } },
      sessions: [],
    });
  });

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', ''])(
    'never leads out of the application: %s',
    async (redirect) => {
      const form = { strategy: STRATEGY, redirect_url: redirect };
      expect((await browser.call('POST', '/client/sign_ins', form)).status).toBe(400);
      expect((await browser.call('POST', '/client/sign_ups', form)).status).toBe(400);
    },
  );

  it('has to be one that exists', async () => {
    const form = { strategy: 'oauth_google', redirect_url: app.origin };
    expect((await browser.call('POST', '/client/sign_ins', form)).status).toBe(422);
  });

  it('writes what it was told as text', async () => {
    const response = await fetch(
      `${app.origin}/__clerk/example-id?state=${encodeURIComponent('"><script>')}`,
    );
    expect(await response.text()).not.toContain('<script');
  });

  it('does not give an account to a second user', async () => {
    await callBack(browser, await answerOf(await begin('sign_ins'), grace[0]));
    const other = new Browser(app);
    await other.signIn(...ada);
    const begun = await other.call('POST', '/me/external_accounts', wayToProvider());
    const url = begun.body.response?.['verification']?.['external_verification_redirect_url'];
    await callBack(other, await answerOf(String(url), grace[0]));
    expect((await app.backend.users.getUser('user_ada')).externalAccounts).toEqual([]);
  });

  it("does not remove somebody else's account", async () => {
    await callBack(browser, await answerOf(await begin('sign_ins'), grace[0]));
    const [account] = (await app.backend.users.getUser('user_grace')).externalAccounts;
    const other = new Browser(app);
    await other.signIn(...ada);
    expect((await other.call('DELETE', `/me/external_accounts/${account?.id}`)).status).toBe(404);
    expect((await browser.call('DELETE', `/me/external_accounts/${account?.id}`)).status).toBe(200);
    expect((await app.backend.users.getUser('user_grace')).externalAccounts).toEqual([]);
  });

  it('leaves nothing to sign in with when the account is deleted', async () => {
    await callBack(browser, await answerOf(await begin('sign_ins'), grace[0]));
    await browser.call('DELETE', '/me');
    await callBack(browser, await answerOf(await begin('sign_ins'), grace[0]));
    expect((await browser.call('GET', '/client')).body.response?.['sessions']).toEqual([]);
  });

  function wayToProvider() {
    return { strategy: STRATEGY, redirect_url: `${app.origin}/sign-in#/sso-callback` };
  }

  /** Begins a sign-in or sign-up, and gives the provider's address. */
  async function begin(kind: 'sign_ins' | 'sign_ups', by = browser): Promise<string> {
    const { body }: Answer = await by.call('POST', `/client/${kind}`, wayToProvider());
    const verification =
      kind === 'sign_ins'
        ? body.response?.['first_factor_verification']
        : body.response?.['verifications']?.['external_account'];
    return String(verification?.['external_verification_redirect_url']);
  }

  /** Says at the provider who one is; gives the address that it sends the browser to. */
  async function answerOf(address: string, emailAddress: string): Promise<string> {
    const state = new URL(address).searchParams.get('state') ?? '';
    const response = await fetch(`${app.origin}/__clerk/example-id`, {
      method: 'POST',
      body: new URLSearchParams({ state, email_address: emailAddress }),
      redirect: 'manual',
    });
    return response.headers.get('location') ?? '';
  }

  /** Comes back from the provider; gives the page that follows, or null when the answer is refused. */
  async function callBack(by: Browser, address: string): Promise<string | null> {
    const cookie = `__client=${by.cookies.get('__client')}`;
    const response = await fetch(new URL(address, app.origin), { redirect: 'manual', headers: { cookie } });
    return response.headers.get('location');
  }
});

describe('an empty sign-up', () => {
  it('leads to no account without an e-mail address and a password', async () => {
    const app = await LocalApp.start();
    const browser = new Browser(app);
    const { body } = await browser.call('POST', '/client/sign_ups', {});
    const path = `/client/sign_ups/${body.response?.['id']}`;
    expect((await browser.call('POST', `${path}/prepare_verification`)).status).toBe(404);
    expect((await browser.call('POST', `${path}/attempt_verification`, { code: '' })).status).toBe(422);
    const patched = await browser.call('PATCH', path, { email_address: 'mary@example.com' });
    expect(patched.body.errors?.[0]?.meta.param_name).toBe('password');
    expect(app.printed).toEqual([]);
    await app.remove();
  });
});

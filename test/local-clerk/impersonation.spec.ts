import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requestImpersonation } from '../../src/local-clerk/impersonation.js';
import { Browser, type Answer } from './support/browser.js';
import { ada, grace } from './support/cast.js';
import { LocalApp, newDirectory } from './support/local-app.js';

const AS_GRACE = { userId: 'user_grace', actor: { sub: 'user_ada' } };

describe('an actor token', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
  });

  afterEach(() => app.remove());

  it('signs the actor in as somebody else, and says so in the token and the session', async () => {
    const { token } = await app.backend.actorTokens.create(AS_GRACE);
    const { body } = await redeem(token);
    expect(body.response).toMatchObject({ status: 'complete' });
    const sessions = body.client?.['sessions'];
    expect(sessions).toMatchObject([{ actor: { sub: 'user_ada' }, user: { id: 'user_grace' } }]);
    expect(await browser.claims()).toMatchObject({ sub: 'user_grace', act: { sub: 'user_ada' } });
  });

  it('prints the link that it answers with, and gives the ticket in no other line', async () => {
    const { token, url } = await app.backend.actorTokens.create(AS_GRACE);
    expect(url).toContain(String(token));
    expect(app.printed.filter((line) => line.includes(String(token)))).toEqual([
      `open this link to act as grace@example.com: ${url}`,
    ]);
  });

  it('starts a session of half an hour, or of what was asked for', async () => {
    expect(await minutesOfSession(AS_GRACE)).toBeCloseTo(30, 0);
    expect(await minutesOfSession({ ...AS_GRACE, sessionMaxDurationInSeconds: 300 })).toBeCloseTo(5, 0);
  });

  it('is no proof of who the person is', async () => {
    const { token } = await app.backend.actorTokens.create(AS_GRACE);
    await redeem(token);
    expect(await browser.claims()).toMatchObject({ fva: [-1, -1] });
    expect((await browser.call('DELETE', '/me')).status).toBe(403);
  });

  it('works once', async () => {
    const { id, token } = await app.backend.actorTokens.create(AS_GRACE);
    await redeem(token);
    expect((await redeem(token)).body.errors?.[0]?.code).toBe('actor_token_already_used');
    await expect(app.backend.actorTokens.revoke(id)).rejects.toMatchObject({ status: 400 });
  });

  it('does not work once it was revoked', async () => {
    const { id, token } = await app.backend.actorTokens.create(AS_GRACE);
    expect(await app.backend.actorTokens.revoke(id)).toMatchObject({ status: 'revoked', token: null });
    expect((await redeem(token)).body.errors?.[0]?.code).toBe('ticket_invalid_code');
  });

  it('expires', async () => {
    const { token } = await app.backend.actorTokens.create({ ...AS_GRACE, expiresInSeconds: 1 });
    const realNow = Date.now;
    Date.now = () => realNow() + 2000;
    try {
      expect((await redeem(token)).body.errors?.[0]?.code).toBe('ticket_expired_code');
    } finally {
      Date.now = realNow;
    }
  });

  it('goes with the account that it was for', async () => {
    const { token } = await app.backend.actorTokens.create(AS_GRACE);
    const owner = new Browser(app);
    await owner.signIn(...grace);
    await owner.call('DELETE', '/me');
    expect((await redeem(token)).status).toBe(422);
  });

  it.each([
    ['an unknown user', { ...AS_GRACE, userId: 'user_none' }, 404],
    ['oneself', { ...AS_GRACE, actor: { sub: 'user_grace' } }, 422],
    ['a user without an actor', { ...AS_GRACE, actor: { sub: ' ' } }, 422],
    ['a user for no time', { ...AS_GRACE, expiresInSeconds: 0 }, 422],
    ['a user for less than no time', { ...AS_GRACE, sessionMaxDurationInSeconds: -1 }, 422],
  ])('is not made to act as %s', async (_name, params, status) => {
    await expect(app.backend.actorTokens.create(params)).rejects.toMatchObject({ status });
    expect(app.printed).toEqual([]);
  });

  it.each([undefined, 'Bearer sk_test_wrong'])(
    'is made for nobody with the key "%s"',
    async (authorization) => {
      const response = await fetch(`${app.origin}/__clerk/v1/actor_tokens`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ user_id: 'user_grace', actor: { sub: 'user_ada' } }),
      });
      expect(response.ok).toBe(false);
      expect(app.printed).toEqual([]);
    },
  );

  it('ends the session of who opens its link, and nobody is signed out by a link without a ticket', async () => {
    await browser.signIn(...ada);
    const { url } = await app.backend.actorTokens.create(AS_GRACE);
    await follow(`${app.origin}/__clerk/v1/tickets/accept?ticket=ticket_none`);
    expect((await browser.call('GET', '/me')).status).toBe(200);
    expect(await follow(String(url))).toMatch(/^\/sign-in\?__clerk_ticket=ticket_\w+$/);
    expect((await browser.call('GET', '/me')).status).toBe(401);
  });

  function redeem(ticket: string | null | undefined): Promise<Answer> {
    return browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket: String(ticket) });
  }

  async function minutesOfSession(params: Parameters<typeof app.backend.actorTokens.create>[0]) {
    await redeem((await app.backend.actorTokens.create(params)).token);
    const { expireAt } = await app.backend.sessions.getSession(browser.sessionId());
    return (expireAt - Date.now()) / 60_000;
  }

  async function follow(url: string): Promise<string | null> {
    const cookie = `__client=${browser.cookies.get('__client')}`;
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    return response.headers.get('location');
  }
});

describe(requestImpersonation.name, () => {
  let app: LocalApp;

  beforeEach(async () => {
    app = await LocalApp.start();
  });

  afterEach(() => app.remove());

  it.each([
    ['the first other user', ['Grace@example.com'], 'user_ada'],
    ['the named one', ['grace@example.com', 'charles@example.com'], 'user_charles'],
  ])('has the running application make a link, with %s as the actor', async (_name, names, actor) => {
    const { emailAddress, url } = await requestImpersonation(names, app.directory);
    expect(emailAddress).toBe('grace@example.com');
    const ticket = new URL(url).searchParams.get('ticket') ?? '';
    const browser = new Browser(app);
    await browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
    expect(await browser.claims()).toMatchObject({ sub: 'user_grace', act: { sub: actor } });
  });

  it.each([
    ['nobody is named', [], /npm run impersonate -- /],
    ['nobody has the address', ['nobody@example.com'], /nobody@example.com.*ada@example.com, grace@/],
    ['the actor has no account', ['grace@example.com', 'x@example.com'], /x@example.com/],
    ['somebody would act as themselves', ['grace@example.com', 'grace@example.com'], /as themselves/],
  ])('says in one line what to do when %s', async (_name, names, message) => {
    await expect(requestImpersonation(names, app.directory)).rejects.toThrow(message);
  });

  it('says that the application is not running, or never was', async () => {
    await app.stop();
    const never = await newDirectory();
    for (const directory of [app.directory, never]) {
      await expect(requestImpersonation(['grace@example.com'], directory)).rejects.toThrow(/not running/);
    }
  });
});

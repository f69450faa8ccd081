import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

describe('signing in', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
  });

  afterEach(() => app.remove());

  async function begin(identifier: string): Promise<string> {
    const { body } = await browser.call('POST', '/client/sign_ins', { identifier });
    return `/client/sign_ins/${body.response?.['id']}`;
  }

  it('by password gives a session, its cookies and its claims', async () => {
    const { status, body } = await browser.signIn(...ada);
    expect(status).toBe(200);
    expect(body.response).toMatchObject({ status: 'complete', created_session_id: browser.sessionId() });
    expect(await browser.claims()).toMatchObject({
      sub: 'user_ada',
      uid: 'user_ada',
      first: 'Ada',
      last: 'Lovelace',
      azp: app.origin,
      sts: 'active',
      v: 2,
      fva: [0, -1],
      pla: 'u:pro',
      fea: expect.stringContaining('u:export'),
    });
  });

  it('is seen by the server on the next page', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    const { hops, claims } = await browser.open('/page');
    expect(hops).toEqual([]);
    expect(claims?.sub).toBe('user_ada');
  });

  it('keeps the client cookie out of reach of scripts and of other paths', async () => {
    const { headers } = await browser.call('POST', '/client/sign_ins', { identifier: ada[0] });
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__client=\w+; Path=\/__clerk; HttpOnly; SameSite=Lax; Max-Age=\d+$/),
    ]);
  });

  it('gives out tokens for a minute', async () => {
    await browser.signIn(...ada);
    const { iat = 0, exp = 0 } = await browser.claims();
    expect(exp - iat).toBe(60);
  });

  it('takes the e-mail address in any case', async () => {
    expect((await browser.signIn('ADA@Example.com', ada[1])).status).toBe(200);
  });

  it('names the field for an unknown user', async () => {
    const { status, body } = await browser.call('POST', '/client/sign_ins', { identifier: 'no@example.com' });
    expect(status).toBe(422);
    expect(body.errors?.[0]).toMatchObject({
      code: 'form_identifier_not_found',
      meta: { param_name: 'identifier' },
    });
  });

  it.each([['the wrong one'], ['']])('names the field for the password "%s"', async (password) => {
    const { status, body } = await browser.signIn(ada[0], password);
    expect(status).toBe(422);
    expect(body.errors?.[0]).toMatchObject({
      code: 'form_password_incorrect',
      meta: { param_name: 'password' },
    });
    expect(browser.cookies.has('__session')).toBe(false);
  });

  it('by e-mail code takes the printed code, once', async () => {
    const path = await begin(grace[0]);
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_code' });
    const attempt = { strategy: 'email_code', code: app.codeFor(grace[0]) };
    expect(app.printed).toEqual([expect.stringMatching(/^code for grace@example\.com: \d{6}$/)]);
    expect((await browser.call('POST', `${path}/attempt_first_factor`, attempt)).status).toBe(200);
    expect((await browser.claims()).sub).toBe('user_grace');
    expect((await browser.call('POST', `${path}/attempt_first_factor`, attempt)).status).toBe(404);
  });

  it('refuses a wrong code, and every code after five tries', async () => {
    const path = await begin(grace[0]);
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_code' });
    const right = app.codeFor(grace[0]);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { body } = await browser.call('POST', `${path}/attempt_first_factor`, { code: wrong });
      expect(body.errors?.[0]?.code).toBe('form_code_incorrect');
    }
    const { body } = await browser.call('POST', `${path}/attempt_first_factor`, { code: right });
    expect(body.errors?.[0]?.code).toBe('verification_expired');
  });

  it('needs a code that was sent', async () => {
    const path = await begin(grace[0]);
    const { status } = await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'email_code' });
    expect(status).toBe(422);
  });

  it('does not let another browser finish it', async () => {
    const path = await begin(ada[0]);
    const stranger = new Browser(app);
    const attempt = { strategy: 'password', password: ada[1] };
    expect((await stranger.call('POST', `${path}/attempt_first_factor`, attempt)).status).toBe(404);
  });

  it('with a forgotten password asks for a code, then for a new password', async () => {
    const path = await begin(grace[0]);
    const strategy = 'reset_password_email_code';
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy });
    const early = await browser.call('POST', `${path}/reset_password`, { password: 'a-new-password' });
    expect(early.status).toBe(404);
    const code = app.codeFor(grace[0]);
    const verified = await browser.call('POST', `${path}/attempt_first_factor`, { strategy, code });
    expect(verified.body.response?.['status']).toBe('needs_new_password');
    await browser.call('POST', `${path}/reset_password`, { password: 'a-new-password' });
    expect((await browser.claims()).sub).toBe('user_grace');
    expect((await new Browser(app).signIn(grace[0], 'a-new-password')).status).toBe(200);
  });

  it('as somebody else on the same browser ends the first session', async () => {
    await browser.signIn(...ada);
    const first = browser.sessionId();
    await browser.signIn(...grace);
    expect((await browser.call('POST', `/client/sessions/${first}/tokens`)).status).toBe(401);
    expect((await browser.claims()).sub).toBe('user_grace');
  });
});

describe('signing out', () => {
  it('ends the session for every tab and for the server', async () => {
    const app = await LocalApp.start();
    const browser = new Browser(app);
    await browser.open('/page');
    await browser.signIn(...ada);
    const id = browser.sessionId();
    const { body } = await browser.call('DELETE', '/client/sessions');

    expect(body.client?.['sessions']).toEqual([]);
    expect((await browser.call('POST', `/client/sessions/${id}/tokens`)).status).toBe(401);
    expect((await browser.open('/page')).claims).toBeNull();
    expect((await app.backend.sessions.getSession(id)).status).toBe('ended');
    await app.remove();
  });
});

describe('signing up', () => {
  let app: LocalApp;
  let browser: Browser;
  const details = { email_address: 'new@example.com', password: 'long enough', first_name: 'Nina' };

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
  });

  afterEach(() => app.remove());

  it('needs the printed code, and then is signed in', async () => {
    const { body } = await browser.call('POST', '/client/sign_ups', details);
    expect(body.response).toMatchObject({
      status: 'missing_requirements',
      verifications: { email_address: { status: 'unverified', strategy: null } },
    });
    const path = `/client/sign_ups/${body.response?.['id']}`;
    await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
    const code = app.codeFor('new@example.com');
    const done = await browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code });

    expect(done.body.response?.['status']).toBe('complete');
    expect(await browser.claims()).toMatchObject({ first: 'Nina', last: null, pla: 'u:free_user' });
    expect((await new Browser(app).signIn('new@example.com', 'long enough')).status).toBe(200);
  });

  it('makes no account before the code is confirmed', async () => {
    await browser.call('POST', '/client/sign_ups', details);
    const { status } = await new Browser(app).signIn('new@example.com', 'long enough');
    expect(status).not.toBe(200);
  });

  it.each([
    ['an address in use', { email_address: 'Ada@example.com' }, 'form_identifier_exists', 'email_address'],
    ['no address', { email_address: 'nowhere' }, 'form_param_format_invalid', 'email_address'],
    ['a short password', { password: 'short' }, 'form_password_length_too_short', 'password'],
    ['an endless password', { password: 'x'.repeat(73) }, 'form_password_length_too_long', 'password'],
  ])('refuses %s under its field', async (_name, change, code, field) => {
    const { status, body } = await browser.call('POST', '/client/sign_ups', { ...details, ...change });
    expect(status).toBe(422);
    expect(body.errors?.[0]).toMatchObject({ code, meta: { param_name: field } });
  });

  it('with another address needs another code', async () => {
    const { body } = await browser.call('POST', '/client/sign_ups', details);
    const path = `/client/sign_ups/${body.response?.['id']}`;
    await browser.call('POST', `${path}/prepare_verification`);
    await browser.call('PATCH', path, { email_address: 'other@example.com' });
    const code = app.codeFor('new@example.com');
    expect((await browser.call('POST', `${path}/attempt_verification`, { code })).status).toBe(422);
  });
});

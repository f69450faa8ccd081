import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const HOUR_MS = 60 * 60_000;

describe('reverification', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
    await browser.signIn(...grace);
    await letAnHourPass();
  });

  afterEach(() => app.remove());

  it('makes the session fresh by the password', async () => {
    expect(await browser.claims()).toMatchObject({ fva: [60, -1] });
    const { body } = await verify('', { level: 'first_factor' });
    expect(body.response).toMatchObject({ status: 'needs_first_factor', level: 'first_factor' });
    const done = await verify('/attempt_first_factor', { strategy: 'password', password: grace[1] });
    expect(done.body.response).toMatchObject({
      status: 'complete',
      session: { factor_verification_age: [0, -1] },
    });
    expect(await browser.claims()).toMatchObject({ fva: [0, -1] });
    expect((await browser.call('DELETE', '/me')).status).toBe(200);
  });

  it('makes the session fresh by a code, which works once', async () => {
    await verify('', { level: 'second_factor' });
    await verify('/prepare_first_factor', { strategy: 'email_code', email_address_id: 'idn_grace' });
    const code = { strategy: 'email_code', code: app.codeFor(grace[0]) };
    expect((await verify('/attempt_first_factor', code)).status).toBe(200);
    expect(await browser.claims()).toMatchObject({ fva: [0, -1] });
    expect((await verify('/attempt_first_factor', code)).status).toBe(404);
    await verify('', { level: 'first_factor' });
    expect((await verify('/attempt_first_factor', code)).status).toBe(422);
  });

  it.each([
    [{ strategy: 'password', password: 'wrong' }, 'form_password_incorrect', 'password'],
    [{ strategy: 'password' }, 'form_password_incorrect', 'password'],
    [{ strategy: 'email_code', code: '123456' }, 'verification_expired', 'code'],
    [{ strategy: 'passkey' }, 'form_param_value_invalid', 'strategy'],
    [{}, 'form_param_value_invalid', 'strategy'],
  ])('leaves the session as old as it was when the proof is %j', async (form, code, parameter) => {
    await verify('', { level: 'first_factor' });
    const { status, body } = await verify('/attempt_first_factor', form);
    expect(status).toBe(422);
    expect(body.errors?.[0]).toMatchObject({ code, meta: { param_name: parameter } });
    expect(await browser.claims()).toMatchObject({ fva: [60, -1] });
  });

  it('has to be begun', async () => {
    const form = { strategy: 'password', password: grace[1] };
    expect((await verify('/attempt_first_factor', form)).status).toBe(404);
  });

  it("does not touch somebody else's session", async () => {
    const other = new Browser(app);
    await other.signIn(...ada);
    const path = `/client/sessions/${browser.sessionId()}/verify`;
    expect((await other.call('POST', path, { level: 'first_factor' })).status).toBe(401);
  });

  it.each([
    ['POST', '/me/change_password', { new_password: 'compiler-1952' }],
    ['POST', '/me/change_password', { current_password: grace[1], new_password: 'compiler-1952' }],
    ['DELETE', '/me', {}],
  ])('is asked for by %s %s with %j', async (method, path, form) => {
    const { status, body } = await browser.call(method, path, form);
    expect(status).toBe(403);
    expect(body.errors?.[0]?.code).toBe('session_reverification_required');
    expect((await new Browser(app).signIn(...grace)).status).toBe(200);
  });

  function verify(step: string, form: Record<string, string>) {
    return browser.call('POST', `/client/sessions/${browser.sessionId()}/verify${step}`, form);
  }

  async function letAnHourPass(): Promise<void> {
    await app.stop();
    const file = join(app.directory, 'state.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as { sessions: { createdAt: number }[] };
    for (const session of state.sessions) session.createdAt -= HOUR_MS;
    await writeFile(file, JSON.stringify(state));
    app = await LocalApp.start(app.directory);
    browser.moveTo(app);
  }
});

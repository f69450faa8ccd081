import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

describe('an instance where everybody acts for an organisation', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
    await force(true);
  });
  afterEach(() => app.remove());

  async function force(value: unknown): Promise<number> {
    const { status } = await fetch(`${app.origin}/__clerk/v1/instance/organization_settings`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${app.clerk.variables.CLERK_SECRET_KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ force_organization_selection: value }),
    });
    return status;
  }

  async function touch(organization: string): Promise<string | undefined> {
    const path = `/client/sessions/${browser.sessionId()}/touch`;
    const { body } = await browser.call('POST', path, { active_organization_id: organization });
    return body.response?.['status'];
  }

  it('says so to ClerkJS, and names the task of a session', async () => {
    const environment = await fetch(`${app.origin}/__clerk/v1/environment`);
    expect(await environment.json()).toMatchObject({
      organization_settings: { force_organization_selection: true },
    });
    const { body } = await browser.signIn(...ada);
    expect(body.client?.['sessions']?.[0]).toMatchObject({
      status: 'pending',
      tasks: [{ key: 'choose-organization' }],
    });
  });

  it('takes a session for pending until its organisation is chosen, and again once it is left', async () => {
    await browser.signIn(...ada);
    expect(await browser.claims()).toMatchObject({ sts: 'pending' });
    expect((await browser.open('/page')).claims).toBeNull();
    expect(await touch('org_analytical_engines')).toBe('active');
    expect(await browser.claims()).toMatchObject({ sts: 'active', o: { slg: 'analytical-engines' } });
    expect(await touch('')).toBe('pending');
  });

  it('takes a session for pending that loses its organisation', async () => {
    await browser.signIn(...grace);
    const { body } = await browser.call('POST', '/organizations', { name: 'COBOL' });
    expect(body.client?.['sessions']?.[0]).toMatchObject({ status: 'pending' });
    const id = String(body.response?.['id']);
    expect(await touch(id)).toBe('active');
    await browser.call('DELETE', `/organizations/${id}`);
    expect(await browser.claims()).toMatchObject({ sts: 'pending' });
  });

  it('stays one over a restart', async () => {
    await app.stop();
    app = await LocalApp.start(app.directory);
    browser = new Browser(app);
    await browser.signIn(...ada);
    expect(await browser.claims()).toMatchObject({ sts: 'pending' });
  });

  it('tells the Backend API the same, and takes yes or no only', async () => {
    await browser.signIn(...ada);
    expect((await app.backend.sessions.getSession(browser.sessionId())).status).toBe('pending');
    expect((await app.backend.instance.getOrganizationSettings()).enabled).toBe(true);
    expect(await force('yes')).toBe(422);
    expect(await force(false)).toBe(200);
    expect((await app.backend.sessions.getSession(browser.sessionId())).status).toBe('active');
  });
});

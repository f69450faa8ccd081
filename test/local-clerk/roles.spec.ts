import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ada, charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const id = 'org_analytical_engines';
const READ = { permission: 'org:reports:read' };
const EXPORT = { permission: 'org:reports:export' };

describe('roles', () => {
  let app: LocalApp;
  let admin: Browser;
  let member: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    admin = await actingFor(ada);
    member = await actingFor(charles);
  });
  afterEach(() => app.remove());

  async function actingFor(who: readonly [string, string]): Promise<Browser> {
    const browser = new Browser(app);
    await browser.signIn(...who);
    await browser.call('POST', `/client/sessions/${browser.sessionId()}/touch`, {
      active_organization_id: id,
    });
    return browser;
  }

  /** What Clerk's SDK says of the browser's session token, made anew. */
  async function has(browser: Browser, asked: { permission: string } | { role: string }): Promise<boolean> {
    const { body } = await browser.call('POST', `/client/sessions/${browser.sessionId()}/tokens`);
    const headers = { authorization: `Bearer ${body.jwt}` };
    const state = await app.backend.authenticateRequest(new Request(app.origin, { headers }), {
      proxyUrl: app.clerk.variables.CLERK_PROXY_URL,
    });
    return state.toAuth()?.has(asked) ?? false;
  }

  it('give their permissions by the session token', async () => {
    expect([await has(admin, READ), await has(admin, EXPORT)]).toEqual([true, true]);
    expect([await has(member, READ), await has(member, EXPORT)]).toEqual([true, false]);
  });

  it('change the next token when an admin changes them', async () => {
    const changed = await admin.call('PATCH', `/organizations/${id}/memberships/user_charles`, {
      role: 'org:analyst',
    });
    expect(changed.body.response).toMatchObject({ role: 'org:analyst', role_name: 'Analyst' });
    expect(await has(member, { role: 'org:analyst' })).toBe(true);
    expect(await has(member, EXPORT)).toBe(true);
    expect(await has(member, { permission: 'org:sys_memberships:manage' })).toBe(false);
  });

  it("give nothing for a feature that the organisation's plan lacks", async () => {
    const founder = new Browser(app);
    await founder.signIn(...grace);
    const { body } = await founder.call('POST', '/organizations', { name: 'COBOL', slug: 'cobol' });
    const path = `/client/sessions/${founder.sessionId()}/touch`;
    await founder.call('POST', path, { active_organization_id: String(body.response?.['id']) });
    expect(await has(founder, { role: 'org:admin' })).toBe(true);
    expect([await has(founder, READ), await has(founder, EXPORT)]).toEqual([false, false]);
    expect((await founder.claims())['o']).not.toHaveProperty('per');
    // ClerkJS looks at the membership instead.
    const me = await founder.call('GET', '/me');
    const memberships = me.body.response?.['organization_memberships'] ?? [];
    const [membership] = memberships as unknown as { permissions: string[] }[];
    expect(membership?.permissions).toContain('org:sys_profile:manage');
    expect(membership?.permissions).not.toContain('org:reports:read');
  });

  it('may do nothing once the catalogue has them no longer', async () => {
    await app.stop();
    const file = join(app.directory, 'state.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('org:member', 'org:former'));
    app = await LocalApp.start(app.directory);
    for (const browser of [admin, member]) browser.moveTo(app);

    expect((await member.claims())['o']).toEqual({ id, slg: 'analytical-engines', rol: 'former' });
    expect(await has(member, READ)).toBe(false);
    expect((await member.call('DELETE', `/organizations/${id}`)).status).toBe(403);
    const { body } = await admin.call('GET', `/organizations/${id}/memberships?query=charles`);
    expect(body.response?.['data']?.[0]).toMatchObject({ role_name: 'org:former', permissions: [] });
  });

  it('are listed with what they may do', async () => {
    const { body } = await admin.call('GET', `/organizations/${id}/roles`);
    const roles = body.response?.['data'] as unknown as { name: string; permissions: { key: string }[] }[];
    expect(roles.map(({ name }) => name)).toEqual(['Admin', 'Member', 'Analyst']);
    expect(roles[2]?.permissions.map(({ key }) => key)).toEqual([
      'org:sys_memberships:read',
      'org:sys_billing:read',
      'org:reports:read',
      'org:reports:export',
    ]);
  });
});

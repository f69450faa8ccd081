import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser, type Answer } from './support/browser.js';
import { ada, charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const id = 'org_analytical_engines';

describe('organisations', () => {
  let app: LocalApp;
  let admin: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    admin = await signedIn(ada);
  });

  afterEach(() => app.remove());

  async function signedIn(who: readonly [string, string]): Promise<Browser> {
    const browser = new Browser(app);
    await browser.signIn(...who);
    return browser;
  }

  it('are switched to and back, in the token', async () => {
    await activate(admin, id);
    expect(await admin.claims()).toMatchObject({
      o: { id, slg: 'analytical-engines', rol: 'admin', per: 'read,export', fpm: '0,3,0,0' },
      pla: 'o:team,u:pro',
      fea: expect.stringMatching(/^o:basics,.*o:shared-projects,.*u:basics,u:export/),
    });
    await activate(admin, '');
    expect((await admin.claims())['o']).toBeUndefined();
  });

  it('are seen by the server', async () => {
    await admin.open('/page');
    await activate(admin, id);
    expect((await admin.open('/page')).claims?.['o']).toMatchObject({ id });
  });

  it('do not let in those who are no members', async () => {
    const stranger = await signedIn(grace);
    expect((await activate(stranger, id)).status).toBe(404);
    expect((await stranger.claims())['o']).toBeUndefined();
    expect((await stranger.call('GET', `/organizations/${id}/memberships`)).status).toBe(404);
    const asked = await stranger.call('POST', `/client/sessions/${stranger.sessionId()}/tokens`, {
      organization_id: id,
    });
    expect(asked.body.jwt).toBeDefined();
    expect((await stranger.claims())['o']).toBeUndefined();
  });

  it('are created by anybody, who becomes their admin', async () => {
    const founder = await signedIn(grace);
    const { body } = await founder.call('POST', '/organizations', { name: 'COBOL', slug: 'cobol' });
    expect(body.response).toMatchObject({ name: 'COBOL', slug: 'cobol', members_count: 1 });
    await activate(founder, String(body.response?.['id']));
    expect((await founder.claims())['o']).toMatchObject({ slg: 'cobol', rol: 'admin' });
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'X', slug: 'Not a slug' }, 'slug'],
    [{ name: 'X', slug: 'analytical-engines' }, 'slug'],
  ])('need a name and a free slug: %j', async (form, field) => {
    const { status, body } = await admin.call('POST', '/organizations', form);
    expect(status).toBe(422);
    expect(body.errors?.[0]?.meta.param_name).toBe(field);
  });

  it('are renamed and deleted by their admin only', async () => {
    const member = await signedIn(charles);
    expect((await member.call('PATCH', `/organizations/${id}`, { name: 'Mine' })).status).toBe(403);
    expect((await member.call('DELETE', `/organizations/${id}`)).status).toBe(403);
    await activate(member, id);
    await admin.call('PATCH', `/organizations/${id}`, { name: 'Engines' });
    expect((await app.backend.organizations.getOrganization({ organizationId: id })).name).toBe('Engines');
    await admin.call('DELETE', `/organizations/${id}`);
    expect((await member.claims())['o']).toBeUndefined();
  });

  it('list their members to members', async () => {
    const { body } = await (
      await signedIn(charles)
    ).call('GET', `/organizations/${id}/memberships?query=ada`);
    expect(body.response).toMatchObject({
      total_count: 1,
      data: [{ role: 'org:admin', public_user_data: { identifier: 'ada@example.com' } }],
    });
  });

  it('change roles and remove members, down to the last admin', async () => {
    const path = (user: string) => `/organizations/${id}/memberships/${user}`;
    expect((await admin.call('PATCH', path('user_ada'), { role: 'org:member' })).status).toBe(403);
    expect((await admin.call('PATCH', path('user_charles'), { role: 'org:admin' })).status).toBe(200);
    expect((await admin.call('PATCH', path('user_charles'), { role: 'org:king' })).status).toBe(422);
    expect((await admin.call('DELETE', path('user_charles'))).status).toBe(200);
    expect((await admin.call('DELETE', `/me/organization_memberships/${id}`)).status).toBe(403);
  });

  it('invite a user, who finds the invitation and accepts it', async () => {
    const form = { email_address: grace[0], role: 'org:member' };
    await admin.call('POST', `/organizations/${id}/invitations/bulk`, form);
    const guest = await signedIn(grace);
    const { body } = await guest.call('GET', '/me/organization_invitations?status=pending');
    const [invitation] = (body.response?.['data'] ?? []) as unknown as { id: string }[];
    await guest.call('POST', `/me/organization_invitations/${invitation?.id}/accept`);
    await activate(guest, id);
    expect((await guest.claims())['o']).toMatchObject({ id, rol: 'member' });
    const left = await admin.call('GET', `/organizations/${id}/invitations`);
    expect(left.body.response?.['total_count']).toBe(0);
  });

  it.each([
    ['what is no address', 'grace', 422, 'form_param_format_invalid', { param_name: 'email_address' }],
    ['nobody', ' ', 422, 'form_param_missing', { param_name: 'email_address' }],
    ['members', charles[0], 400, 'already_a_member_in_organization', {}],
    [
      'who is invited already',
      'Jean@example.com',
      400,
      'duplicate_record',
      { email_addresses: ['jean@example.com'] },
    ],
  ])('do not invite %s', async (_name, address, status, code, meta) => {
    const path = `/organizations/${id}/invitations`;
    const role = 'org:member';
    await admin.call('POST', `${path}/bulk`, { email_address: 'jean@example.com', role });
    const refused = await admin.call('POST', `${path}/bulk`, { email_address: address, role });
    expect(refused.status).toBe(status);
    expect(refused.body.errors).toMatchObject([{ code, meta }]);
    expect((await admin.call('GET', path)).body.response?.['total_count']).toBe(1);
  });

  it('take an invitation back', async () => {
    const form = { email_address: grace[0], role: 'org:member' };
    const { body } = await admin.call('POST', `/organizations/${id}/invitations/bulk`, form);
    const [invitation] = body.response as unknown as { id: string }[];
    await admin.call('POST', `/organizations/${id}/invitations/${invitation?.id}/revoke`);
    const guest = await signedIn(grace);
    expect((await guest.call('POST', `/me/organization_invitations/${invitation?.id}/accept`)).status).toBe(
      404,
    );
  });
});

function activate(browser: Browser, organization: string): Promise<Answer> {
  const form = { active_organization_id: organization, intent: 'select_org' };
  return browser.call('POST', `/client/sessions/${browser.sessionId()}/touch`, form);
}

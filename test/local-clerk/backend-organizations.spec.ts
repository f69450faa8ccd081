import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { charles, grace } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

describe('organisations that the Backend API creates', () => {
  let app: LocalApp;

  beforeEach(async () => {
    app = await LocalApp.start();
  });
  afterEach(() => app.remove());

  it('have their creator for admin', async () => {
    const { organizations } = app.backend;
    const made = await organizations.createOrganization({ name: 'COBOL', createdBy: 'user_grace' });
    expect(made).toMatchObject({ name: 'COBOL', createdBy: 'user_grace', membersCount: 1 });
    expect(made.slug).toMatch(/^cobol-\d+$/);
    const founder = new Browser(app);
    await founder.signIn(...grace);
    const path = `/client/sessions/${founder.sessionId()}/touch`;
    await founder.call('POST', path, { active_organization_id: made.id });
    expect((await founder.claims())['o']).toEqual({ id: made.id, slg: made.slug, rol: 'admin' });
  });

  it('may wait for their first member, whoever else leaves', async () => {
    const { organizations } = app.backend;
    const { id } = await organizations.createOrganization({ name: 'Later', slug: 'later' });
    const leaving = new Browser(app);
    await leaving.signIn(...charles);
    expect((await leaving.call('DELETE', '/me')).status).toBe(200);
    await organizations.createOrganizationMembership({
      organizationId: id,
      userId: 'user_grace',
      role: 'org:admin',
    });
    expect((await organizations.getOrganization({ slug: 'later' })).membersCount).toBe(1);
  });

  it.each([
    [{ name: '' }, 422],
    [{ name: 'X', slug: 'analytical-engines' }, 422],
    [{ name: 'X', createdBy: 'user_nobody' }, 404],
  ])('need a name, a free slug and a creator who exists: %j', async (params, status) => {
    const creating = app.backend.organizations.createOrganization(params);
    await expect(creating).rejects.toMatchObject({ status });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LocalApp } from './support/local-app.js';

describe('roles and permissions over the Backend API', () => {
  let app: LocalApp;

  beforeAll(async () => {
    app = await LocalApp.start();
  });
  afterAll(() => app.remove());

  it('lists the roles, each with its permissions', async () => {
    const { data, totalCount } = await app.backend.organizationRoles.getOrganizationRoleList();
    expect(totalCount).toBe(3);
    expect(data.map(({ key, isCreatorEligible }) => [key, isCreatorEligible])).toEqual([
      ['org:admin', true],
      ['org:member', false],
      ['org:analyst', false],
    ]);
    expect(data[1]?.permissions.map(({ name }) => name)).toEqual([
      'Read members',
      'Read billing',
      'Read reports',
    ]);
  });

  it('lists the permissions by what they are called', async () => {
    const { organizationPermissions } = app.backend;
    const { data } = await organizationPermissions.getOrganizationPermissionList({ query: 'reports' });
    expect(data.map(({ key, name }) => `${key} ${name}`)).toEqual([
      'org:reports:read Read reports',
      'org:reports:export Export reports',
    ]);
  });

  it('finds one by its id', async () => {
    const { organizationRoles, organizationPermissions } = app.backend;
    expect((await organizationRoles.getOrganizationRole('role_analyst')).name).toBe('Analyst');
    const permission = await organizationPermissions.getOrganizationPermission('perm_reports_export');
    expect(permission.key).toBe('org:reports:export');
    await expect(organizationRoles.getOrganizationRole('role_king')).rejects.toMatchObject({ status: 404 });
  });

  it.each(['organization_roles', 'organization_permissions'])('keeps %s to the secret key', async (path) => {
    expect((await fetch(`${app.origin}/__clerk/v1/${path}`)).status).toBe(401);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import {
  AUTH_OPTIONS,
  authOptions,
  CurrentOrganization,
  type ActiveOrganization,
} from '../../src/auth/index.js';
import { Environment } from '../../src/config/index.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

const clerk = new ClerkInstance();
const ENGINES = { o: { id: 'org_1', slg: 'engines', rol: 'admin' } };

describe('the organisation page', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk });
  });
  afterAll(() => app.stop());

  it('is for signed-in people', async () => {
    expect((await app.open('/organization')).headers['location']).toBe(
      '/sign-in?redirect_url=%2Forganization',
    );
  });

  it('shows the settings of the organisation that somebody acts for', async () => {
    const { text } = await app.open('/organization', await clerk.cookies(ENGINES));
    expect(text).toContain('<bdi>engines</bdi></strong> as Admin');
    expect(text).toContain('data-clerk-component="organization-profile"');
  });

  it('lets somebody who acts for themselves create one', async () => {
    const { text } = await app.open('/organization', await clerk.cookies());
    expect(text).toContain('data-clerk-component="create-organization"');
    expect(text).not.toContain('data-clerk-component="organization-profile"');
  });

  it('stands in the header of those who are signed in', async () => {
    const entry = '<a class="site-nav__link" href="/organization"';
    expect((await app.open('/', await clerk.cookies())).text).toContain(entry);
    expect((await app.open('/')).text).not.toContain(entry);
  });
});

@Controller('orgs/:slug')
class OrganisationRoutesController {
  @Get()
  show(@CurrentOrganization() organization: ActiveOrganization | null) {
    return { slug: organization?.slug ?? null };
  }
}

describe('the organisation in the address', () => {
  let app: TestApp;
  afterEach(() => app.stop());

  async function start(patterns?: string[]): Promise<void> {
    app = await createTestApp({
      clerk,
      with: { controllers: [OrganisationRoutesController] },
      override: (builder) =>
        builder.overrideProvider(AUTH_OPTIONS).useFactory({
          inject: [Environment],
          factory: (environment: Environment) => ({
            ...authOptions(environment),
            organizationSyncOptions: patterns && { organizationPatterns: patterns },
          }),
        }),
    });
  }

  it('is made the active one first, by a handshake that names it', async () => {
    await start(['/orgs/:slug']);
    const response = await app.open('/orgs/looms', await clerk.cookies(ENGINES));
    expect(response.status).toBe(307);
    const handshake = new URL(response.headers['location'] ?? '');
    expect(handshake.searchParams.get('organization_id')).toBe('looms');
    expect(handshake.searchParams.get('__clerk_hs_reason')).toBe('active-organization-mismatch');
  });

  it('needs nothing when it is the active one already', async () => {
    await start(['/orgs/:slug']);
    const response = await app.open('/orgs/engines', await clerk.cookies(ENGINES));
    expect(response.body).toEqual({ slug: 'engines' });
  });

  it('changes nothing unless the application says so', async () => {
    await start();
    const response = await app.open('/orgs/looms', await clerk.cookies(ENGINES));
    expect(response.body).toEqual({ slug: 'engines' });
  });
});

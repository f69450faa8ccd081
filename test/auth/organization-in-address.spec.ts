import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import {
  AUTH_OPTIONS,
  authOptions,
  CurrentOrganization,
  type ActiveOrganization,
} from '../../src/auth/index.js';
import { Environment } from '../../src/config/index.js';
import { createTestApp, user, type TestApp } from '../support/index.js';

@Controller('orgs/:slug')
class OrganisationRoutesController {
  @Get()
  show(@CurrentOrganization() organization: ActiveOrganization | null) {
    return { slug: organization?.slug ?? null };
  }
}

const MEMBER = user({ organization: { slug: 'engines' } });

describe('the organisation in the address', () => {
  let app: TestApp;
  afterEach(() => app.stop());

  async function start(patterns?: string[]): Promise<void> {
    app = await createTestApp({
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
    const response = await app.as(MEMBER).open('/orgs/looms');
    expect(response.status).toBe(307);
    const handshake = new URL(response.headers['location'] ?? '');
    expect(handshake.searchParams.get('organization_id')).toBe('looms');
    expect(handshake.searchParams.get('__clerk_hs_reason')).toBe('active-organization-mismatch');
  });

  it('needs nothing when it is the active one already', async () => {
    await start(['/orgs/:slug']);
    const response = await app.as(MEMBER).open('/orgs/engines');
    expect(response.body).toEqual({ slug: 'engines' });
  });

  it('changes nothing unless the application says so', async () => {
    await start();
    const response = await app.as(MEMBER).open('/orgs/looms');
    expect(response.body).toEqual({ slug: 'engines' });
  });
});

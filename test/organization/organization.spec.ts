import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, user, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ as: user({ role: 'org:admin' }) });
});
afterAll(() => app.stop());

describe('the organisation page', () => {
  it('is for signed-in people', async () => {
    expect((await app.as(null).open('/organization')).headers['location']).toBe(
      '/sign-in?redirect_url=%2Forganization',
    );
  });

  it('shows the settings of the organisation that somebody acts for', async () => {
    const { text } = await app.open('/organization');
    expect(text).toContain('<bdi>engines</bdi></strong> as Admin');
    expect(text).toContain('data-clerk-component="organization-profile"');
  });

  it('lets somebody who acts for themselves create one', async () => {
    const { text } = await app.as(user()).open('/organization');
    expect(text).toContain('data-clerk-component="create-organization"');
    expect(text).not.toContain('data-clerk-component="organization-profile"');
  });

  it('stands in the header of those who are signed in', async () => {
    const entry = '<a class="site-nav__link" href="/organization"';
    expect((await app.as(user()).open('/open')).text).toContain(entry);
    expect((await app.as(null).open('/open')).text).not.toContain(entry);
  });
});

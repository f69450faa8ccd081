import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE_TEXTS, markupFor } from '../support/hostile-texts.js';
import { createTestApp, user, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.stop());

describe('the profile page', () => {
  it('is for signed-in people', async () => {
    const response = await app.open('/profile');
    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/sign-in?redirect_url=%2Fprofile');
  });

  it('shows name, id, organisation, plan and the start of the session', async () => {
    const iat = Math.floor(Date.UTC(2026, 10, 23, 12, 30) / 1000);
    const now = Math.floor(Date.now() / 1000);
    const minutes = Math.floor((now - iat) / 60);
    const ada = user({
      firstName: 'Ada',
      lastName: 'Lovelace',
      plan: 'pro',
      role: 'org:admin',
      verified: minutes,
      claims: { iat: iat + minutes * 60, exp: now + 30 },
    });
    const { text } = await app.as(ada).open('/profile');
    expect(text).toContain('<bdi>Ada Lovelace</bdi>');
    expect(text).toContain('<code>user_ada</code>');
    expect(text).toContain('<bdi>engines</bdi>, Admin');
    expect(text).toContain('<dd>Pro</dd>');
    expect(text).toContain('23 November 2026 at 12:30 UTC');
    expect(text).toContain('data-clerk-component="user-profile"');
  });

  it('cuts a name that is long, and keeps marks that turn the direction of text to it', async () => {
    const long = await app.as(user({ firstName: 'A'.repeat(7000) })).open('/profile');
    expect(long.text).toContain(`<bdi>${'A'.repeat(80)}…</bdi>`);
    const slug = '\u202E\u2066\u200Bada';
    const marked = await app.as(user({ organization: { slug } })).open('/profile');
    expect(marked.text).toContain(`<bdi>${slug}</bdi>`);
  });

  it.each(HOSTILE_TEXTS)('escapes what people call themselves: %s', async (text) => {
    expect(await markupFor(app, '/profile', text)).toEqual(await markupFor(app, '/profile', 'harmless'));
  });
});

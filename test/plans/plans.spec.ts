import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE_TEXTS, markupFor } from '../support/hostile-texts.js';
import { createTestApp, user, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.stop());

describe('the plans page', () => {
  it('mounts the pricing table for everybody and names the plan of the signed-in', async () => {
    for (const visitor of [null, user({ claims: { sts: 'pending' } })]) {
      const signedOut = await app.as(visitor).open('/plans');
      expect(signedOut.status).toBe(200);
      expect(signedOut.text).toContain('data-clerk-component="pricing-table"');
      expect(signedOut.text).not.toContain('You are on');
    }
    const signedIn = await app.as(user({ plan: 'pro' })).open('/plans');
    expect(signedIn.text).toContain('data-clerk-component="pricing-table"');
    expect(signedIn.text).toContain('You are on <strong>Pro</strong>');
  });

  it("prefers the active organisation's plan", async () => {
    const { text } = await app.as(user({ plan: ['pro', 'org:team'] })).open('/plans');
    expect(text).toContain('You are on <strong>Team</strong>');
  });

  it('is marked in the navigation, and it alone', async () => {
    const { text } = await app.open('/plans');
    expect(text.match(/aria-current="page"/g)).toHaveLength(1);
    expect(text).toMatch(/href="\/plans" aria-current="page"/);
  });

  it.each(HOSTILE_TEXTS)('escapes what a session tells: %s', async (text) => {
    expect(await markupFor(app, '/plans', text)).toEqual(await markupFor(app, '/plans', 'harmless'));
  });
});

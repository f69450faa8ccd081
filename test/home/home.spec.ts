import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE_TEXTS, markupFor } from '../support/hostile-texts.js';
import { createTestApp, user, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({
    as: user({ firstName: 'Ada', plan: 'pro', features: ['priority-support'] }),
  });
});
afterAll(() => app.stop());

describe('the home page', () => {
  it('is for everybody', async () => {
    for (const visitor of [null, user({ claims: { sts: 'pending' } })]) {
      const { status, text } = await app.as(visitor).open('/');
      expect(status).toBe(200);
      expect(text).toContain('data-session="signed-out"');
    }
  });

  it('greets by the first name of the token and shows plan and features', async () => {
    const { text } = await app.open('/');
    expect(text).toContain('Hello, <bdi>Ada</bdi>');
    expect(text).toContain('>Pro<');
    expect(text).toContain('<li>Priority support</li>');
  });

  it('greets by the user id when the token has no name', async () => {
    const { text } = await app.as(user()).open('/');
    expect(text).toContain('Hello, <bdi>user_ada</bdi>');
  });

  it('cuts a name that is long', async () => {
    const { text } = await app.as(user({ firstName: 'A'.repeat(7000) })).open('/');
    expect(text).toContain(`<bdi>${'A'.repeat(80)}…</bdi>`);
  });

  it.each(HOSTILE_TEXTS)('escapes what people call themselves: %s', async (text) => {
    expect(await markupFor(app, '/', text)).toEqual(await markupFor(app, '/', 'harmless'));
  });

  it('shows its first card by who is looking', async () => {
    expect((await app.as(null).open('/')).text).toContain('<h3>Sign in, or sign up</h3>');
    expect((await app.open('/')).text).toContain('<h3>You are in</h3>');
  });
});

import { describe, expect, it } from '@jest/globals';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

describe('signing up', () => {
  it('takes an address, a password and the code that the terminal shows', async () => {
    const visitor = await stage.arrive();
    visitor.foresee(/status of 422 .*attempt_verification/);
    await visitor.open('/sign-up');
    await give(visitor, 'mary@example.com');
    const code = await stage.app.codeFor('mary@example.com');
    await visitor.giveCode(code === '000000' ? '111111' : '000000');
    await visitor.page.getByTestId('form-feedback-error').getByText('Incorrect code').waitFor();
    await visitor.giveCode(code);
    await visitor.page.waitForURL('/');
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({
      status: 200,
      body: { plan: 'free_user', features: ['basics'] },
    });
  });

  it('says in place that the address is taken', async () => {
    const visitor = await stage.arrive();
    visitor.foresee(/status of 422 .*sign_ups/);
    const { emailAddress } = await stage.app.account('ada');
    await visitor.open('/sign-up');
    await give(visitor, emailAddress);
    await visitor.page
      .getByTestId('form-feedback-error')
      .getByText(/is taken/)
      .waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe('/sign-up');
  });

  it('keeps the way back of somebody who came to sign in', async () => {
    const visitor = await stage.arrive();
    await visitor.open('/profile');
    await visitor.page.getByRole('link', { name: 'Sign up' }).click();
    await visitor.page.waitForURL('/sign-up?redirect_url=%2Fprofile');
    await visitor.ready();
    await give(visitor, 'annie@example.com');
    await visitor.giveCode(await stage.app.codeFor('annie@example.com'));
    await visitor.page.waitForURL('/profile');
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({ status: 200, body: { orgId: null } });
  });

  it.each(['?redirect_url=https://evil.example', '?sign_up_force_redirect_url=https://evil.example'])(
    'never leads to another site: /sign-up%s',
    async (address) => {
      const visitor = await stage.arrive();
      const emailAddress = `katherine${address.length}@example.com`;
      await visitor.open(`/sign-up${address}`);
      await give(visitor, emailAddress);
      await visitor.giveCode(await stage.app.codeFor(emailAddress));
      await visitor.isSeen('signed-in');
      expect(visitor.page.url()).toBe(`${stage.app.origin}/`);
    },
  );
});

async function give(visitor: Visitor, emailAddress: string): Promise<void> {
  await visitor.page.getByLabel('Email address').fill(emailAddress);
  await visitor.givePassword('a-password-of-its-own');
}

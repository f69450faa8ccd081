import { describe, expect, it } from '@jest/globals';
import { setStage } from './support/stage.js';

const stage = setStage();

const ELSEWHERE = [
  '?redirect_url=https://evil.example',
  '?redirect_url=//evil.example/path',
  '?redirect_url=/%5Cevil.example',
  '?sign_in_force_redirect_url=https://evil.example',
  '#/?redirect_url=https://evil.example',
];

describe('signing in', () => {
  it('F07 lets somebody in by e-mail address and password, with no violation of the policy', async () => {
    const visitor = await stage.arrive();
    await visitor.signIn(await stage.app.account('ada'));
    await visitor.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    expect(await visitor.me()).toMatchObject({ status: 200, body: { userId: 'user_ada', orgId: null } });
  });

  it('lets somebody in by the code that the terminal shows', async () => {
    const visitor = await stage.arrive();
    visitor.foresee(/status of 422 .*attempt_first_factor/);
    const { emailAddress } = await stage.app.account('grace');
    await visitor.open('/sign-in');
    await visitor.giveIdentifier(emailAddress);
    await visitor.page.getByText('Use another method').click();
    await visitor.page.getByRole('button', { name: /Email code to/ }).click();
    const code = await stage.app.codeFor(emailAddress);
    await visitor.giveCode(code === '000000' ? '111111' : '000000');
    await visitor.page.getByTestId('form-feedback-error').getByText('Incorrect code').waitFor();
    await visitor.giveCode(code);
    await visitor.page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
    await visitor.isSeen('signed-in');
    expect(await visitor.me()).toMatchObject({ status: 200, body: { userId: 'user_grace' } });
  });

  it('says in place that the password is wrong, and takes the right one afterwards', async () => {
    const visitor = await stage.arrive();
    visitor.foresee(/status of 422 .*attempt_first_factor/);
    const { emailAddress, password } = await stage.app.account('ada');
    await visitor.open('/sign-in');
    await visitor.giveIdentifier(emailAddress);
    await visitor.givePassword(`not ${password}`);
    await visitor.page.getByTestId('form-feedback-error').getByText('Password is incorrect').waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe('/sign-in');
    await visitor.givePassword(password);
    await visitor.isSeen('signed-in');
  });

  it('says in place that there is no such user', async () => {
    const visitor = await stage.arrive();
    visitor.foresee(/status of 422 .*sign_ins/);
    await visitor.open('/sign-in');
    await visitor.giveIdentifier('nobody@example.com');
    await visitor.page
      .getByTestId('form-feedback-error')
      .getByText(/find your account/)
      .waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe('/sign-in');
  });

  it('leads back to the page that asked for it', async () => {
    const visitor = await stage.arrive();
    const { emailAddress, password } = await stage.app.account('ada');
    await visitor.open('/profile');
    expect(visitor.page.url()).toBe(`${stage.app.origin}/sign-in?redirect_url=%2Fprofile`);
    await visitor.giveIdentifier(emailAddress);
    await visitor.givePassword(password);
    await visitor.page.waitForURL('/profile');
    await visitor.isSeen('signed-in');
  });

  it.each(ELSEWHERE)('never leads to another site: /sign-in%s', async (address) => {
    const visitor = await stage.arrive();
    const { emailAddress, password } = await stage.app.account('charles');
    await visitor.open(`/sign-in${address}`);
    await visitor.giveIdentifier(emailAddress);
    await visitor.givePassword(password);
    await visitor.page.getByRole('heading', { name: 'Hello, Charles' }).waitFor();
    expect(visitor.page.url()).toBe(`${stage.app.origin}/`);
  });

  it.each(['', '?redirect_url=https://evil.example'])(
    'takes who is signed in already home from /sign-in%s',
    async (address) => {
      const charles = await stage.arriveAs('charles');
      await charles.page.goto(`/sign-in${address}`);
      await charles.page.getByRole('heading', { name: 'Hello, Charles' }).waitFor();
      expect(charles.page.url()).toBe(`${stage.app.origin}/`);
    },
  );
});

describe('signing out', () => {
  it('leads from the user button to the home page of strangers', async () => {
    const ada = await stage.arriveAs('ada');
    ada.foresee(/status of 401 .*\/api\/me/);
    await ada.open('/profile');
    await ada.signOut();
    expect(ada.page.url()).toBe(`${stage.app.origin}/`);
    expect(await ada.me()).toMatchObject({ status: 401 });
    await ada.open('/profile');
    expect(ada.page.url()).toContain('/sign-in?redirect_url=%2Fprofile');
  });
});

import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { ageSessions } from './support/age.js';
import { setStage } from './support/stage.js';
import type { Visitor } from './support/visitor.js';

const stage = setStage();

/** What a page of the application does, and what it then sees. */
interface PageOfTheTest {
  Clerk: {
    __internal_openReverification(props: {
      level?: string;
      afterVerification(): void;
      afterVerificationCancelled(): void;
    }): void;
  };
  outcomes: { name: string; cookie: string }[];
}

describe('reverification', () => {
  it.each([undefined, 'first_factor', 'second_factor', 'multi_factor'])(
    'is done by password, and the cookie knows it at once: level %s',
    async (level) => {
      const ada = await longSignedIn('ada');
      ada.foresee(/status of 422 .*attempt_first_factor/);
      await openReverification(ada, level);
      await ada.givePassword('wrong');
      await ada.page.getByTestId('form-feedback-error').getByText('Password is incorrect').waitFor();
      await ada.givePassword(ada.account.password);
      expect(await outcomes(ada)).toEqual([{ name: 'verified', factorAge: [0, -1] }]);
      await ada.page.locator('.cl-modalContent').waitFor({ state: 'detached' });
    },
  );

  it('is done by the code that the terminal shows', async () => {
    const grace = await longSignedIn('grace');
    await openReverification(grace, 'first_factor');
    await grace.page.getByText('Use another method').click();
    await grace.page.getByRole('button', { name: /Email code to/ }).click();
    await grace.giveCode(await stage.app.codeFor(grace.account.emailAddress));
    expect(await outcomes(grace)).toEqual([{ name: 'verified', factorAge: [0, -1] }]);
  });

  it('leaves the session as old as it was when it is cancelled', async () => {
    const ada = await longSignedIn('ada');
    await openReverification(ada, 'first_factor');
    await ada.page.keyboard.press('Escape');
    expect(await outcomes(ada)).toEqual([{ name: 'cancelled', factorAge: [61, -1] }]);
  });

  it('comes before a change of password in a session that is not fresh', async () => {
    const charles = await longSignedIn('charles');
    charles.foresee(/status of 403 .*change_password/);
    await charles.open('/profile');
    await charles.page.getByRole('button', { name: 'Security' }).click();
    await charles.page.getByRole('button', { name: 'Update password' }).click();
    await charles.page.locator('input[name=newPassword]').fill('another-engine-1837');
    await charles.page.getByLabel('Confirm password').fill('another-engine-1837');
    await charles.page.getByRole('button', { name: 'Save' }).click();
    await charles.givePassword(charles.account.password);
    await charles.page.getByRole('button', { name: 'Update password' }).waitFor();
    await charles.page.locator('.cl-modalContent').waitFor({ state: 'detached' });

    const later = await stage.arrive();
    await later.signIn({ ...charles.account, password: 'another-engine-1837' });
    expect(await later.me()).toMatchObject({ status: 200, body: { userId: 'user_charles' } });
  });
});

/** Somebody with a page of the application open, who signed in an hour ago. */
async function longSignedIn(name: string): ReturnType<typeof stage.arriveAs> {
  const visitor = await stage.arriveAs(name);
  await ageSessions(stage.app, 61);
  await visitor.open('/');
  await visitor.tokenTells('"fva":[61,');
  return visitor;
}

async function openReverification({ page }: Visitor, level: string | undefined): Promise<void> {
  await page.evaluate((wanted) => {
    const here = globalThis as unknown as PageOfTheTest;
    here.outcomes = [];
    const note = (name: string) => () => {
      const [, cookie = ''] = /__session=([^;]*)/.exec(document.cookie) ?? [];
      here.outcomes.push({ name, cookie });
    };
    here.Clerk.__internal_openReverification({
      ...(wanted && { level: wanted }),
      afterVerification: note('verified'),
      afterVerificationCancelled: note('cancelled'),
    });
  }, level);
  await page.locator('.cl-modalContent input[name=password]').waitFor();
}

/** What the component has called back, and how old the session token in the cookie said the proof was by then. */
async function outcomes({ page }: Visitor) {
  await page.waitForFunction(() => (globalThis as unknown as PageOfTheTest).outcomes.length > 0);
  const seen = await page.evaluate(() => (globalThis as unknown as PageOfTheTest).outcomes);
  return seen.map(({ name, cookie }) => ({ name, factorAge: decodeJwt(cookie)['fva'] }));
}

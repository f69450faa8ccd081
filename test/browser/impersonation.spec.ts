import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setStage } from './support/stage.js';

const COMMAND = join(import.meta.dirname, '..', '..', 'dist', 'local-clerk', 'impersonate.js');
const stage = setStage();

describe('acting as somebody else', () => {
  it('begins with a command, is shown on every page, and ends with signing out', async () => {
    const support = await stage.arrive();
    await support.page.goto(await link('grace@example.com', 'charles@example.com'));
    await support.page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
    await support.isSeen('signed-in');
    for (const path of ['/', '/profile']) {
      await support.open(path);
      await support.page.getByText('user_charles is acting as user_grace.').waitFor();
    }
    expect(await support.me()).toMatchObject({ body: { userId: 'user_grace', firstName: 'Grace' } });
    await support.signOut();
    expect(await support.page.getByText('is acting as').count()).toBe(0);
  });

  it('works in a browser in which the actor is signed in already', async () => {
    const ada = await stage.arriveAs('ada');
    await ada.open('/');
    await ada.page.goto(await link('grace@example.com'));
    await ada.page.getByText('user_ada is acting as user_grace.').waitFor();
    await ada.isSeen('signed-in');
    expect(await ada.me()).toMatchObject({ body: { userId: 'user_grace' } });
  });

  it('says that a link was used already', async () => {
    const url = await link('grace@example.com');
    const first = await stage.arrive();
    await first.page.goto(url);
    await first.isSeen('signed-in');
    const second = await stage.arrive();
    second.foresee(/status of 422 .*sign_ins/);
    await second.page.goto(url);
    await second.page.getByText('The link has been used already.').waitFor();
    expect(new URL(second.page.url()).pathname).toBe('/sign-in');
  });

  it('is refused in one line when nobody has the address', async () => {
    const refusal = run('nobody@example.com');
    await expect(refusal).rejects.toMatchObject({ code: 1, stdout: '' });
    await expect(refusal).rejects.toMatchObject({ stderr: expect.stringMatching(/^Nobody here has .*\n$/) });
  });
});

function run(...names: string[]) {
  return promisify(execFile)(process.execPath, [COMMAND, ...names], { cwd: stage.app.directory });
}

async function link(...names: string[]): Promise<string> {
  const { stdout } = await run(...names);
  return /^open this link to act as \S+: (\S+)\n$/.exec(stdout)?.[1] ?? '';
}

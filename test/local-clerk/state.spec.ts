import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalClerk, StateFileError } from '../../src/local-clerk/index.js';
import { Browser } from './support/browser.js';
import { ada } from './support/cast.js';
import { LocalApp, newDirectory } from './support/local-app.js';

describe('the state file', () => {
  let app: LocalApp;
  let file: string;

  beforeEach(async () => {
    app = await LocalApp.start();
    file = join(app.directory, 'state.json');
  });

  afterEach(() => app.remove());

  it('keeps users signed in, and the keys, over a restart', async () => {
    const browser = new Browser(app);
    await browser.signIn(...ada);
    await app.stop();
    const before = app;
    app = await LocalApp.start(before.directory);
    browser.moveTo(app);

    expect(app.clerk.variables.CLERK_PUBLISHABLE_KEY).toBe(before.clerk.variables.CLERK_PUBLISHABLE_KEY);
    expect(app.clerk.variables.CLERK_SECRET_KEY).toBe(before.clerk.variables.CLERK_SECRET_KEY);
    expect((await browser.claims()).sub).toBe('user_ada');
  });

  it('lets a sign-in that a restart interrupts go on', async () => {
    const browser = new Browser(app);
    const { body } = await browser.call('POST', '/client/sign_ins', { identifier: ada[0] });
    await app.stop();
    app = await LocalApp.start(app.directory);
    browser.moveTo(app);

    const path = `/client/sign_ins/${body.response?.['id']}/attempt_first_factor`;
    const answer = await browser.call('POST', path, { strategy: 'password', password: ada[1] });
    expect(answer.status).toBe(200);
  });

  it('is readable by its owner only, and leaves no temporary file behind', async () => {
    await new Browser(app).signIn(...ada);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(app.directory)).toEqual(['state.json']);
  });

  it('holds no password', async () => {
    expect(await readFile(file, 'utf8')).not.toContain(ada[1]);
  });

  it('is whole after many changes at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        new Browser(app).call('POST', '/client/sign_ins', { identifier: ada[0] }),
      ),
    );
    const state = JSON.parse(await readFile(file, 'utf8')) as { clients: unknown[] };
    expect(state.clients).toHaveLength(20);
  });

  it('makes new keys and a new publishable key when it was deleted', async () => {
    const other = await LocalApp.start(await newDirectory());
    expect(other.clerk.variables).not.toEqual(app.clerk.variables);
    expect(other.clerk.variables.CLERK_PUBLISHABLE_KEY).not.toBe(app.clerk.variables.CLERK_PUBLISHABLE_KEY);
    await other.remove();
  });

  it.each([
    ['is empty', () => ''],
    ['is torn', (text: string) => text.slice(0, 200)],
    ['is no object', () => '[]'],
    ['is of another version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['lacks its keys', (text: string) => text.replace('"privateKey"', '"other"')],
    ['has a key that is none', (text: string) => text.replace(/"d": "[^"]+"/, '"d": 1')],
    ['has a user without an id', (text: string) => text.replace('"id": "user_ada"', '"id": 7')],
    ['lacks a list', (text: string) => text.replace('"sessions"', '"other"')],
  ])('is refused with its path and the remedy, and left alone, when it %s', async (_name, corrupt) => {
    const text = corrupt(await readFile(file, 'utf8'));
    await writeFile(file, text);
    const opening = LocalClerk.open({ origin: app.origin, variables: {}, directory: app.directory });

    await expect(opening).rejects.toBeInstanceOf(StateFileError);
    await expect(opening).rejects.toThrow(file);
    await expect(opening).rejects.toThrow('delete it to start afresh');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('is read when it is from before tickets and other providers', async () => {
    await app.stop();
    const { actorTokens, externalAccounts, origin, ...before } = JSON.parse(
      await readFile(file, 'utf8'),
    ) as Record<string, unknown>;
    expect([actorTokens, externalAccounts, origin]).toEqual([[], [], app.origin]);
    await writeFile(file, JSON.stringify(before));
    app = await LocalApp.start(app.directory);
    const { token } = await app.backend.actorTokens.create({
      userId: 'user_grace',
      actor: { sub: 'user_ada' },
    });
    expect(token).toMatch(/^ticket_/);
    expect((await app.backend.users.getUser('user_ada')).externalAccounts).toEqual([]);
  });

  it('does not quote the file in an error', async () => {
    const { secretKey } = JSON.parse(await readFile(file, 'utf8')) as { secretKey: string };
    await writeFile(file, `${secretKey} oops`);
    const opening = LocalClerk.open({ origin: app.origin, variables: {}, directory: app.directory });
    await expect(opening).rejects.not.toThrow(secretKey.slice(0, 12));
  });
});

describe('LocalClerk.announce', () => {
  it('prints a line for each seeded user, until the password is changed', async () => {
    const app = await LocalApp.start();
    app.clerk.announce();
    expect(app.printed).toContain(`sign in as ${ada[0]} with password ${ada[1]}`);
    expect(app.printed).toHaveLength(3);

    const browser = new Browser(app);
    await browser.signIn(...ada);
    const change = { current_password: ada[1], new_password: 'a-better-password' };
    await browser.call('POST', '/me/change_password', change);
    app.printed.length = 0;
    app.clerk.announce();
    expect(app.printed).toHaveLength(2);
    await app.remove();
  });
});

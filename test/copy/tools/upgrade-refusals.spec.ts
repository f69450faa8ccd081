import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { upgrade } from '../../../tools/upgrade/upgrade.js';
import { changeManifest, createClone, createKit } from './support/made-up-kit.js';
import type { Repository } from './support/repository.js';

const GUIDE = 'docs/guide.md';

/** Each test starts git some dozen times. */
jest.setTimeout(30_000);

let kit: Repository;
let clone: Repository;

beforeAll(async () => {
  kit = await createKit();
});
afterAll(() => kit.drop());
beforeEach(async () => {
  clone = await createClone(kit);
});
afterEach(() => clone.drop());

function recorded(kitVersion: string): () => Promise<void> {
  return () => changeManifest(clone, (fields) => ({ ...fields, kit: { version: kitVersion } }));
}

describe('an upgrade is refused, and nothing changed,', () => {
  it.each<[string, () => unknown, RegExp, string | undefined]>([
    ['without a commit', () => clone.git('update-ref', '-d', 'HEAD'), /has no commit yet/, undefined],
    [
      'with changes',
      () => clone.write({ [GUIDE]: 'x' }),
      /uncommitted changes.*\n M docs\/guide\.md$/,
      undefined,
    ],
    ['with staged changes', () => clone.git('rm', '--quiet', GUIDE), /uncommitted changes/, undefined],
    [
      'in a merge',
      async () => clone.write({ '.git/MERGE_HEAD': await clone.git('rev-parse', 'HEAD') }),
      /A merge is under way\. .*git merge --abort/,
      undefined,
    ],
    [
      'in a cherry-pick',
      async () => clone.write({ '.git/CHERRY_PICK_HEAD': await clone.git('rev-parse', 'HEAD') }),
      /A cherry-pick is under way/,
      undefined,
    ],
    ['in a rebase', () => clone.write({ '.git/rebase-merge/x': '' }), /A rebase is under way/, undefined],
    [
      'without the remote',
      () => clone.git('remote', 'remove', 'kit'),
      /git remote add kit <address>/,
      undefined,
    ],
    [
      'with a remote that does not answer',
      () => clone.git('remote', 'set-url', 'kit', '/nowhere'),
      /does not answer: .*nowhere/s,
      undefined,
    ],
    [
      'with a version that the kit has not',
      recorded('0.0.7'),
      /no tag v0\.0\.7.*it has 0\.1\.0, 0\.2\.0, 0\.3\.0-rc\.1\./,
      undefined,
    ],
    [
      'with a version that is none',
      recorded('--output=x'),
      /add it, as "kit": \{ "version": "0\.1\.0" \}/,
      undefined,
    ],
    [
      'without a version',
      () => changeManifest(clone, (fields) => ({ ...fields, kit: undefined })),
      /add it, as "kit"/,
      undefined,
    ],
    ['when there is nothing newer', recorded('0.2.0'), /Nothing newer/, undefined],
    ['for an older version', recorded('0.2.0'), /Version 0\.1\.0 is not newer than 0\.2\.0/, '0.1.0'],
    ['for the same version', () => {}, /Version 0\.1\.0 is not newer/, 'v0.1.0'],
    ['for an unknown version', () => {}, /no version 0\.9\.0; it has 0\.1\.0/, '0.9.0'],
    ['for what is no version', () => {}, /no version --all;/, '--all'],
    [
      'where an unknown file would be overwritten',
      () => clone.write({ 'docs/new.md': 'mine' }),
      /that git does not know.*\n {2}docs\/new\.md$/,
      undefined,
    ],
    [
      'where an ignored file would be overwritten',
      () => clone.write({ '.git/info/exclude': 'docs/new.md\n', 'docs/new.md': 'mine' }),
      /that git does not know.*\n {2}docs\/new\.md$/,
      undefined,
    ],
  ])('%s', async (_case, prepare, message, asked) => {
    await prepare();
    const before = await clone.state();
    await expect(upgrade(clone.root, asked)).rejects.toThrow(message);
    expect(await clone.state()).toEqual(before);
  });

  it('outside a repository, and in a folder of one', async () => {
    await expect(upgrade(join(clone.root, 'docs'))).rejects.toThrow(/at the top of its git repository/);
    clone.remove('.git');
    await expect(upgrade(clone.root)).rejects.toThrow(/in no git repository/);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFiles } from '../../../tools/project-files.js';
import { upgrade } from '../../../tools/upgrade/upgrade.js';
import { changeManifest, createClone, createKit, lines } from './support/made-up-kit.js';
import type { Repository } from './support/repository.js';
import { start } from './support/start.js';

const GUIDE = 'docs/guide.md';
const NO_SETTINGS = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

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

async function changeAndCommit(files: Record<string, string | Buffer>): Promise<void> {
  clone.write(files);
  await clone.commit();
}

function temporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('kit-'));
}

describe('an upgrade', () => {
  it('brings what the kit has changed, in the words of the application, and commits nothing', async () => {
    const head = await clone.git('rev-parse', 'HEAD');
    const { from, to, came, conflicts } = await upgrade(clone.root);
    expect({ from, to, conflicts }).toEqual({ from: '0.1.0', to: '0.2.0', conflicts: [] });
    expect(came.filter((path) => !path.includes('notes'))).toEqual([
      'bin/start',
      GUIDE,
      'docs/new.md',
      'docs/old.md',
      'docs/table.md',
      'logo.bin',
      'package-lock.json',
      'package.json',
    ]);
    expect(clone.read(GUIDE)).toBe(lines({ 3: 'line 3 of ČAPEK’S ROBOT WORKS' }));
    expect(clone.read('docs/new.md')).toBe('New in capeks-robot-works, the Čapek’s Robot Works.\n');
    expect(clone.read('docs/table.md')).toContain('| Čapek’s Robot Works | 0.2.0 |\n');
    expect(clone.has('docs/old.md')).toBe(false);
    expect(clone.read('src/notes/notes.module.ts')).toContain('Second');
    const old = (await projectFiles(clone.root)).filter((path) => /small[\s-]kit/i.test(clone.read(path)));
    expect(old).toEqual([]);
    expect(await clone.git('rev-parse', 'HEAD')).toBe(head);
    expect(await clone.git('diff', '--name-only')).toBe('');
  });

  it('keeps modes, and files that are no text', async () => {
    await upgrade(clone.root);
    expect(clone.isExecutable('bin/start')).toBe(true);
    expect(readFileSync(join(clone.root, 'logo.bin'))).toEqual(Buffer.from([0, 255, 2]));
  });

  it('keeps what is the application’s own', async () => {
    await changeAndCommit({ [GUIDE]: lines({ 18: 'my line 18' }), 'views/home.hbs': 'mine\n' });
    await changeManifest(clone, (fields) => ({ ...fields, scripts: { start: 'x', deploy: 'y' } }));
    const { conflicts } = await upgrade(clone.root);
    expect(conflicts).toEqual([]);
    expect(clone.read(GUIDE)).toBe(lines({ 3: 'line 3 of ČAPEK’S ROBOT WORKS', 18: 'my line 18' }));
    expect(clone.read('views/home.hbs')).toBe('mine\n');
    expect(clone.has('src/robots/robots.module.ts')).toBe(true);
    expect(JSON.parse(clone.read('package.json'))).toEqual({
      name: 'capeks-robot-works',
      displayName: 'Čapek’s Robot Works',
      version: '1.4.0',
      type: 'module',
      kit: { version: '0.2.0' },
      engines: { node: '>=20.19' },
      scripts: { start: 'x', deploy: 'y' },
      dependencies: { express: '2.0.0' },
    });
    expect(JSON.parse(clone.read('package-lock.json'))).toMatchObject({
      version: '1.4.0',
      packages: { '': { name: 'capeks-robot-works', version: '1.4.0' } },
    });
  });

  it('takes the name of the package from the application, whatever it is', async () => {
    await changeManifest(clone, (fields) => ({
      ...fields,
      name: '@capek/rur',
      displayName: 'R.U.R. & Sons',
    }));
    await upgrade(clone.root);
    expect(clone.read('docs/new.md')).toBe('New in @capek/rur, the R.U.R. & Sons.\n');
  });

  it('leaves a plugin out that was taken out, with all its files', async () => {
    const { leftOut } = await upgrade(clone.root);
    expect(leftOut).toEqual(['reports']);
    expect((await clone.git('ls-files')).split('\n').filter((path) => path.includes('reports'))).toEqual([
      'public/assets/reports/script.js',
    ]);
    expect(clone.read('public/assets/reports/script.js')).toBe('First();\n');
  });

  it('leaves both sides of a line that both have changed to be settled, and the rest merged', async () => {
    await changeAndCommit({ [GUIDE]: lines({ 3: 'my line 3', 12: 'my line 12' }) });
    const { conflicts, came } = await upgrade(clone.root);
    expect(conflicts).toEqual([GUIDE]);
    expect(came).not.toContain(GUIDE);
    expect(came).toContain('docs/new.md');
    expect(clone.read(GUIDE)).toMatch(
      /^line 2\n<{7} HEAD\nmy line 3\n={7}\nline 3 of ČAPEK’S ROBOT WORKS\n>{7} .*\n/m,
    );
    expect(clone.read(GUIDE)).toContain('my line 12');
    expect(await clone.git('status', '--porcelain', GUIDE)).toBe(`UU ${GUIDE}\n`);
  });

  it('leaves a file to be settled that one side has changed and the other deleted', async () => {
    clone.remove(GUIDE);
    await changeAndCommit({ 'docs/old.md': 'Mine now.\n' });
    const { conflicts } = await upgrade(clone.root);
    expect(conflicts).toEqual([GUIDE, 'docs/old.md']);
    expect(clone.read('docs/old.md')).toBe('Mine now.\n');
    expect(await clone.git('status', '--porcelain', ...conflicts)).toBe(`DU ${GUIDE}\nUD docs/old.md\n`);
  });

  it('is taken back as the report says, conflicts and all', async () => {
    clone.remove(GUIDE);
    await changeAndCommit({
      'docs/old.md': 'Mine now.\n',
      'logo.bin': Buffer.from([0, 7]),
      'docs/new.md': 'Mine.\n',
    });
    clone.write({ 'untracked.txt': 'mine' });
    const before = await clone.git('ls-files', '--stage');
    const { conflicts } = await upgrade(clone.root);
    expect(conflicts).toEqual([GUIDE, 'docs/new.md', 'docs/old.md', 'logo.bin']);
    clone.write({ 'docs/new.md': 'Settled.\n' });
    await clone.git('add', 'docs/new.md');
    await clone.git('reset', '--merge');
    expect(await clone.git('ls-files', '--stage')).toBe(before);
    expect(await clone.git('status', '--porcelain')).toBe('?? untracked.txt\n');
  });

  it('leaves no reference and no folder behind, whatever becomes of it', async () => {
    const before = temporaryFolders();
    const references = await clone.git('for-each-ref');
    await upgrade(clone.root);
    await clone.git('reset', '--merge');
    await expect(upgrade(clone.root, '9.9.9')).rejects.toThrow('no version 9.9.9');
    expect(temporaryFolders()).toEqual(before);
    expect(await clone.git('for-each-ref')).toBe(references);
    expect(await clone.git('worktree', 'list')).not.toContain('\n/');
  });

  it('finds nothing newer once it is committed', async () => {
    await upgrade(clone.root);
    await clone.commit();
    await expect(upgrade(clone.root)).rejects.toThrow('Nothing newer: this application has version 0.2.0');
    expect((await upgrade(clone.root, 'v0.3.0-rc.1')).to).toBe('0.3.0-rc.1');
  });
});

describe('npm run upgrade', () => {
  it('says what came over and what is next, without knowing who commits', () => {
    const { status, stdout, stderr } = start('upgrade', clone.root, [], NO_SETTINGS);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^From version 0\.1\.0 of the kit to 0\.2\.0: 13 files came over, 0 files in conflict\.\n/,
    );
    expect(stdout).toContain('Plugins that you have taken out stay out: reports.');
    expect(stdout).not.toContain('npm install settles it');
  });

  it('ends with status 1 when there is something to settle', async () => {
    await changeAndCommit({
      'package.json': clone.read('package.json').replace('"1.0.0"', '"1.0.1"'),
      'package-lock.json': clone.read('package-lock.json').replaceAll('"1.0.0"', '"1.0.1"'),
    });
    const { status, stdout } = start('upgrade', clone.root, [], NO_SETTINGS);
    expect(status).toBe(1);
    expect(stdout).toContain('2 files in conflict.\n  package-lock.json\n  package.json\n');
    expect(stdout).toContain('settle each conflict, then git add');
    expect(stdout).toContain('package-lock.json: npm install settles it');
  });

  it('refuses in a sentence', () => {
    expect(start('upgrade', clone.root, ['0.2.0', '0.3.0'])).toMatchObject({
      status: 1,
      stderr: 'Several versions: npm run upgrade -- [version]\n',
    });
    expect(start('upgrade', clone.root, [], { PATH: '' })).toMatchObject({
      status: 1,
      stderr: 'Git is missing: install it, and see that it is in the PATH.\n',
    });
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { projectFiles } from '../../../tools/project-files.js';
import { rename } from '../../../tools/rename/rename.js';
import { isDistinctive } from '../../../tools/rename/replacement.js';
import { start } from './support/start.js';

/** Each test copies the project and starts Prettier. */
jest.setTimeout(30_000);

/** This application's own names: a copy of it has the tests too. */
const own = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const files = await projectFiles('.');
let root: string;

interface Manifest {
  name: string;
  displayName: string;
  description: string;
  kit?: unknown;
  dependencies: object;
  packages: Record<string, { name?: string }>;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rename-'));
  for (const path of files) cpSync(path, join(root, path));
});
afterEach(() => rmSync(root, { recursive: true }));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function readJson(path: string): Manifest {
  return JSON.parse(read(path)) as Manifest;
}

async function everything(): Promise<Map<string, string>> {
  return new Map((await projectFiles(root)).map((path) => [path, readFileSync(join(root, path), 'latin1')]));
}

/** Files in which one of the names stands, in any case. */
async function filesWith(...names: string[]): Promise<string[]> {
  const sought = names.map((name) => name.toLowerCase());
  return (await projectFiles(root)).filter((path) =>
    sought.some((name) => read(path).toLowerCase().includes(name)),
  );
}

describe(rename.name, () => {
  it('gives the application its name wherever people or npm read it', async () => {
    await rename(root, 'Čapek’s Robot Works');
    const manifest = readJson('package.json');
    expect(manifest).toMatchObject({ name: 'capeks-robot-works', displayName: 'Čapek’s Robot Works' });
    expect(readJson('package-lock.json')).toMatchObject({
      name: 'capeks-robot-works',
      packages: { '': { name: 'capeks-robot-works' } },
    });
    expect(read('README.md')).toMatch(/^# Čapek’s Robot Works\n/);
    expect(read('LICENSE')).toMatch(/^Copyright .* The Čapek’s Robot Works authors$/m);
    expect(read('public/icon.svg')).toContain('>Č</text>');
  });

  it('leaves no old name, time after time', async () => {
    await rename(root, 'Čapek’s Robot Works');
    expect(await filesWith(...[own.name, own.displayName].filter(isDistinctive))).toEqual([]);
    writeFileSync(
      join(root, 'deploy.yml'),
      'CAPEKS-ROBOT-WORKS: Capeks-Robot-Works of\n  čapek’s robot\n  works\n',
    );
    await rename(root, "Rossum's Universal");
    expect(await filesWith('Čapek’s Robot Works', 'capeks-robot-works')).toEqual([]);
    expect(read('deploy.yml')).toBe('ROSSUMS-UNIVERSAL: rossums-universal of\n  Rossum’s Universal\n');
    expect(read('public/icon.svg')).toContain('>R</text>');
  });

  it('changes no other package, not the kit, and no file that is not text', async () => {
    const before = readJson('package.json');
    writeFileSync(join(root, 'logo.bin'), `\0${own.displayName}`);
    await rename(root, 'Robot Works');
    const { dependencies, kit, description } = readJson('package.json');
    expect({ dependencies, kit, description }).toEqual({
      dependencies: before.dependencies,
      kit: before.kit,
      description: before.description,
    });
    expect(read('logo.bin')).toBe(`\0${own.displayName}`);
  });

  it('looks for a single word only where the kit puts it, and says where else it stands', async () => {
    await rename(root, 'Robots');
    const page = '<h1>Robots of today</h1>\n';
    writeFileSync(join(root, 'views/robots.hbs'), page);
    const { changed, unsure } = await rename(root, 'Golem Works');
    expect(read('views/robots.hbs')).toBe(page);
    expect(unsure).toContain('views/robots.hbs');
    expect(changed).toEqual(['LICENSE', 'README.md', 'package-lock.json', 'package.json', 'public/icon.svg']);
    expect(read('LICENSE')).toContain('The Golem Works authors');
  });

  it('keeps a name that begins like the old one', async () => {
    await rename(root, 'Robot Works');
    await rename(root, 'Robot Works Prague');
    expect(read('README.md')).toMatch(/^# Robot Works Prague\n/);
    expect(readJson('package.json').name).toBe('robot-works-prague');
  });

  it('keeps files as Prettier writes them, their modes, and JSON as it is indented', async () => {
    await rename(root, 'Robot Works');
    writeFileSync(join(root, 'table.md'), '| name        |\n| ----------- |\n| Robot Works |\n');
    writeFileSync(join(root, 'package-lock.json'), '{\n\t"name": "robot-works"\n}\n');
    writeFileSync(join(root, 'run.sh'), 'echo Robot Works\n');
    chmodSync(join(root, 'run.sh'), 0o755);
    await rename(root, 'Rossum’s Universal Robots');
    expect(read('table.md')).toBe(
      `| name                      |\n| ${'-'.repeat(25)} |\n| Rossum’s Universal Robots |\n`,
    );
    expect(read('package-lock.json')).toBe('{\n\t"name": "rossums-universal-robots"\n}\n');
    expect(statSync(join(root, 'run.sh')).mode & 0o777).toBe(0o755);
    for (const path of ['package.json', 'README.md']) {
      const filepath = join(root, path);
      const options = { ...(await prettier.resolveConfig(filepath)), filepath };
      expect(await prettier.check(read(path), options)).toBe(true);
    }
  });

  it('leaves an icon of one’s own alone', async () => {
    writeFileSync(join(root, 'public/icon.svg'), '<svg><text>Robots!</text></svg>\n');
    await rename(root, 'Golem Works');
    expect(read('public/icon.svg')).toBe('<svg><text>Robots!</text></svg>\n');
  });

  it.each([
    ['', /begins with a letter or a digit/],
    ['  ', /begins with a letter or a digit/],
    ['-Robots', /begins with a letter or a digit/],
    ['’s', /begins with a letter or a digit/],
    ['R'.repeat(61), /at most 60 characters; this one has 61/],
    ['Robots < Men', /this one has < \(U\+003C\)/],
    ['Robots > Men', /this one has >/],
    ['The "Robots"', /this one has "/],
    ['Robots & Men', /this one has &/],
    ['Robots\\', /this one has \\/],
    ['Robots {{x}}', /this one has \{/],
    ['Robots\n', /this one has U\+000A/],
    ['Robots\tof', /this one has U\+0009/],
    ['Robots\u202E', /this one has U\+202E/],
    ['ロボット', /npm takes a to z.*add a word/],
    ['Events', /npm refuses events/],
  ])('refuses %j, and changes nothing', async (name, message) => {
    const before = await everything();
    await expect(rename(root, name)).rejects.toThrow(message);
    expect(await everything()).toEqual(before);
  });

  it('refuses a folder that does not say what it is called', async () => {
    writeFileSync(join(root, 'package.json'), '{ "name": "robots" }');
    await expect(rename(root, 'Golem Works')).rejects.toThrow(/give it "name" and "displayName"/);
    rmSync(join(root, 'package.json'));
    await expect(rename(root, 'Golem Works')).rejects.toThrow(/has no package\.json/);
  });
});

describe('npm run rename', () => {
  it.each([
    [[], /^No name: npm run rename -- "<name>"/],
    [['Golem', 'Works'], /^Several names\. Put quotes around one: npm run rename -- "Golem Works"/],
    [['<'], /^A name begins/],
  ])('refuses %j in a sentence, and changes nothing', async (words, message) => {
    const before = await everything();
    const { status, stderr } = start('rename', root, words);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(' at ');
    expect(await everything()).toEqual(before);
  });

  it('says what it has done', async () => {
    const { status, stdout } = start('rename', root, ['Golem Works']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^"Golem Works", package golem-works: \d+ files changed\.$/m);
  });
});

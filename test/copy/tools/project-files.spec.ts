import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git } from '../../../tools/git.js';
import { projectFiles } from '../../../tools/project-files.js';

const OWN = ['.gitignore', 'docs/a/b.md', 'keep.log', 'src/build/main.ts', 'é.txt'];
const IGNORED = ['.env', 'a.log', 'build/x.js', 'docs/c.log', 'node_modules/p/q.js', 'src/node_modules/r.js'];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'));
  for (const path of [...OWN, ...IGNORED]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  writeFileSync(join(root, '.gitignore'), '# kept out\nnode_modules/\n/build/\n.env\n\n*.log\n!keep.log\n');
});
afterEach(() => rmSync(root, { recursive: true }));

describe(projectFiles.name, () => {
  it('are those that git knows or would add', async () => {
    await git(root, ['init', '--quiet']);
    await git(root, ['add', '--force', '.gitignore', 'keep.log', 'a.log']);
    rmSync(join(root, 'keep.log'));
    symlinkSync('.gitignore', join(root, 'link'));
    expect(await projectFiles(root)).toEqual(
      [...OWN, 'a.log'].filter((path) => path !== 'keep.log').toSorted(),
    );
  });

  it('are those that .gitignore does not name where there is no git', async () => {
    expect(await projectFiles(root)).toEqual(OWN);
  });
});

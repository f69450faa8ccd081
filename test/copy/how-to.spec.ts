import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectCopy } from './tools/support/project-copy.js';
import { Reader } from './support/reader.js';

const FOLDER = 'docs/how-to';
const CHECKS = ['npx prettier --check .', 'npm run lint', 'npx tsc --noEmit --project test'];

let copy: ProjectCopy;

beforeEach(async () => {
  copy = await ProjectCopy.create();
});
afterEach(() => copy.drop());

it.each(readdirSync(FOLDER))('%s comes out as written', async (name) => {
  await Reader.follow(copy, readFileSync(join(FOLDER, name), 'utf8'));
  if ((await copy.changes()).length === 0) return;
  for (const check of CHECKS) {
    const { status, text } = copy.run('bash', '-c', check);
    expect({ check, text, status }).toEqual({ check, text, status: 0 });
  }
});

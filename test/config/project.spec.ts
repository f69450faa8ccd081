import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProject } from '../../src/config/project.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('package.json', () => {
  it('says what people call the application, and from which version of the kit it came', () => {
    write({ displayName: 'Čapek’s', version: '3.0.0', kit: { version: '1.2.0' } });
    expect(readProject(root)).toEqual({
      displayName: 'Čapek’s',
      version: '3.0.0',
      kit: { version: '1.2.0' },
    });
  });

  it.each([
    [{ version: '1.0.0', kit: { version: '1.0.0' } }, 'no "displayName": put the name'],
    [{ displayName: ' ', version: '1.0.0', kit: { version: '1.0.0' } }, 'no "displayName": put the name'],
    [{ displayName: 'Acme', version: '1.0.0' }, 'put the versions there'],
  ])('is refused while it lacks something: %j', (text, remedy) => {
    write(text);
    expect(() => readProject(root)).toThrow(remedy);
  });
});

function write(content: object): void {
  writeFileSync(join(root, 'package.json'), JSON.stringify(content));
}

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { rename } from '../../../../tools/rename/rename.js';
import { Repository } from './repository.js';

const LINES = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);

/** Twenty lines, of which one may be another. */
export function lines(changed: Record<number, string> = {}): string {
  return `${LINES.map((line, index) => changed[index + 1] ?? line).join('\n')}\n`;
}

function manifest(version: string, dependency: string): Record<string, string> {
  const fields = { name: 'small-kit', version: '9.9.9', dependencies: { express: dependency } };
  const lockfile = { ...fields, lockfileVersion: 3, packages: { '': fields } };
  const text = {
    name: 'small-kit',
    displayName: 'Small Kit',
    version: '9.9.9',
    type: 'module',
    kit: { version },
    engines: { node: '>=20.19' },
    scripts: { start: 'x' },
    dependencies: { express: dependency },
  };
  return {
    'package.json': `${JSON.stringify(text, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lockfile, null, 2)}\n`,
  };
}

function plugin(id: string, word: string): Record<string, string> {
  return {
    [`src/${id}/${id}.module.ts`]: `@Plugin({ id: '${id}' })\nexport class ${word} {}\n`,
    [`views/${id}/list.hbs`]: `<h1>${word}</h1>\n`,
    [`test/${id}/${id}.spec.ts`]: `it('${word}')\n`,
    [`test/browser/${id}.spec.ts`]: `it('${word}')\n`,
    [`public/assets/${id}/script.js`]: `${word}();\n`,
  };
}

/** A kit of a few small files with the versions 0.1.0, 0.2.0 and a pre-release of 0.3.0. */
export async function createKit(): Promise<Repository> {
  const kit = await Repository.create();
  kit.write({
    ...manifest('0.1.0', '1.0.0'),
    ...plugin('reports', 'First'),
    ...plugin('notes', 'First'),
    'README.md': '# Small Kit\n\nAbout the small-kit.\n',
    'public/icon.svg': '<svg><text>S</text></svg>\n',
    'docs/guide.md': lines(),
    'docs/old.md': 'Gone soon.\n',
    'docs/table.md': '| name      |\n| --------- |\n| Small Kit |\n',
    'bin/start': '#!/bin/sh\necho small-kit 1\n',
    'logo.bin': Buffer.from([0, 255, 1]),
    '.gitignore': '.env\n*.log\n',
  });
  await kit.commit('v0.1.0');
  kit.write({
    ...manifest('0.2.0', '2.0.0'),
    ...plugin('reports', 'Second'),
    ...plugin('notes', 'Second'),
    'docs/guide.md': lines({ 3: 'line 3 of SMALL KIT' }),
    'docs/new.md': 'New in small-kit, the Small Kit.\n',
    'docs/table.md': '| name      | since |\n| --------- | ----- |\n| Small Kit | 0.2.0 |\n',
    'bin/start': '#!/bin/sh\necho small-kit 2\n',
    'logo.bin': Buffer.from([0, 255, 2]),
    'test/browser/reports/new.spec.ts': 'it()\n',
  });
  kit.remove('docs/old.md');
  await kit.commit('v0.2.0');
  kit.write({ ...manifest('0.3.0-rc.1', '3.0.0') });
  await kit.commit('v0.3.0-rc.1');
  await kit.git('tag', 'vnext');
  await kit.git('checkout', '--quiet', 'v0.1.0');
  return kit;
}

function inOwnVersion(text: string): string {
  return text.replaceAll('"version": "9.9.9"', '"version": "1.4.0"');
}

/** What somebody made of version 0.1.0 of the kit: a name, a version and a tag of its own, and no reports. */
export async function createClone(kit: Repository): Promise<Repository> {
  const clone = await Repository.create();
  cpSync(kit.root, clone.root, { recursive: true, filter: (path) => path !== join(kit.root, '.git') });
  await clone.git('add', '--all');
  await rename(clone.root, 'Čapek’s Robot Works');
  clone.write({
    'package.json': inOwnVersion(clone.read('package.json')),
    'package-lock.json': inOwnVersion(clone.read('package-lock.json')),
    'src/robots/robots.module.ts': 'export class Robots {}\n',
  });
  clone.remove('src/reports', 'views/reports', 'test/reports', 'test/browser/reports.spec.ts');
  await clone.commit('v0.2.0');
  await clone.git('remote', 'add', 'kit', kit.root);
  return clone;
}

/** Commits another package.json to an application. */
export async function changeManifest(
  clone: Repository,
  change: (fields: Record<string, unknown>) => object,
): Promise<void> {
  const fields = JSON.parse(clone.read('package.json')) as Record<string, unknown>;
  clone.write({ 'package.json': `${JSON.stringify(change(fields), null, 2)}\n` });
  await clone.commit();
}

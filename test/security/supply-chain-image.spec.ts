import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { isBelow } from '../support/is-below.js';
import { projectFiles } from '../support/project-files.js';

interface Manifest {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const files = projectFiles();

describe('the image', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const stages = dockerfile.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  const last = stages.at(-1) ?? '';

  it('N14 is built in stages on a base that is pinned by its digest', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(stages.filter((stage) => !/^FROM node:\d+\S*@sha256:[\da-f]{64}/.test(stage))).toEqual([]);
    expect(new Set(dockerfile.match(/sha256:\S+/g)).size).toBe(1);
  });

  it('N14 has what production needs alone', () => {
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(last).not.toMatch(/^RUN |^ADD |^COPY \. /m);
    expect(last).toMatch(/^ENV NODE_ENV=production/m);
  });

  it('N14 runs node itself, not as root, and needs no place to write', () => {
    expect(
      /^USER (\d+):(\d+)$/m
        .exec(last)
        ?.slice(1)
        .every((id) => Number(id) > 0),
    ).toBe(true);
    expect(last).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
    expect(last).not.toMatch(/^VOLUME/m);
    expect(last.indexOf('USER ')).toBeGreaterThan(last.lastIndexOf('COPY '));
  });

  it('N14 tells whether it lives, without a dependency', () => {
    expect(last).toMatch(/^HEALTHCHECK [^\n]*\\\n +CMD \["node", [^\n]*\/health\/live/m);
  });

  it('N14 takes no secret while it is built', () => {
    expect(dockerfile).not.toMatch(/^ARG /m);
    expect(dockerfile.match(/^ENV .*/gm)?.join()).not.toMatch(/KEY|SECRET|TOKEN|PASSWORD/);
  });

  it('L02 has neither the local Clerk nor the packages that only that needs', () => {
    expect(dockerfile).toMatch(/npm run build && rm -r dist\/local-clerk && npm ci --omit=dev/);
    for (const name of ['jose', '@clerk/clerk-js', '@clerk/ui']) {
      expect(manifest.dependencies[name]).toBeUndefined();
      expect(manifest.devDependencies[name]).toBeDefined();
    }
    const importers = files.filter(
      ({ path, bytes }) => path.startsWith('src/') && /from '[^']*local-clerk/.test(bytes.toString()),
    );
    expect(importers.filter(({ path }) => !path.startsWith('src/local-clerk/'))).toEqual([]);
  });

  it('N15 runs a release of Node.js that package.json allows and that has no known fault', () => {
    expect(manifest.engines.node).toBe('>=20.19');
    const [, ...release] = (/Node\.js (\d+)\.(\d+)\.(\d+)/.exec(dockerfile) ?? []).map(Number);
    expect(isBelow(release.join('.'), '24.14.1')).toBe(false);
  });

  it('needs no file that is not there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    const allowed = readFileSync('.dockerignore', 'utf8');
    for (const path of copied) expect(allowed).toMatch(new RegExp(`^!${path.replace('./', '')}/?$`, 'm'));
  });
});

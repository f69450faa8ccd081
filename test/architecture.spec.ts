import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

interface Source {
  path: string;
  /** Folder directly under `src/`, or an empty string for the files there. */
  feature: string;
  text: string;
  imports: string[];
}

const sources: Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    return {
      path,
      feature: path.includes('/') ? (path.split('/')[0] ?? '') : '',
      text,
      imports: [...text.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name = '']) => name),
    };
  });

function importersOf(pattern: RegExp): string[] {
  const importers = sources.filter(({ imports }) => imports.some((name) => pattern.test(name)));
  return [...new Set(importers.map(({ feature, path }) => feature || path))].toSorted();
}

/** Imports that cross from one feature into another. */
function crossings(): { path: string; feature: string; target: string }[] {
  return sources.flatMap(({ path, feature, imports }) =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => ({ path, feature, target: normalize(join(dirname(path), name)) }))
      .filter(({ target }) => target.includes('/') && target.split('/')[0] !== feature),
  );
}

describe('the source tree', () => {
  it('lets only config/ read the environment', () => {
    const readers = sources.filter(({ text }) => text.includes('process.env')).map(({ feature }) => feature);
    expect([...new Set(readers)]).toEqual(['config']);
  });

  it("lets only auth/ and the local Clerk import Clerk's SDK", () => {
    expect(['auth', 'local-clerk']).toEqual(expect.arrayContaining(importersOf(/^@clerk\/backend/)));
  });

  it('lets only views/ import Handlebars', () => {
    expect(importersOf(/^handlebars/)).toEqual(['views']);
  });

  it('enters a feature by its index alone, but for the list of modules', () => {
    const sideDoors = crossings().filter(
      ({ path, target }) =>
        !/^[\w-]+\/index\.js$/.test(target) && !(path === 'app.module.ts' && target.endsWith('.module.js')),
    );
    expect(sideDoors).toEqual([]);
  });

  it('keeps the local Clerk by itself, behind one import', () => {
    const out = crossings().filter(({ feature }) => feature === 'local-clerk');
    const into = crossings().filter(({ target }) => target.startsWith('local-clerk/'));
    expect(out).toEqual([]);
    expect(['main.ts']).toEqual(expect.arrayContaining(into.map(({ path }) => path)));
  });

  it('has no circle of features', () => {
    const edges = new Map<string, Set<string>>();
    for (const { feature, target } of crossings()) {
      edges.set(feature, (edges.get(feature) ?? new Set()).add(target.split('/')[0] ?? ''));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(edges.get(from) ?? [])].some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect([...edges.keys()].filter((feature) => feature !== '' && reaches(feature, feature))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that holds package.json, views and public files, seen from the sources and from the build alike. */
export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');

/** What package.json says of the application. */
export interface Project {
  /** What people call it. `npm run rename` changes it. */
  displayName: string;
  version: string;
  /** The version of the starter kit that it came from, or was last brought up to by `npm run upgrade`. */
  kit: { version: string };
}

/** @throws Error when package.json lacks what the application needs of it */
export function readProject(root: string): Project {
  const { displayName, version, kit } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Partial<Project>;
  if (!displayName?.trim()) {
    throw new Error('package.json has no "displayName": put the name that pages show there.');
  }
  if (!version || !kit?.version) {
    throw new Error('package.json lacks "version" or "kit": { "version" }: put the versions there.');
  }
  return { displayName, version, kit };
}

export const project = readProject(PROJECT_ROOT);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that holds package.json, views and public files, seen from the sources and from the build alike. */
export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');

interface PackageJson {
  version: string;
  /** The version of the starter kit that the application came from, or was last brought up to. */
  kit: { version: string };
}

/** What package.json says of the application. */
export const project = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as PackageJson;

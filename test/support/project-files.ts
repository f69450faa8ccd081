import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project, whole. */
export interface ProjectFile {
  path: string;
  bytes: Buffer;
}

/** Every file but those that `.gitignore` keeps out of git. */
export function projectFiles(): ProjectFile[] {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean).map(toPattern);
  const walk = (folder: string): ProjectFile[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
      if (name === '.git/' || ignored.some((pattern) => pattern.test(name))) return [];
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [{ path, bytes: readFileSync(path) }] : [];
    });
  return walk('.');
}

function toPattern(line: string): RegExp {
  return new RegExp(`^${line.replace(/^\//, '').replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}

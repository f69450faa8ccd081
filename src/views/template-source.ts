import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { TemplateError } from './template.error.js';

/** A folder of templates, and what their names begin with. */
export interface TemplateSource {
  directory: string;
  /** Empty, or ends with a slash. */
  prefix: string;
  /** Folders in it that are none of its own. */
  except?: readonly string[];
}

/**
 * Every `.hbs` file of a folder by the name of its template: its path in the folder, without `.hbs`.
 * @throws TemplateError when the folder cannot be read
 */
export function templateFiles({ directory, prefix, except = [] }: TemplateSource): Map<string, string> {
  const files = entriesOf(directory)
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !except.some((folder) => file.startsWith(folder + sep)));
  return new Map(files.map((file) => [prefix + nameOf(relative(directory, file)), file]));
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    const remedy = `restore the folder ${directory}`;
    throw new TemplateError('', `cannot be read: ${(error as Error).message}`, remedy, error);
  }
}

function nameOf(path: string): string {
  return path.split(sep).join('/').slice(0, -'.hbs'.length);
}

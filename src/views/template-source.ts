import { existsSync, readdirSync } from 'node:fs';
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

/** All folders of templates. */
export interface TemplateSources {
  sources: readonly TemplateSource[];
  /** Folder of templates that take the place of those of the same name; it need not exist. */
  overrides: string;
}

/**
 * The file of each template, by its name.
 * @throws TemplateError when a name is given twice, an override overrides nothing, or a folder cannot be read
 */
export function filesByName({ sources, overrides }: TemplateSources): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, file] of sources.flatMap((source) => [...templateFiles(source)])) {
    const other = files.get(name);
    if (other !== undefined) {
      throw new TemplateError(name, `is there twice, as ${other} and ${file}`, 'rename one of them');
    }
    files.set(name, file);
  }
  if (!existsSync(overrides)) return files;
  for (const [name, file] of templateFiles({ directory: overrides, prefix: '' })) {
    if (!files.has(name)) {
      const remedy = 'name it after one that is there, or delete it';
      throw new TemplateError(name, `does not exist, so ${file} overrides nothing`, remedy);
    }
    files.set(name, file);
  }
  return files;
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

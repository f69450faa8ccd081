import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface AssetsOptions {
  /** Folders by what the names of their files begin with: nothing, or a path that ends with a slash. */
  folders: Readonly<Record<string, string>>;
  /** Keep what is known of the files; off in development, where they change. */
  cached: boolean;
}

/** Addresses of files for browsers, with a version in them that changes with the content, so that they may be cached for good. */
export class Assets {
  readonly #urls = new Map<string, string>();
  /** Whether the files stay as they are, and their addresses with them. */
  readonly areKept: boolean;
  /** Addresses of all files, where they are kept. */
  readonly #paths: ReadonlySet<string> | undefined;
  /** Folders by the path under which their files are served, the longest path first. */
  readonly folders: readonly (readonly [path: string, directory: string])[];

  constructor({ folders, cached }: AssetsOptions) {
    this.areKept = cached;
    this.folders = Object.entries(folders)
      .map(([prefix, directory]) => [`/${prefix}`, directory] as const)
      .toSorted(([a], [b]) => b.length - a.length);
    this.#paths = cached ? new Set(this.folders.flatMap(pathsIn)) : undefined;
  }

  /** Whether it is worth to look for a file: an escaped address may stand for any. */
  mayHave(path: string): boolean {
    return this.#paths === undefined || this.#paths.has(path) || path.includes('%');
  }

  /** Whether a page names this address, so that it stands for one content only. */
  hasGivenOut(address: string): boolean {
    const name = address.slice(1).split('?')[0] ?? '';
    return this.#urls.get(name) === address;
  }

  /** @throws Error when there is no such file */
  url(name: string): string {
    const known = this.#urls.get(name);
    if (known !== undefined && this.areKept) return known;
    const hash = createHash('sha256').update(this.read(name)).digest('base64url');
    const url = `/${name}?v=${hash.slice(0, 10)}`;
    this.#urls.set(name, url);
    return url;
  }

  /** @throws Error when there is no such file */
  read(name: string): Buffer {
    const [path = '', directory = ''] = this.folders.find(([prefix]) => `/${name}`.startsWith(prefix)) ?? [];
    return readFileSync(join(directory, `/${name}`.slice(path.length)));
  }
}

function pathsIn([path, directory]: readonly [path: string, directory: string]): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .map((name) => path + name);
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface AssetsOptions {
  /** Folders by what the names of their files begin with: nothing, or a path that ends with a slash. */
  folders: Readonly<Record<string, string>>;
  /** Keep an address once it is known; off in development, where files change. */
  cached: boolean;
}

/** Addresses of files for browsers, with a version in them that changes with the content, so that they may be cached for good. */
export class Assets {
  readonly #urls = new Map<string, string>();
  readonly #cached: boolean;
  /** Folders by the path under which their files are served, the longest path first. */
  readonly folders: readonly (readonly [path: string, directory: string])[];

  constructor({ folders, cached }: AssetsOptions) {
    this.#cached = cached;
    this.folders = Object.entries(folders)
      .map(([prefix, directory]) => [`/${prefix}`, directory] as const)
      .toSorted(([a], [b]) => b.length - a.length);
  }

  /** Whether a page names this address, so that it stands for one content only. */
  hasGivenOut(address: string): boolean {
    const name = address.slice(1).split('?')[0] ?? '';
    return this.#urls.get(name) === address;
  }

  /** @throws Error when there is no such file */
  url(name: string): string {
    const known = this.#urls.get(name);
    if (known !== undefined && this.#cached) return known;
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

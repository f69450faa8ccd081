import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Addresses of the files in `public/`, with a version in them that changes with the content, so that they may be cached for good. */
export class Assets {
  readonly #urls = new Map<string, string>();

  /** @param cached keep an address once it is known; off in development, where files change */
  constructor(
    readonly directory: string,
    private readonly cached: boolean,
  ) {}

  /** Whether a page names this address, so that it stands for one content only. */
  hasGivenOut(address: string): boolean {
    const name = address.slice(1).split('?')[0] ?? '';
    return this.#urls.get(name) === address;
  }

  /** @throws Error when there is no such file */
  url(name: string): string {
    const known = this.#urls.get(name);
    if (known !== undefined && this.cached) return known;
    const hash = createHash('sha256')
      .update(readFileSync(join(this.directory, name)))
      .digest('base64url');
    const url = `/${name}?v=${hash.slice(0, 10)}`;
    this.#urls.set(name, url);
    return url;
  }
}

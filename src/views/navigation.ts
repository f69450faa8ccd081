import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Auth } from '../auth/index.js';
import { isVisible, PluginError, Plugins, type NavigationEntry } from '../plugins/index.js';
import { Assets } from './assets.js';

/** An entry as the header shows it. */
export interface NavigationLink {
  label: string;
  path: string;
  /** Address of a symbol, or null. */
  icon: string | null;
  isCurrent: boolean;
}

/** Headers that are remembered; there are as many as groups of people who may see the same, times pages. */
const MOST = 1000;

enum Shown {
  Not,
  AsLink,
  AsCurrent,
}

/** The site's header: what plugins have put into it, for those who may see it. */
@Injectable()
export class Navigation implements OnModuleInit {
  readonly #entries: readonly NavigationEntry[];
  readonly #links = new LRUCache<string, readonly NavigationLink[]>({ max: MOST });

  constructor(
    plugins: Plugins,
    private readonly assets: Assets,
  ) {
    this.#entries = plugins.navigation;
  }

  /** @throws PluginError for icons that no file has */
  onModuleInit(): void {
    const faults = this.#entries
      .filter(({ icon }) => icon !== undefined && !this.#hasSymbol(icon))
      .map(({ path, icon }) => `nav ${path}: there is no symbol ${icon}: name one as in icons.svg#chart`);
    if (faults.length > 0) throw new PluginError(faults);
  }

  /** The links of a page: the same object for all who see the same. */
  linksFor(auth: Pick<Auth, 'userId' | 'has'>, currentPath: string): readonly NavigationLink[] {
    const shown = this.#entries.map((entry) => {
      if (!isVisible(entry, auth)) return Shown.Not;
      return entry.path === currentPath ? Shown.AsCurrent : Shown.AsLink;
    });
    const key = shown.join('');
    const known = this.#links.get(key);
    if (known) return known;
    const links = this.#linksOf(shown);
    if (this.assets.areKept) this.#links.set(key, links);
    return links;
  }

  #linksOf(shown: readonly Shown[]): readonly NavigationLink[] {
    return this.#entries.flatMap(({ label, path, icon }, index) => {
      const link = { label, path, icon: icon === undefined ? null : this.#urlOf(icon) };
      return shown[index] === Shown.Not ? [] : [{ ...link, isCurrent: shown[index] === Shown.AsCurrent }];
    });
  }

  #urlOf(icon: string): string {
    const [file = '', symbol] = icon.split('#');
    return `${this.assets.url(file)}#${symbol}`;
  }

  #hasSymbol(icon: string): boolean {
    const [file = '', symbol = ''] = icon.split('#');
    try {
      return symbol !== '' && this.assets.read(file).includes(`id="${symbol}"`);
    } catch {
      return false;
    }
  }
}

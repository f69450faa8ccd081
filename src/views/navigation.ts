import { Injectable, type OnModuleInit } from '@nestjs/common';
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

/** The site's header: what plugins have put into it, for those who may see it. */
@Injectable()
export class Navigation implements OnModuleInit {
  readonly #entries: readonly NavigationEntry[];

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

  linksFor(auth: Pick<Auth, 'userId' | 'has'>, currentPath: string): NavigationLink[] {
    return this.#entries
      .filter((entry) => isVisible(entry, auth))
      .map(({ label, path, icon }) => ({
        label,
        path,
        icon: icon === undefined ? null : this.#urlOf(icon),
        isCurrent: path === currentPath,
      }));
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

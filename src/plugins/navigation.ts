import type { Auth, Conditions } from '../auth/index.js';

/** An entry of the site's header. */
export interface NavigationEntry {
  label: string;
  /** A page of the application. No two entries lead to one. */
  path: string;
  /** A symbol of a file that pages can load, such as `icons.svg#chart` or `assets/invoices/icons.svg#bill`. */
  icon?: string;
  /** Entries stand by this number; those that have none come last, in the order of the list of modules. */
  order?: number;
  /** Who sees it; everybody when it says nothing. It closes no route: decorators do. */
  when?: 'signed-in' | Conditions;
}

/** Entries in the order in which the header has them. */
export function inOrder(entries: readonly NavigationEntry[]): NavigationEntry[] {
  return entries.toSorted((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
}

/** Whether an entry is for the caller. */
export function isVisible({ when }: NavigationEntry, auth: Pick<Auth, 'userId' | 'has'>): boolean {
  if (when === undefined) return true;
  return when === 'signed-in' ? auth.userId !== null : auth.has(when);
}

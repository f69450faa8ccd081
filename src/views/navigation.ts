import type { Auth, Conditions } from '../auth/index.js';

/** An entry of the site's header. */
export interface NavigationEntry {
  label: string;
  path: string;
  /** Who sees it; everybody when it says nothing. It closes no route: decorators do. */
  when?: 'signed-in' | Conditions;
}

/** The entries of the site's header, in their order. */
export const navigation: readonly NavigationEntry[] = [
  { label: 'Home', path: '/' },
  { label: 'Plans', path: '/plans' },
  { label: 'Profile', path: '/profile' },
  { label: 'Organisation', path: '/organization', when: 'signed-in' },
  { label: 'Reports', path: '/reports', when: { feature: 'reports' } },
];

/** Whether an entry is for the caller. */
export function isMet(when: 'signed-in' | Conditions, auth: Pick<Auth, 'userId' | 'has'>): boolean {
  return when === 'signed-in' ? auth.userId !== null : auth.has(when);
}

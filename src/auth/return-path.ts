import type { AuthOptions } from './auth.options.js';

/** Words between slashes, as most paths of an application are. */
const PLAINEST = /^\/(?:[\w-]+(?:\/[\w-]+)*)?$/;

/**
 * A place on this origin to go back to, out of what a visitor sent: a path with its query, or `/`. ClerkJS and Clerk's
 * Account Portal send it as a full address.
 * Only a string that is a path to begin with, and that every URL parser keeps on this origin, is taken.
 */
export function returnPath(value: unknown, appUrl: string): string {
  if (typeof value !== 'string') return '/';
  if (PLAINEST.test(value)) return value;
  const path = value.startsWith(`${appUrl}/`) ? value.slice(appUrl.length) : value;
  if (!isPlainPath(path)) return '/';
  const url = new URL(path, appUrl);
  return url.origin === appUrl && isPlainPath(url.pathname) ? url.pathname + url.search : '/';
}

/** Where a request on this origin can be sent again: its path and query, without what Clerk has added for one visit. */
export function repeatPath(path: string, appUrl: string): string {
  // A slash means nothing in a query: encoded, an address in one does not cost the visitor the way back.
  const encoded = path.replace(/\?.*$/s, (query) => query.replaceAll('/', '%2F'));
  return withoutClerksParameters(returnPath(encoded, appUrl));
}

/** The sign-in page, told to lead back to a path on this origin. */
export function signInLocation(path: string, { appUrl, signInUrl }: AuthOptions): string {
  if (PLAINEST.test(path) && PLAINEST.test(signInUrl)) {
    return `${signInUrl}?redirect_url=${encodeURIComponent(path)}`;
  }
  const page = new URL(signInUrl, appUrl);
  const back = repeatPath(path, appUrl);
  page.searchParams.set('redirect_url', page.origin === appUrl ? back : appUrl + back);
  return page.origin === appUrl ? page.pathname + page.search : page.href;
}

/** What Clerk adds to an address, tokens among it, is for one visit only. */
function withoutClerksParameters(path: string): string {
  if (!path.includes('__clerk')) return path;
  const [pathname = '', query] = path.split('?');
  const parameters = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith('__clerk'));
  return parameters.length === 0 ? pathname : `${pathname}?${new URLSearchParams(parameters)}`;
}

/** Backslashes, slashes in a row, control characters and their encoded forms are read as the start of a host by some parser. */
function isPlainPath(value: string): boolean {
  const [path = ''] = value.split(/[?#]/);
  return /^(?!.*\/\/)\/[^\\\p{Cc}\s]*$/u.test(value) && !/%(?:2f|5c|0[\da-f]|1[\da-f])/i.test(path);
}

import type { HelperDelegate, HelperOptions } from 'handlebars';
import type { Auth, Conditions, RouteTable } from '../auth/index.js';
import type { Assets } from './assets.js';

/** Longest name in characters that a page shows whole. */
const LONGEST_NAME = 80;

export interface HelpersOptions {
  assets: Pick<Assets, 'url'>;
  routes: Pick<RouteTable, 'has'>;
  /** Public origin, to which links may lead by http as well. */
  appUrl: string;
}

/** What templates can call. The list is closed: a name that is not here does not compile. */
export function helpers({ assets, routes, appUrl }: HelpersOptions): Record<string, HelperDelegate> {
  return {
    /** `{{asset "site.css"}}`, `{{asset "assets/reports/reports.css"}}`: the address of a file in `public/` or of a plugin's. */
    asset: (name: string) => assets.url(name),

    /** `{{url link}}`: for `href` and `src`. Anything but a path of this origin, https, or http to this host becomes empty. */
    url: (value: string) => (isSafeUrl(value, appUrl) ? value : ''),

    /** `{{truncate name}}`: what somebody calls themselves, cut where it would push everything else off the page. */
    truncate: (name: string) => {
      if (name.length <= LONGEST_NAME) return name;
      const characters = [...name];
      return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : name;
    },

    /** `{{iso date}}`: for the `datetime` attribute of `<time>`. */
    iso: (date: Date) => date.toISOString(),

    /** `{{dateTime date}}`: 23 November 2026, 17:20 UTC. */
    dateTime: (date: Date) => `${DATE_TIME.format(date)} UTC`,

    /** `{{words "org:team_admin"}}`: Team admin. For slugs of features and roles. */
    words,

    /** `{{planName "pro"}}`: Pro. Clerk's own slugs of the plans that everybody begins with read Free. */
    planName: (slug: string) => (FREE_PLANS.includes(slug) ? 'Free' : words(slug)),

    /** `{{#hasPage "/plans"}}…{{else}}…{{/hasPage}}`: for links to what another plugin brings, which may not be there. */
    hasPage(this: unknown, path: string, { fn, inverse }: HelperOptions): string {
      return routes.has('GET', path) ? fn(this) : inverse(this);
    },

    /** `{{#signedIn}}…{{else}}…{{/signedIn}}`: for people whom the server knows. */
    signedIn: branch(({ userId }) => userId !== null),

    /** `{{#signedOut}}…{{/signedOut}}`: the opposite. */
    signedOut: branch(({ userId }) => userId === null),

    /** `{{#has feature="reports" permission="org:reports:export"}}…{{else}}…{{/has}}`: where all of it holds. */
    has: branch(({ has }, conditions) => has(conditions)),
  };
}

/** What templates see of who calls. */
type Holder = Pick<Auth, 'userId' | 'has'>;

/** A block that shows its first or its second part, by what the caller may do. */
function branch(isTrue: (auth: Holder, conditions: Conditions) => boolean): HelperDelegate {
  return function (this: unknown, { data, hash, fn, inverse }: HelperOptions) {
    const { auth } = data as { auth: Holder };
    return isTrue(auth, hash as Conditions) ? fn(this) : inverse(this);
  };
}

const FREE_PLANS = ['free_user', 'free_org'];

function words(slug: string): string {
  const spaced = slug.replace(/^\w+:/, '').replaceAll(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const DATE_TIME = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A path that reads the same to everybody. */
const PLAIN_PATH = /^\/(?!\/)[\w\-./?=&%#]*$/;

/** Read as browsers read it, which pass over tabs and line breaks and take a backslash for a slash. */
function isSafeUrl(value: string, appUrl: string): boolean {
  if (PLAIN_PATH.test(value)) return true;
  if (!/^(?:\/|https?:\/\/)/i.test(value) || !URL.canParse(value, appUrl)) return false;
  const { protocol, hostname, origin } = new URL(value, appUrl);
  if (value.startsWith('/')) return origin === appUrl;
  return protocol === 'https:' || hostname === new URL(appUrl).hostname;
}

import type { HelperDelegate } from 'handlebars';
import type { Assets } from './assets.js';

/** What templates can call. The list is closed: a name that is not here does not compile. */
export function helpers(assets: Assets): Record<string, HelperDelegate> {
  return {
    /** `{{asset "site.css"}}`: the address of a file in `public/`. */
    asset: (name: string) => assets.url(name),

    /** `{{iso date}}`: for the `datetime` attribute of `<time>`. */
    iso: (date: Date) => date.toISOString(),

    /** `{{dateTime date}}`: 23 November 2026, 17:20 UTC. */
    dateTime: (date: Date) => `${DATE_TIME.format(date)} UTC`,

    /** `{{words "org:team_admin"}}`: Team admin. For slugs of plans, features and roles. */
    words: (slug: string) => {
      const words = slug.replace(/^\w+:/, '').replaceAll(/[-_]+/g, ' ').trim();
      return words.charAt(0).toUpperCase() + words.slice(1);
    },
  };
}

const DATE_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

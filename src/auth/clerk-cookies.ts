import { BadRequestException } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { isExpiredHandshake, LONGEST_TOKEN } from './token-policy.js';

const CLERKS = /^__(session|client_uat|clerk|refresh)/;
/** Cookies that say who somebody is, with or without an instance's suffix. */
const IDENTITY = /^__(session|client_uat)(_|$)/;
const HANDSHAKE = /^__clerk_handshake(_nonce)?$/;
/** Seconds since 1970. */
const TIME = /^\d{1,12}$/;
const UNUSUAL = /[^\x20-\x7e]/;
const REDIRECT_COUNT = '__clerk_redirect_count';
/** Redirects after which Clerk's SDK gives up: a count that is none must not start it afresh. */
export const MAX_REDIRECTS = 3;

export type Cookie = [name: string, value: string];

/**
 * Clerk's cookies out of a Cookie header, as its SDK may see them: not decoded, but without those that contradict
 * themselves. A name that comes twice was planted from another host of the domain, so that nobody knows whose session
 * it is, and a token may be longer than any of Clerk's: then no session counts. A time that is not one, and a redirect
 * count out of range, are not what Clerk sets.
 * @throws BadRequestException for control characters, and in Clerk's cookies for all that a cookie cannot hold (RFC 6265,
 * section 4.1.1)
 */
export function clerkCookies(header: string, { handshakes }: { handshakes: boolean }): Cookie[] {
  const isPlain = !UNUSUAL.test(header);
  if (!isPlain && /\p{Cc}/u.test(header)) throw new BadRequestException();
  const pairs = clerksPairs(header);
  // In another application's cookie on this domain they are none of our business.
  if (!isPlain && pairs.some((pair) => UNUSUAL.test(pair.join('')))) throw new BadRequestException();
  const names = pairs.map(([name]) => name);
  const isDoubtful = pairs.some(
    ([name, value], index) =>
      IDENTITY.test(name) && (names.indexOf(name) !== index || value.length > LONGEST_TOKEN),
  );
  return pairs
    .filter(
      ([name, value]) =>
        value.length <= LONGEST_TOKEN &&
        !(isDoubtful && IDENTITY.test(name)) &&
        !(name.startsWith('__client_uat') && !TIME.test(value)) &&
        !(HANDSHAKE.test(name) && (!handshakes || isExpiredHandshake(value))),
    )
    .map((cookie) =>
      cookie[0] === REDIRECT_COUNT ? [REDIRECT_COUNT, redirectCount(cookie[1], names)] : cookie,
    );
}

/** The cookies of Clerk's, in their order. */
function clerksPairs(header: string): Cookie[] {
  const pairs: Cookie[] = [];
  for (let start = 0, end = 0; start < header.length; start = end + 1) {
    end = header.indexOf(';', start);
    if (end < 0) end = header.length;
    const equals = header.indexOf('=', start);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    const name = withoutSpaces(header.slice(start, nameEnd));
    if (CLERKS.test(name)) pairs.push([name, withoutSpaces(header.slice(nameEnd + 1, end))]);
  }
  return pairs;
}

/** What Clerk appends to the names of an instance's cookies, after an underscore. */
export function cookieSuffix(publishableKey: string): string {
  return createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);
}

function withoutSpaces(text: string): string {
  return text.startsWith(' ') || text.endsWith(' ') ? text.replace(/^ +| +$/g, '') : text;
}

/** Counts that contradict each other, or that are none, are the highest. */
function redirectCount(value: string, names: readonly string[]): string {
  const isAlone = names.indexOf(REDIRECT_COUNT) === names.lastIndexOf(REDIRECT_COUNT);
  return isAlone && /^[0-3]$/.test(value) ? value : String(MAX_REDIRECTS);
}

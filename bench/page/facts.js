/** @typedef {{ label: string, path: string, icon: string, isCurrent: boolean }} Link */

/**
 * What the other servers have to be told to send the kit's page: what its plugins and its files decide.
 * @typedef {object} Facts
 * @property {string} siteName
 * @property {{ signedIn: readonly Link[], signedOut: readonly Link[] }} navigation
 * @property {Record<string, string>} assets addresses of files by their names
 * @property {readonly [ui: string, clerkJs: string]} scripts addresses of Clerk's
 * @property {string} refusal body of the answer to a call that needs a session
 */

/**
 * Reads the facts from the kit's own answers.
 * @param {{ signedIn: string, signedOut: string, refusal: string }} answers
 * @returns {Facts}
 */
export function factsOf({ signedIn, signedOut, refusal }) {
  const [ui = '', clerkJs = ''] = [...signedOut.matchAll(/<script [^>]*src="(https:[^"]+)"/g)].map(second);
  const addresses = [...(signedIn + signedOut).matchAll(/"(\/[^"?]+\?v&#x3D;[\w-]+)/g)].map(second);
  return {
    siteName: second(/<span class="brand__name">([^<]*)</.exec(signedOut)),
    navigation: { signedIn: linksIn(signedIn), signedOut: linksIn(signedOut) },
    assets: Object.fromEntries(addresses.map((url) => [url.slice(1, url.indexOf('?')), url])),
    scripts: [ui, clerkJs],
    refusal,
  };
}

/** @param {string} page */
function linksIn(page) {
  const links = page.matchAll(
    /<a class="site-nav__link" href="([^"]*)"( aria-current="page")?>.*?<use href="([^"]*)"><\/use><\/svg>([^<]*)</g,
  );
  return [...links].map(([, path = '', current, icon = '', label = '']) => ({
    label,
    path,
    icon: icon.replaceAll('&#x3D;', '='),
    isCurrent: current !== undefined,
  }));
}

/** @param {RegExpExecArray | RegExpMatchArray | null} match */
function second(match) {
  return (match?.[1] ?? '').replaceAll('&#x3D;', '=');
}

/** Directives that a plugin may add sources to. Scripts are none of them: they run by the nonce of the page alone. */
export const DIRECTIVES = [
  'connect-src',
  'font-src',
  'form-action',
  'frame-src',
  'img-src',
  'media-src',
  'style-src',
  'worker-src',
] as const;

/** Sources by directive of the Content-Security-Policy (https://www.w3.org/TR/CSP3/#framework-directive-source-list). */
export type ContentSources = Partial<Record<(typeof DIRECTIVES)[number], readonly string[]>>;

const HOST = /^(?:https|wss):\/\/(?:\*\.)?(?:[a-z\d-]+\.)+[a-z\d-]+(?::\d{1,5})?(?:\/[\w.~/-]*)?$/;
const OF_NO_HOST = /^(?:data|blob):$/;
const INERT = ['font-src', 'img-src', 'media-src'];

/** What is wrong with sources, a sentence with its remedy each: a policy is widened by single hosts over TLS, not given up. */
export function sourceFaults(sources: ContentSources): string[] {
  return Object.entries(sources).flatMap(([directive, values]) => {
    if (!(DIRECTIVES as readonly string[]).includes(directive)) {
      return [`csp: ${directive} cannot be added to: use one of ${DIRECTIVES.join(', ')}`];
    }
    return values
      .filter((value) => !HOST.test(value) && !(OF_NO_HOST.test(value) && INERT.includes(directive)))
      .map((value) => `csp: ${directive} may not have ${value}: name a host such as https://api.example.com`);
  });
}

/** The sources of all, without what is said twice. */
export function mergedSources(all: readonly ContentSources[]): ContentSources {
  return Object.fromEntries(
    DIRECTIVES.map(
      (name) => [name, [...new Set(all.flatMap((sources) => sources[name] ?? []))]] as const,
    ).filter(([, values]) => values.length > 0),
  );
}

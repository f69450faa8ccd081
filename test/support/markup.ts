/** A start tag as a browser reads it. */
export interface Tag {
  name: string;
  /** Values decoded, by lower-case name; of two of a name the first. */
  attributes: ReadonlyMap<string, string>;
}

const COMMENT = '<!--[^]*?-->';
const RAW_TEXT = '<(script|style)\\b((?:"[^"]*"|\'[^\']*\'|[^"\'>])*)>[^]*?</\\1';
const START_TAG = '<([a-z][^\\s/>]*)((?:"[^"]*"|\'[^\']*\'|[^"\'>])*)>';
const MARKUP = new RegExp(`${COMMENT}|${RAW_TEXT}|${START_TAG}`, 'gi');
const ATTRIBUTE = /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Every start tag of a page in its order; what stands in comments, scripts and styles is none. */
export function tagsOf(html: string): Tag[] {
  return [...html.matchAll(MARKUP)]
    .map(([, rawName, rawAttributes, name = rawName, attributes = rawAttributes]) => ({ name, attributes }))
    .filter(({ name }) => name !== undefined)
    .map(({ name = '', attributes = '' }) => ({
      name: name.toLowerCase(),
      attributes: new Map([...attributes.matchAll(ATTRIBUTE)].toReversed().map(toEntry)),
    }));
}

/** What stands inside a page's script elements. */
export function scriptsOf(html: string): string[] {
  return [...html.matchAll(/<script\b(?:"[^"]*"|'[^']*'|[^"'>])*>([^]*?)<\/script/gi)].map(
    ([, text = '']) => text,
  );
}

/** The text with its character references resolved. */
export function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|(\w+));/gi, (whole: string, hex?: string, name?: string) =>
    hex === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function toEntry([, name = '', double, single, bare]: RegExpExecArray): [string, string] {
  return [name.toLowerCase(), decoded(double ?? single ?? bare ?? '')];
}

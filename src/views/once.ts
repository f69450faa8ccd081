import type { HelperDelegate, HelperOptions } from 'handlebars';

/** Of the helper and of its block: what `TemplateCheck` looks for. */
export const ONCE = 'once';

/**
 * `{{#once @navigation}}…{{/once}}`: what a block makes of an object is rendered once, and kept for as long as the object.
 * The block sees the object and nothing else, so that nothing of one answer gets into another.
 */
export function once(): HelperDelegate {
  const kept = new WeakMap<object, Map<string, string>>();
  return (object: object, place: string, { fn }: HelperOptions) => {
    const byPlace = kept.get(object) ?? new Map<string, string>();
    const html = byPlace.get(place) ?? fn(object, { data: {} });
    kept.set(object, byPlace.set(place, html));
    return html;
  };
}

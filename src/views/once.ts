/** The name of the block. */
export const ONCE = 'once';

/**
 * `{{#once @navigation}}…{{/once}}`: what a block makes of an object is rendered once, and kept for as long as the object.
 * The block sees the object and nothing else, so that nothing of one answer gets into another.
 * @returns what the code of templates calls, with the object, the block's own place and its function
 */
export function once() {
  const kept = new WeakMap<object, Map<string, string>>();
  return (object: object, place: string, block: (context: object, data: object) => string): string => {
    const byPlace = kept.get(object) ?? new Map<string, string>();
    const html = byPlace.get(place) ?? block(object, {});
    kept.set(object, byPlace.set(place, html));
    return html;
  };
}

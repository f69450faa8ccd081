import type { Context } from '../context.js';
import { MOUNT_PATH } from '../mount-path.js';

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '-';
}

/** Where the generated picture with these initials is served; `assets/avatar.routes.ts` draws it. */
export function imageUrl({ origin }: Pick<Context, 'origin'>, text: string): string {
  return `${origin}${MOUNT_PATH}/avatars/${encodeURIComponent(text)}.svg`;
}

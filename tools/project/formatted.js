import { format, getFileInfo, resolveConfig } from 'prettier';

/**
 * A text as `npm run format` leaves it.
 * @param {string} path
 * @param {string} text
 */
export async function formatted(path, text) {
  const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: '.prettierignore' });
  if (ignored || inferredParser === null) return text;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

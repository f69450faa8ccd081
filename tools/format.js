import { join } from 'node:path';

/**
 * The text as Prettier writes it, for files that it keeps: those that it would have left as they were before. Without
 * Prettier, the text as it is.
 * @param {string} root folder of the project
 * @param {string} path in it
 * @param {string} before
 * @param {string} text
 */
export async function formatted(root, path, before, text) {
  const prettier = await import('prettier').catch(() => null);
  if (!prettier) return text;
  const filepath = join(root, path);
  const { ignored, inferredParser } = await prettier.getFileInfo(filepath, {
    ignorePath: join(root, '.prettierignore'),
  });
  if (ignored || !inferredParser) return text;
  const options = { ...(await prettier.resolveConfig(filepath)), filepath };
  // Throws for what is no program, as a template of one: that is no file of Prettier's.
  const isKept = await prettier.check(before, options).catch(() => false);
  return isKept ? prettier.format(text, options) : text;
}

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const KIT_ONLY = /@(site|auth|session|navigation|clerk|signInHref|path|nonce|year|body)\b/g;

/** The kit's templates of its home page, by folder. */
const FOLDERS = ['layouts', 'partials', 'home'];

/**
 * Writes the kit's templates for engines that know no `@name` of the kit's: each reads its field of the root context.
 * @param {string} from
 * @param {string} to
 */
export async function writeViews(from, to) {
  for (const folder of FOLDERS) {
    for (const file of await readdir(join(from, folder))) {
      const path = join(folder, file);
      const source = await readFile(join(from, path), 'utf8');
      await mkdir(dirname(join(to, path)), { recursive: true });
      await writeFile(join(to, path), withKeptEnd(folder, rewritten(source)));
    }
  }
}

/** @param {string} source */
function rewritten(source) {
  return source.replaceAll(/\{\{[^}]*\}\}/g, (call) => call.replaceAll(KIT_ONLY, '@root.$1'));
}

/**
 * Gives the line break at the end of a partial and of a page's body a place where express-handlebars does not cut it off:
 * it trims every template and every body.
 * @param {string} folder
 * @param {string} source
 */
function withKeptEnd(folder, source) {
  if (folder === 'partials') return `${source}{{! end }}`;
  return folder === 'layouts' ? source.replace('{{{@root.body}}}', '$&\n') : source.trimEnd();
}

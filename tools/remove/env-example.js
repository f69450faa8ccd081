/** Where every variable is documented. */
export const ENV_EXAMPLE = '.env.example';

/** Some lines of comment, and the variables directly below that they are about. */
const GROUP = /((?:^#.*\n)*)((?:^[A-Z_]\w*=.*(?:\n|$))+)/gm;

/**
 * The text without some variables, and without the comments that are about them alone.
 * @param {string} text
 * @param {string[]} names
 */
export function withoutVariables(text, names) {
  const without = text.replaceAll(GROUP, (_group, comment, lines) => {
    const left = /** @type {string} */ (lines)
      .split(/(?<=\n)/)
      .filter((line) => !names.includes(line.split('=')[0] ?? ''))
      .join('');
    return left === '' ? '' : comment + left;
  });
  return without === text ? text : `${without.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

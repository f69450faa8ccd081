/** A fenced block of a Markdown file. */
export interface Block {
  language: string;
  /** The file that it stands for, where one is named behind the language. */
  path?: string;
  text: string;
}

/** The blocks of a Markdown file that begin at the margin, in their order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(
    ([, language = '', path, text = '']) => ({ language, path, text }),
  );
}

/**
 * A file with a diff's changes in it.
 * @throws Error unless what the diff takes for granted stands there once
 */
export function patched(file: string, diff: string): string {
  const lines = diff.trimEnd().split('\n');
  const side = (mark: string) => lines.filter((line) => !line.startsWith(mark)).map((line) => line.slice(1));
  const places = file.split(new RegExp(`^${spaced(side('+').join('\n'))}$`, 'm'));
  if (places.length !== 2)
    throw new Error(`This stands there ${places.length - 1} times, not once:\n${diff}`);
  return places.join(side('-').join('\n'));
}

/** Whether the lines are in what was printed, in their order; `…` is anything. */
export function isPrinted(lines: readonly string[], printed: string): boolean {
  const pattern = lines.map((line) => line.split('…').map(spaced).join('[^]*')).join('[^]*');
  return new RegExp(pattern).test(printed);
}

/** A pattern for a text, where blanks in a row count as one. */
function spaced(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(/ +/g, ' +');
}

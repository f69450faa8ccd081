import { Refusal } from '../command.js';

/** Where every route is written down. */
export const ACCESS_TABLE = 'docs/access.md';

const TABLE = /^\| route +\| people +\| programs +\| plugin +\|\n\| ?-.*\n(?<rows>(?:\|.*\n?)*)/m;

/**
 * The table with one more row, in the order of paths.
 * @param {string} text
 * @param {string} path
 * @param {string} plugin
 * @throws {Refusal} when there is no table, or the path stands in it
 */
export function withRoute(text, path, plugin) {
  const rows = rowsOf(text);
  if (!rows) {
    throw new Refusal(
      `${ACCESS_TABLE} has no table "| route | people | programs | plugin |" to write the new route to. Bring it back, with ` +
        'the rows that npm run routes prints, then try again.',
    );
  }
  if (rows.lines.some((line) => pathOf(line) === path)) {
    throw new Refusal(`${path} is a route already, see ${ACCESS_TABLE}: choose another name.`);
  }
  const after = rows.lines.findIndex((line) => pathOf(line).localeCompare(path) > 0);
  const row = `| GET ${path} | signed in | | ${plugin} |`;
  return rows.replaceBy(rows.lines.toSpliced(after === -1 ? rows.lines.length : after, 0, row));
}

/**
 * The table without the rows of a plugin; the text as it was where there is no table.
 * @param {string} text
 * @param {string} plugin
 */
export function withoutRoutesOf(text, plugin) {
  const rows = rowsOf(text);
  return rows ? rows.replaceBy(rows.lines.filter((line) => cellsOf(line).at(-1) !== plugin)) : text;
}

/** @param {string} text */
function rowsOf(text) {
  const rows = TABLE.exec(text)?.groups?.['rows'];
  if (rows === undefined) return undefined;
  return {
    lines: rows.split('\n').filter(Boolean),
    /** @param {string[]} lines */
    replaceBy: (lines) =>
      text.replace(
        TABLE,
        (table) => table.slice(0, table.length - rows.length) + lines.map((line) => `${line}\n`).join(''),
      ),
  };
}

/** @param {string} row */
function pathOf(row) {
  return cellsOf(row)[0]?.split(' ')[1] ?? '';
}

/** @param {string} row */
function cellsOf(row) {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

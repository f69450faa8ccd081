import { readFileSync } from 'node:fs';

/** A line of the table in `docs/access.md`. */
export interface AccessRow {
  method: string;
  path: string;
  /** What people must have, such as `feature reports`; `everybody` alone for a public route. */
  people: string[];
  /** The tokens that programs may come with, and the scopes that they need. */
  programs: string[];
  /** Id of the plugin that the route belongs to; empty for one of the kit's own. */
  plugin: string;
}

/** The table of every route, as somebody has written it down. */
export function accessTable(): AccessRow[] {
  const text = readFileSync('docs/access.md', 'utf8');
  return [...text.matchAll(/^\| ([A-Z]+) (\/\S*) +\|(.*)\|(.*)\|(.*)\|$/gm)].map(
    ([, method = '', path = '', people = '', programs = '', plugin = '']) => ({
      method,
      path,
      people: wordsOf(people),
      programs: wordsOf(programs),
      plugin: plugin.trim(),
    }),
  );
}

function wordsOf(cell: string): string[] {
  return cell
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

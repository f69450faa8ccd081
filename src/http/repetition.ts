import type { Request } from 'express';
import { returnPath } from '../auth/index.js';

/** A request as a form that sends it again. */
export interface Repetition {
  method: 'get' | 'post';
  /** Path on this origin. */
  action: string;
  fields: { name: string; value: string }[];
  /** The page that it came from, or `/`. */
  from: string;
}

/** The form that repeats a request of a page: the query of a link, or the fields of a form that was sent. */
export function repetitionOf(request: Request, appUrl: string): Repetition {
  const { pathname, search, searchParams } = new URL(returnPath(request.originalUrl, appUrl), appUrl);
  const isPost = request.method === 'POST';
  return {
    method: isPost ? 'post' : 'get',
    action: isPost ? pathname + search : pathname,
    fields: isPost ? fieldsOf(request.body) : toFields([...searchParams]),
    from: returnPath(request.get('referer'), appUrl),
  };
}

function fieldsOf(body: unknown): Repetition['fields'] {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return toFields(entries.flatMap(([name, value]) => [value].flat().map((item) => [name, item])));
}

/** What a form cannot hold does not come from one. */
function toFields(entries: unknown[][]): Repetition['fields'] {
  return entries.flatMap(([name, value]) =>
    typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : [],
  );
}

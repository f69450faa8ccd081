import type { Request } from 'express';
import { parameter } from './form.js';

/** One page of a list, as Clerk pages it. */
export interface Page<Item> {
  data: Item[];
  total_count: number;
}

/** Cuts a list by `limit` (default 10, at most 500) and `offset`. */
export function page<Item>(request: Request, items: readonly Item[]): Page<Item> {
  const offset = count(parameter(request, 'offset'), 0);
  const limit = Math.min(count(parameter(request, 'limit'), 10), 500);
  return { data: items.slice(offset, offset + limit), total_count: items.length };
}

function count(value: string | undefined, fallback: number): number {
  return value && /^\d{1,9}$/.test(value) ? Number(value) : fallback;
}

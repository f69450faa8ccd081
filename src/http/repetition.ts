import type { Request } from 'express';
import { repeatPath } from '../auth/index.js';

/** A request as a form that sends it again. */
export interface Repetition {
  method: 'get' | 'post';
  /** Path on this origin. */
  action: string;
  fields: { name: string; value: string }[];
}

/** The form that repeats what a link or a form has sent; null for any other request, which no form can send. */
export function repetitionOf(request: Request, appUrl: string): Repetition | null {
  const { pathname, search, searchParams } = new URL(repeatPath(request.originalUrl, appUrl), appUrl);
  if (request.method === 'GET' || request.method === 'HEAD') {
    return { method: 'get', action: pathname, fields: toFields([...searchParams]) };
  }
  if (request.method !== 'POST' || !request.is('application/x-www-form-urlencoded')) return null;
  const entries = Object.entries((request.body ?? {}) as Record<string, string | string[]>);
  const pairs = entries.flatMap(([name, value]) => [value].flat().map((item) => [name, item] as const));
  return { method: 'post', action: pathname + search, fields: toFields(pairs) };
}

function toFields(entries: readonly (readonly [name: string, value: string])[]): Repetition['fields'] {
  return entries.map(([name, value]) => ({ name, value }));
}

import type { Request } from 'express';
import { isRecord } from '../is-record.js';

/** A field of the form body: undefined when absent, '' where ClerkJS sent null. */
export function field(request: Request, name: string): string | undefined {
  return fields(request, name)[0];
}

/** Every value of a field that may be repeated. */
export function fields(request: Request, name: string): string[] {
  const body: unknown = request.body;
  const value = isRecord(body) ? body[name] : undefined;
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

/** A query parameter, if it was given exactly once. */
export function parameter(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every value of a query parameter that may be repeated. */
export function parameters(request: Request, name: string): string[] {
  const value = request.query[name];
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

/** A segment of the path; '' cannot match anything. */
export function segment(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

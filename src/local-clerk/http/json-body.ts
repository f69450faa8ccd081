import type { Request } from 'express';
import { isRecord } from '../is-record.js';
import { ApiError } from './api.error.js';

const MAXIMUM_SECONDS = 100 * 365 * 24 * 60 * 60;

/** A text of the JSON body: null where it is null, undefined where it is absent. @throws {ApiError} 422 for others. */
export function textOf(request: Request, name: string): string | null | undefined {
  const value = valueOf(request, name);
  if (value === undefined || value === null || typeof value === 'string') return value;
  throw malformed(name, 'text');
}

/** A text that must be there and not be blank. @throws {ApiError} 422 */
export function requiredTextOf(request: Request, name: string): string {
  const text = textOf(request, name)?.trim();
  if (text) return text;
  throw new ApiError(422, 'form_param_missing', `${name} must be included.`, name);
}

/** A list of texts. @throws {ApiError} 422 for others. */
export function textsOf(request: Request, name: string): string[] | undefined {
  const value = valueOf(request, name) ?? undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw malformed(name, 'a list of texts');
}

/** A time span: whole seconds, at least one. @throws {ApiError} 422 for others. */
export function secondsOf(request: Request, name: string): number | null | undefined {
  const value = valueOf(request, name);
  if (value === undefined || value === null) return value;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAXIMUM_SECONDS) {
    return value;
  }
  throw malformed(name, 'a number of seconds');
}

/** An object of any form, such as custom claims. @throws {ApiError} 422 for others. */
export function objectOf(request: Request, name: string): Record<string, unknown> | null | undefined {
  const value = valueOf(request, name);
  if (value === undefined || value === null || isRecord(value)) return value;
  throw malformed(name, 'an object');
}

function valueOf(request: Request, name: string): unknown {
  const body: unknown = request.body;
  return isRecord(body) ? body[name] : undefined;
}

function malformed(name: string, kind: string): ApiError {
  return new ApiError(422, 'form_param_format_invalid', `${name} must be ${kind}.`, name);
}

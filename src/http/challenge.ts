import type { Request } from 'express';
import type { Problem } from './problem.js';

/**
 * What `WWW-Authenticate` says to a caller who is refused: how to be let in, and what was wrong with the token that came
 * (RFC 6750, section 3). Undefined where a token would change nothing.
 */
export function challengeOf({ status, required }: Problem, request: Request): string | undefined {
  const hasToken = request.headers.authorization !== undefined;
  const { scope } = (required ?? {}) as { scope?: string };
  if (status === 401) return hasToken ? 'Bearer error="invalid_token"' : 'Bearer';
  return status === 403 && scope ? `Bearer error="insufficient_scope", scope="${scope}"` : undefined;
}

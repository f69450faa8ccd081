import type { Response } from 'express';

/**
 * Answers with JSON. Not `response.json()`: `@clerk/backend` takes a body for text unless its type is exactly
 * `application/json`, and Express would add a charset.
 */
export function sendJson(response: Response, body: unknown, status = 200): void {
  response.status(status).setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
}

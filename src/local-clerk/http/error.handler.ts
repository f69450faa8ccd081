import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { isRecord } from '../is-record.js';
import { ApiError } from './api.error.js';
import { sendJson } from './send-json.js';

/** 404 in Clerk's shape for calls that the local Clerk does not know; one line names the call, without its query. */
export function unknownRoute(print: (line: string) => void): RequestHandler {
  return (request, response) => {
    print(`local Clerk: unknown call ${request.method} ${request.originalUrl.split('?')[0]}`);
    send(response, new ApiError(404, 'resource_not_found', 'The local Clerk has no such endpoint.'));
  };
}

/** Turns whatever a route throws into Clerk's shape. The cause of a 500 goes to the terminal, not to the caller. */
export function errorHandler(print: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = asApiError(error);
    if (refusal.status >= 500) {
      const cause = isRecord(error) ? String(error['stack']) : String(error);
      print(`local Clerk: ${request.method} ${request.path} failed: ${cause}`);
    }
    send(response, refusal);
  };
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const status = isRecord(error) ? Number(error['status']) : 500;
  return status >= 400 && status < 500
    ? new ApiError(status, 'request_invalid', 'The request could not be read.')
    : new ApiError(500, 'internal_error', 'The local Clerk failed; see the terminal.');
}

function send(response: Response, { status, code, message, parameter, details }: ApiError): void {
  const meta = { ...details, ...(parameter && { param_name: parameter }) };
  sendJson(response, { errors: [{ code, message, long_message: message, meta }] }, status);
}

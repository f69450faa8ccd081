import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { AccessDeniedException } from '../auth/index.js';

/** What is told of an error: problem details as in RFC 9457, and when to try again. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** What happened, for people; only what somebody wrote for them. */
  detail?: string;
  /** What was wrong with the input, one sentence each. */
  errors?: string[];
  /** Further members, of a problem with a type of its own. */
  [member: string]: unknown;
}

/**
 * What may leave of an error. Anything but an HttpException, and any of those that is our fault,
 * keeps its message: it was written for developers.
 */
export function toProblem(error: unknown): Problem {
  const status = statusOf(error);
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status };
  if (!(error instanceof HttpException) || (status >= 500 && status !== 503)) return problem;
  if (error instanceof AccessDeniedException) {
    return { ...problem, type: error.type, detail: error.message, ...error.members };
  }
  const messages = messagesOf(error);
  if (Array.isArray(messages)) return { ...problem, errors: messages };
  return messages === undefined || messages === problem.title ? problem : { ...problem, detail: messages };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Express and its body parsers mark what the client did wrong by a status of their own.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

function messagesOf(error: HttpException): string | string[] | undefined {
  const response = error.getResponse();
  const message = typeof response === 'string' ? response : (response as { message?: unknown }).message;
  if (Array.isArray(message)) return message.map(String);
  return typeof message === 'string' ? message : undefined;
}

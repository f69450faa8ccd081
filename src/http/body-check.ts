import { BadRequestException } from '@nestjs/common';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';

const DEEPEST = 32;

/**
 * Refuses a parsed body that nests deeper than people write, or that names what every object has, such as `constructor`
 * and `__proto__`: class-transformer recurses into the one and passes over the other without a word.
 */
export function bodyCheck(): RequestHandler {
  return (request: Request, _response, next) => {
    next(isPlain(request.body, DEEPEST) ? undefined : new BadRequestException());
  };
}

/** Takes the parser's message from the error of a body that is no JSON: it was written for developers and repeats the body. */
export const bodyFault: ErrorRequestHandler = (error, _request, _response, next) => {
  next(error instanceof SyntaxError ? new BadRequestException('The body is not valid JSON.') : error);
};

function isPlain(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, levels - 1));
  return Object.entries(value).every(
    ([name, item]) => !(name in Object.prototype) && name !== 'prototype' && isPlain(item, levels - 1),
  );
}

import { BadRequestException } from '@nestjs/common';
import express, { type Request, type RequestHandler } from 'express';
import { inTurn } from './in-turn.js';

const DEEPEST = 32;

/**
 * Parses JSON and the fields of forms. Refuses what nests deeper than people write, or names what every object has, such
 * as `constructor` and `__proto__`: class-transformer recurses into the one and passes over the other without a word.
 * @param options `limit` in bytes
 */
export function bodyParser({ limit }: { limit: number }): RequestHandler {
  const parse = inTurn(express.json({ limit }), express.urlencoded({ limit, extended: false }));
  return (request, response, next) => {
    if (!hasBody(request)) return next();
    return parse(request, response, (error?: unknown) => {
      if (error !== undefined) next(readable(error));
      else next(isPlain(request.body, DEEPEST) ? undefined : new BadRequestException());
    });
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** The parser's own message was written for developers and repeats the body. */
function readable(error: unknown): unknown {
  return error instanceof SyntaxError ? new BadRequestException('The body is not valid JSON.') : error;
}

function isPlain(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, levels - 1));
  return Object.entries(value).every(
    ([name, item]) => !(name in Object.prototype) && name !== 'prototype' && isPlain(item, levels - 1),
  );
}

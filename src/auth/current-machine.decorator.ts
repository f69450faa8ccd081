import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Machine } from './machine/machine.js';
import { sessionOf } from './session.js';

/**
 * The program that calls by a token of its own, or null when a person does.
 * @example @AcceptsToken('api_key') @Get() list(@CurrentMachine() machine: Machine) {}
 */
export const CurrentMachine = createParamDecorator(
  (_data: undefined, context: ExecutionContext): Machine | null =>
    sessionOf(context.switchToHttp().getRequest<object>())?.machine ?? null,
);

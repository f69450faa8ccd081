import { SetMetadata } from '@nestjs/common';
import type { TokenType } from '../machine/token-type.js';

/** Metadata key of the token types that a handler or a controller takes. */
export const ACCEPTED_TOKENS = Symbol('ACCEPTED_TOKENS');

/**
 * Who may call a route under `/api`: people by `session_token`, which alone counts without this decorator, and programs by
 * the others. Nothing of another type is sent to Clerk.
 * @example @AcceptsToken('session_token', 'api_key') @Get() list() {}
 */
export const AcceptsToken = (...types: TokenType[]) => SetMetadata(ACCEPTED_TOKENS, types);

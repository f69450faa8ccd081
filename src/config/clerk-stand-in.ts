import type { RequestHandler } from 'express';

/** A development stand-in for Clerk: the variables it fills, and what it serves on the application's origin. */
export interface ClerkStandIn {
  /** Where `handler` is mounted, before any body parser. */
  readonly path: string;
  readonly handler: RequestHandler;
  /** The Clerk variables, as real keys would fill them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Browser scripts that a page loads before ClerkJS. */
  readonly scripts: readonly string[];
  /** Tells the developer how to sign in. */
  announce(): void;
}

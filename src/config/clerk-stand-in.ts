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

/** Opens a stand-in for an application at `origin` whose variables name no Clerk instance. */
export type OpenClerkStandIn = (options: {
  origin: string;
  variables: Readonly<Record<string, string | undefined>>;
  /** Takes plain lines for the developer, with codes to copy: no log of the application. */
  print: (line: string) => void;
}) => Promise<ClerkStandIn>;

import { EnvironmentError } from './config/index.js';

/** Exit status of a faulty configuration (EX_CONFIG of BSD's sysexits). */
const EX_CONFIG = 78;

/** Tells on standard error why the application does not start, with what to do, and gives the exit status. */
export function explainStartFailure(error: unknown): number {
  process.stderr.write(`\n${explain(error)}\n`);
  return error instanceof EnvironmentError ? EX_CONFIG : 1;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: end the other process, or set PORT to a free one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  // An error of ours says all that its reader can act on; a stack would only hide it.
  return error.constructor === Error || error.name in globalThis
    ? (error.stack ?? error.message)
    : error.message;
}

import type { Request, Response } from 'express';
import type { Context } from './context.js';
import { MOUNT_PATH } from './mount-path.js';
import { randomId } from './random.js';
import { sessionToken } from './session-token.js';
import type { Client, Session } from './state/state.js';

const YEAR_S = 365 * 24 * 60 * 60;

/** The client cookie's value, or ''. Cookies are not unique to a port: another application's value matches no client. */
export function clientToken(request: Request): string {
  const match = /(?:^|;\s*)__client=([^;]*)/.exec(request.headers.cookie ?? '');
  return match?.[1] ?? '';
}

/** Makes this browser the client. Out of reach of scripts and of every path but the local Clerk's. */
export function setClientCookie(response: Response, client: Client): void {
  response.append(
    'Set-Cookie',
    `__client=${client.token}; Path=${MOUNT_PATH}; HttpOnly; SameSite=Lax; Max-Age=${YEAR_S}`,
  );
}

/**
 * What a handshake sets on the application's origin, each name plain and suffixed. Readable by scripts, as with Clerk's
 * development keys, where ClerkJS keeps these cookies itself. `__clerk_db_jwt` only has to be there: it opens nothing.
 */
export async function handshakeDirectives(
  context: Context,
  client: Client | undefined,
  session: Session | undefined,
): Promise<string[]> {
  const signedInAt = session && client ? Math.floor(client.updatedAt / 1000) : 0;
  const token = session && (await sessionToken(context, session));
  return [
    ...bothNames(context, '__clerk_db_jwt', randomId('dvb'), YEAR_S),
    ...bothNames(context, '__client_uat', String(signedInAt), YEAR_S),
    ...bothNames(context, '__session', token ?? '', token ? YEAR_S : 0),
  ];
}

function bothNames({ instance }: Context, name: string, value: string, maxAge: number): string[] {
  const attributes = `Path=/; SameSite=Lax; Max-Age=${maxAge}`;
  return [name, `${name}_${instance.cookieSuffix}`].map((full) => `${full}=${value}; ${attributes}`);
}

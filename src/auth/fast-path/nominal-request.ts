import type { Request } from 'express';
import type { AuthOptions } from '../auth.options.js';
import { isApi } from '../caller.js';
import { clerkCookies } from '../clerk-cookies.js';
import { mayHandshake } from '../clerk-request.js';

/** What a nominal request says of who sent it: nobody, or a token of which nothing is verified. */
export type Credentials = 'none' | { token: string; clientUat: number };

/** What a browser holds of a sign-in, under the plain names of Clerk's cookies or with the instance's suffix. */
interface SignInCookies {
  token?: string;
  /** When the sign-in last changed, seconds since 1970. */
  clientUat?: string;
  /** With test keys. */
  devBrowser?: string;
}

/** What the cookies of a sign-in are called in an instance. */
export type SignInCookieNames = ReadonlyMap<string, { field: keyof SignInCookies; isSuffixed: boolean }>;

/** @param suffix of the instance's cookies */
export function signInCookieNames(suffix: string): SignInCookieNames {
  const fields = { __session: 'token', __client_uat: 'clientUat', __clerk_db_jwt: 'devBrowser' } as const;
  return new Map(
    Object.entries(fields).flatMap(([name, field]) =>
      [false, true].map((isSuffixed) => [isSuffixed ? `${name}_${suffix}` : name, { field, isSuffixed }]),
    ),
  );
}

/** A parameter of Clerk's begins with two underscores, however the address writes them. */
const CLERK_PARAMETER = /\?.*(?:__|%5f)/i;
/** Cookies that are there to be acted on. */
const DIRECTIVE = /^__clerk_(?:handshake|handshake_nonce|redirect_count)$/;

/**
 * What the ordinary request brings, which a browser sends from page to page; undefined for every other: one that could start
 * or end a handshake, that comes from another site, or whose cookies differ with and without the instance's suffix. Only of
 * a nominal request is it certain which cookie Clerk's SDK would read, and that it would look at nothing else.
 * @throws BadRequestException as `clerkCookies`
 */
export function nominalCredentials(
  request: Request,
  options: AuthOptions,
  names: SignInCookieNames,
): Credentials | undefined {
  if (isUnusual(request, options)) return undefined;
  const cookies = clerkCookies(request.headers.cookie ?? '', { handshakes: mayHandshake(request) });
  const [plain, suffixed]: [SignInCookies, SignInCookies] = [{}, {}];
  for (const [name, value] of cookies) {
    if (DIRECTIVE.test(name)) return undefined;
    const meant = names.get(name);
    if (meant && value !== '') (meant.isSuffixed ? suffixed : plain)[meant.field] = value;
  }
  const isLive = options.publishableKey.startsWith('pk_live_');
  if (isStranger(plain) && isStranger(suffixed)) return isLive ? 'none' : undefined;
  const { token, clientUat, devBrowser } = agreed(plain, suffixed) ?? {};
  if (!token || !Number(clientUat) || !(isLive || devBrowser)) return undefined;
  return { token, clientUat: Number(clientUat) };
}

function isUnusual(request: Request, options: AuthOptions): boolean {
  const { appUrl, isSatellite, domain, organizationSyncOptions } = options;
  const { referer, authorization } = request.headers;
  return (
    isSatellite ||
    domain !== undefined ||
    organizationSyncOptions !== undefined ||
    !/^\/(?!\/)/.test(request.originalUrl) ||
    CLERK_PARAMETER.test(request.originalUrl) ||
    (referer !== undefined && referer !== appUrl && !referer.startsWith(`${appUrl}/`)) ||
    (authorization !== undefined && isApi(request))
  );
}

function isStranger({ token, clientUat = '0' }: SignInCookies): boolean {
  return token === undefined && Number(clientUat) === 0;
}

/** The cookies that are read whichever names count; undefined where that makes a difference. */
function agreed(plain: SignInCookies, suffixed: SignInCookies): SignInCookies | undefined {
  if (isAbsent(suffixed)) return plain;
  const isSame = plain.token === suffixed.token && plain.clientUat === suffixed.clientUat;
  return isAbsent(plain) || isSame ? suffixed : undefined;
}

function isAbsent({ token, clientUat }: SignInCookies): boolean {
  return token === undefined && clientUat === undefined;
}

import type { Request } from 'express';
import type { Context } from '../context.js';
import { ApiError } from '../http/api.error.js';
import { sign } from '../session-token.js';
import type { M2MToken, Machine } from '../state/machine-records.js';
import { isValid } from './revocable.js';
import { sameSecret, secretOf } from './secret.js';

/** Life in seconds of a machine's token that asks for none. */
export const TOKEN_LIFETIME_S = 60 * 60;

/** What marks a signed machine token in the `cat` of its header. */
const M2M_CATEGORY = 'cl_B7d4PD333AAA';

/** Who asks: a machine by its own secret key, or the application by the instance's, which is undefined here. */
export function askingMachine(context: Context, request: Request): Machine | undefined {
  const secret = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  if (sameSecret(secret, context.instance.secretKey)) return undefined;
  const machine = context.store.state.machines.find(({ id }) =>
    sameSecret(secret, secretOf(context, 'ak', id)),
  );
  if (machine) return machine;
  throw new ApiError(401, 'machine_secret_key_invalid', 'The machine secret key is missing or wrong.');
}

/** The opaque form of a token. */
export function opaqueToken(context: Pick<Context, 'instance'>, { id }: M2MToken): string {
  return secretOf(context, 'mt', id);
}

/** The signed form of a token, which is verified with no call. */
export function signedToken(context: Context, token: M2MToken): Promise<string> {
  const scopes = scopesOf(context, token);
  return sign(
    context,
    {
      ...token.claims,
      iss: context.instance.issuer,
      sub: token.machineId,
      jti: token.id,
      iat: Math.floor(token.createdAt / 1000),
      exp: Math.floor((token.expiresAt ?? token.createdAt + TOKEN_LIFETIME_S * 1000) / 1000),
      scopes: scopes.join(' '),
    },
    { typ: 'JWT', cat: M2M_CATEGORY },
  );
}

/** Ids of the machines that take the token. */
export function scopesOf({ store }: Pick<Context, 'store'>, { machineId }: M2MToken): string[] {
  return store.state.machines.find(({ id }) => id === machineId)?.scopedMachines ?? [];
}

/** The valid token of that opaque form, if the asking machine is one of those that take it. */
export function verifiedToken(
  context: Context,
  opaque: string,
  asking: Machine | undefined,
): M2MToken | undefined {
  const token = context.store.state.m2mTokens.find((candidate) =>
    sameSecret(opaque, opaqueToken(context, candidate)),
  );
  if (!token || !isValid(token)) return undefined;
  return !asking || scopesOf(context, token).includes(asking.id) ? token : undefined;
}

import { Transform } from './class-transformer.js';
import { IsIn, IsInt, IsOptional, Max, Min } from './class-validator.js';
import type { ClerkStandIn } from './clerk-stand-in.js';
import { Must } from './must.decorator.js';
import * as rules from './environment.rules.js';

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
const wholeNumber = (value: string) => (/^\d+$/.test(value) ? Number(value) : value);

/**
 * The process's variables, checked and typed: each property is the variable of that name.
 * `.env.example` documents them for the person who sets them. A blank variable counts as unset.
 */
export class Environment {
  @IsOptional()
  @IsIn(['production', 'development', 'test'], {
    message: 'is not a known mode: set production, development or test, or remove it',
  })
  readonly NODE_ENV?: 'production' | 'development' | 'test' = undefined;

  /** TCP port to listen on. */
  @Transform(({ value }) => wholeNumber(value as string))
  @IsInt({ message: 'is not a port: set a whole number from 1 to 65535' })
  @Min(1, { message: 'is not a port: set a whole number from 1 to 65535' })
  @Max(65535, { message: 'is not a port: set a whole number from 1 to 65535' })
  readonly PORT: number = 3000;

  /** Address to listen on. */
  @Must(rules.beAnAddress)
  readonly HOST: string = '127.0.0.1';

  /** Public origin, without a trailing slash. Every absolute URL is built from it. */
  @Must(rules.beThePublicOrigin)
  readonly APP_URL: string = '';

  /** Proxies whose forwarding headers count: a number of hops, or addresses and ranges. */
  @IsOptional()
  @Transform(({ value }) => (/^\d+$/.test(value as string) ? Number(value) : list(value as string)))
  @Must(rules.beProxies)
  readonly TRUST_PROXY?: number | string[] = undefined;

  /** Longest request body in bytes. */
  @Transform(({ value }) => wholeNumber(value as string))
  @IsInt({ message: 'is not a size: set a whole number of bytes from 1 to 10000000' })
  @Min(1, { message: 'is not a size: set a whole number of bytes from 1 to 10000000' })
  @Max(10_000_000, { message: 'is not a size: set a whole number of bytes from 1 to 10000000' })
  readonly BODY_LIMIT: number = 16_384;

  @Must(rules.beThePublishableKey)
  readonly CLERK_PUBLISHABLE_KEY?: string = undefined;

  @Must(rules.beTheSecretKey)
  readonly CLERK_SECRET_KEY?: string = undefined;

  /** PEM public key; a single-line value may write its line breaks as `\n`. */
  @IsOptional()
  @Transform(({ value }) => (value as string).replaceAll('\\n', '\n'))
  @Must(rules.beAnRsaPublicKey, rules.needTheClerkKeys)
  readonly CLERK_JWT_KEY?: string = undefined;

  /** Base URL of Clerk's Backend API. */
  @IsOptional()
  @Must(rules.beAUrl, rules.needTheClerkKeys)
  readonly CLERK_API_URL?: string = undefined;

  /** Origins that a session token may come from. */
  @Transform(({ value }) => list(value as string))
  @Must(rules.beOrigins)
  readonly CLERK_AUTHORIZED_PARTIES: string[] = [];

  @IsOptional()
  @Must(rules.beAUrlOrPath, rules.needTheClerkKeys)
  readonly CLERK_PROXY_URL?: string = undefined;

  @IsOptional()
  @Must(rules.beAHostname, rules.needTheClerkKeys)
  readonly CLERK_DOMAIN?: string = undefined;

  @IsOptional()
  @IsIn(['true', 'false', '1', '0'], { message: 'is not a yes or no: set true or false' })
  @Must(rules.needASatelliteSetUp)
  readonly CLERK_IS_SATELLITE?: string = undefined;

  @IsOptional()
  @Must(rules.beAUrlOrPath)
  readonly CLERK_SIGN_IN_URL?: string = undefined;

  @IsOptional()
  @Must(rules.beAUrlOrPath)
  readonly CLERK_SIGN_UP_URL?: string = undefined;

  @IsOptional()
  @Must(rules.beAToken, rules.needTheClerkKeys)
  readonly CLERK_MACHINE_SECRET_KEY?: string = undefined;

  @IsOptional()
  @IsIn(['1'], { message: 'is not understood: set 1, or remove it' })
  readonly ALLOW_DEV_INSTANCE?: string = undefined;

  @IsOptional()
  @IsIn(['1'], { message: 'is not understood: set 1, or remove it' })
  readonly CLERK_SDK_ONLY?: string = undefined;

  /** The variables of plugins, an instance of each one's own class. */
  readonly extensions: readonly object[] = [];

  /** What plays Clerk's part on this machine when no key is set; undefined with real keys. */
  readonly localClerk?: ClerkStandIn = undefined;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  get isSatellite(): boolean {
    return this.CLERK_IS_SATELLITE === 'true' || this.CLERK_IS_SATELLITE === '1';
  }
}

import { createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import type { Rule } from './must.decorator.js';

const HOSTNAME = /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i;
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

export const beAnAddress: Rule = (value) =>
  isIP(value as string) || HOSTNAME.test(value as string)
    ? undefined
    : 'is not an address: set an IP address or a host name such as 127.0.0.1';

export const beThePublicOrigin: Rule = (value, { NODE_ENV }) => {
  const example = 'set an origin such as https://app.example.com';
  if (value === '') return NODE_ENV === 'production' ? `is required in production: ${example}` : undefined;
  const url = toHttpUrl(value as string);
  if (!url || url.origin !== value) return `is not an origin (scheme, host and port alone): ${example}`;
  if (url.protocol === 'http:' && isOffThisMachine(value)) {
    return `is not https: ${example}; http is for localhost only`;
  }
  return undefined;
};

export const beProxies: Rule = (value) =>
  typeof value === 'number' || ((value as string[]).length > 0 && (value as string[]).every(isProxy))
    ? undefined
    : 'is not a list of proxies: set addresses or ranges such as 10.0.0.0/8, or a number of hops';

export const beThePublishableKey: Rule = (value, environment) => {
  const from = 'copy it from the API keys page of the Clerk dashboard';
  if (value === undefined) {
    const { CLERK_SECRET_KEY, NODE_ENV, APP_URL } = environment;
    if (CLERK_SECRET_KEY !== undefined) return `is missing beside CLERK_SECRET_KEY: ${from}`;
    if (NODE_ENV === 'production') return `is required in production: ${from}`;
    return isOffThisMachine(APP_URL)
      ? `is required with this APP_URL, because the local Clerk serves localhost only: ${from}`
      : undefined;
  }
  const key = value as string;
  if (key.startsWith('sk_')) return `holds a secret key, which must never reach a page: ${from}`;
  if (!isPublishableKey(key)) return `is not a publishable key (pk_test_ or pk_live_): ${from}`;
  const { CLERK_SECRET_KEY: secret, NODE_ENV, ALLOW_DEV_INSTANCE } = environment;
  if (secret !== undefined && keyMode(secret) !== undefined && keyMode(secret) !== keyMode(key)) {
    return 'is of another mode than CLERK_SECRET_KEY: set two test keys or two live keys of one instance';
  }
  if (NODE_ENV === 'production' && keyMode(key) === 'test' && ALLOW_DEV_INSTANCE !== '1') {
    return 'is a test key in production: set the live keys, or ALLOW_DEV_INSTANCE=1 if you mean it';
  }
  return undefined;
};

export const beTheSecretKey: Rule = (value, environment) => {
  const from = 'copy it from the API keys page of the Clerk dashboard';
  if (value === undefined) {
    if (environment.CLERK_PUBLISHABLE_KEY !== undefined)
      return `is missing beside CLERK_PUBLISHABLE_KEY: ${from}`;
    return environment.NODE_ENV === 'production' ? `is required in production: ${from}` : undefined;
  }
  if ((value as string).startsWith('pk_')) return `holds a publishable key: ${from}`;
  return /^sk_(test|live)_[\w-]+$/.test(value as string)
    ? undefined
    : `is not a secret key (sk_test_ or sk_live_): ${from}`;
};

export const beAnRsaPublicKey: Rule = (value) => {
  try {
    const key = createPublicKey(value as string);
    if (key.asymmetricKeyType === 'rsa' && (value as string).includes('BEGIN PUBLIC KEY')) return undefined;
  } catch {
    // Falls through to the one message for every unusable key.
  }
  return 'is not a PEM public key (RSA): copy "JWKS public key" from the API keys page of the Clerk dashboard';
};

export const needTheClerkKeys: Rule = (_value, { CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY }) =>
  CLERK_PUBLISHABLE_KEY === undefined && CLERK_SECRET_KEY === undefined
    ? 'is set without Clerk keys: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or remove it'
    : undefined;

export const beAUrl: Rule = (value) =>
  toHttpUrl(value as string) ? undefined : 'is not a URL: set one such as https://api.clerk.com';

export const beAUrlOrPath: Rule = (value) =>
  /^\/(?![/\\])[^\s\\]*$/.test(value as string) || toHttpUrl(value as string)
    ? undefined
    : 'is neither a URL nor a path of this origin: set one such as https://example.com/page or /page';

export const beOrigins: Rule = (value, { APP_URL }) => {
  const origins = value as string[];
  // Left unset it is APP_URL, whose own rule reports what is wrong with that.
  if (origins.join() === APP_URL) return undefined;
  return origins.length > 0 && origins.every((origin) => toHttpUrl(origin)?.origin === origin)
    ? undefined
    : 'is not a list of origins: set one or more such as https://app.example.com, with commas between';
};

export const beAHostname: Rule = (value) =>
  HOSTNAME.test(value as string) ? undefined : 'is not a host name: set one such as clerk.example.com';

export const beAToken: Rule = (value) =>
  /^[\w-]+$/.test(value as string) ? undefined : 'is not a key: copy it from the Clerk dashboard';

export const needASatelliteSetUp: Rule = (_value, environment) => {
  if (!environment.isSatellite) return undefined;
  if (environment.CLERK_DOMAIN === undefined && environment.CLERK_PROXY_URL === undefined) {
    return 'needs to know the satellite: set CLERK_DOMAIN or CLERK_PROXY_URL as well';
  }
  const signIn = toHttpUrl(environment.CLERK_SIGN_IN_URL ?? '');
  return signIn && signIn.origin !== environment.APP_URL
    ? undefined
    : "needs the primary application's sign-in page: set CLERK_SIGN_IN_URL to its full URL";
};

function isPublishableKey(key: string): boolean {
  const host = /^pk_(?:test|live)_([\w+/-]+={0,2})$/.exec(key)?.[1];
  const decoded = host && Buffer.from(host, 'base64').toString();
  return !!decoded && decoded.endsWith('$') && decoded.includes('.') && HOSTNAME.test(decoded.slice(0, -1));
}

function keyMode(key: string): string | undefined {
  return /^[ps]k_(test|live)_/.exec(key)?.[1];
}

function isProxy(item: string): boolean {
  const [address = '', bits] = item.split('/');
  const family = isIP(address);
  if (bits === undefined) return family !== 0 || PROXY_NAMES.includes(item);
  return (
    family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128)
  );
}

function isOffThisMachine(origin: string): boolean {
  const hostname = toHttpUrl(origin)?.hostname ?? 'localhost';
  const isLoopback =
    /^(.+\.)?localhost$|^\[::1\]$/.test(hostname) || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  return !isLoopback;
}

function toHttpUrl(value: string): URL | undefined {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.username || url.password || url.search || url.hash ? undefined : url;
}

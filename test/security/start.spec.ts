import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.js';
import { Environment, loadEnvironment } from '../../src/config/index.js';
import { explainStartFailure } from '../../src/start-failure.js';
import { ClerkInstance } from '../support/index.js';

type Variables = Record<string, string>;

const live = new ClerkInstance().variables;
const test = new ClerkInstance({ mode: 'test' }).variables;
const PRODUCTION: Variables = { NODE_ENV: 'production', APP_URL: 'https://app.example.com', ...live };
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PRIVATE_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const BOTH_KEYS = ['CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY'];
const SECRET = 'sk_live_4c3a';
/** What was written to standard error, each message apart. */
let messages: string[];

beforeEach(() => {
  messages = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => messages.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Exit status of an application that starts on the variables, as `main.ts` ends it. */
async function exitOf(variables: Variables): Promise<number> {
  const failure: unknown = await loadEnvironment(variables).catch((error: unknown) => error);
  return explainStartFailure(failure);
}

/** The variables at fault, as the message lists them. */
function named(): string[] {
  return [...messages.join('').matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name = '']) => name);
}

describe('a faulty configuration', () => {
  it.each<[what: string, variables: Variables, names: string[]]>([
    ['an unknown mode', { NODE_ENV: 'prod' }, ['NODE_ENV']],
    ['a port that is none', { PORT: '70000' }, ['PORT']],
    ['an address that is none', { HOST: '0.0.0.0/0' }, ['HOST']],
    ['no origin', { APP_URL: '' }, ['APP_URL']],
    ['an origin that is none', { APP_URL: 'app.example.com' }, ['APP_URL']],
    ['an origin on plain http', { APP_URL: 'http://app.example.com' }, ['APP_URL']],
    ['a proxy that is none', { TRUST_PROXY: 'true' }, ['TRUST_PROXY']],
    ['a body size that is none', { BODY_LIMIT: '16kb' }, ['BODY_LIMIT']],
    ['no publishable key', { CLERK_PUBLISHABLE_KEY: '' }, ['CLERK_PUBLISHABLE_KEY']],
    ['a publishable key that is none', { CLERK_PUBLISHABLE_KEY: 'pk_live_!' }, ['CLERK_PUBLISHABLE_KEY']],
    ['no secret key', { CLERK_SECRET_KEY: '' }, ['CLERK_SECRET_KEY']],
    ['a secret key that is none', { CLERK_SECRET_KEY: `${SECRET} x` }, ['CLERK_SECRET_KEY']],
    ['no key at all', { CLERK_PUBLISHABLE_KEY: '', CLERK_SECRET_KEY: '', CLERK_JWT_KEY: '' }, BOTH_KEYS],
    [
      'swapped keys',
      { CLERK_PUBLISHABLE_KEY: SECRET, CLERK_SECRET_KEY: live['CLERK_PUBLISHABLE_KEY'] ?? '' },
      BOTH_KEYS,
    ],
    ['a live and a test key', { CLERK_SECRET_KEY: 'sk_test_4c3a' }, ['CLERK_PUBLISHABLE_KEY']],
    ['a test and a live key', { ...test, CLERK_SECRET_KEY: SECRET }, ['CLERK_PUBLISHABLE_KEY']],
    ['test keys', test, ['CLERK_PUBLISHABLE_KEY']],
    ['a private key to verify with', { CLERK_JWT_KEY: PRIVATE_KEY }, ['CLERK_JWT_KEY']],
    [
      'a cut key to verify with',
      { CLERK_JWT_KEY: (live['CLERK_JWT_KEY'] ?? '').slice(0, 99) },
      ['CLERK_JWT_KEY'],
    ],
    ['a Backend API that is none', { CLERK_API_URL: 'api.clerk.com' }, ['CLERK_API_URL']],
    [
      'a Backend API with credentials',
      { CLERK_API_URL: `https://x:${SECRET}@clerk.example` },
      ['CLERK_API_URL'],
    ],
    ['no authorized party', { CLERK_AUTHORIZED_PARTIES: ',' }, ['CLERK_AUTHORIZED_PARTIES']],
    ['anybody as authorized party', { CLERK_AUTHORIZED_PARTIES: '*' }, ['CLERK_AUTHORIZED_PARTIES']],
    ['a proxy path that leaves', { CLERK_PROXY_URL: '//evil.example' }, ['CLERK_PROXY_URL']],
    ['a domain that is none', { CLERK_DOMAIN: 'https://x' }, ['CLERK_DOMAIN']],
    ['half a satellite', { CLERK_IS_SATELLITE: 'true' }, ['CLERK_IS_SATELLITE']],
    ['a sign-in page elsewhere by accident', { CLERK_SIGN_IN_URL: '/\\evil.example' }, ['CLERK_SIGN_IN_URL']],
    ['a sign-up page that runs', { CLERK_SIGN_UP_URL: 'javascript:alert(1)' }, ['CLERK_SIGN_UP_URL']],
    [
      'a machine key that is none',
      { CLERK_MACHINE_SECRET_KEY: `${SECRET}\nx` },
      ['CLERK_MACHINE_SECRET_KEY'],
    ],
    ['a permission that is none', { ALLOW_DEV_INSTANCE: 'true' }, ['ALLOW_DEV_INSTANCE']],
  ])('J32 ends the process with 78 and names the variable: %s', async (_what, variables, names) => {
    expect(await exitOf({ ...PRODUCTION, ...variables })).toBe(78);
    expect(named()).toEqual(names);
    expect(messages.join('')).not.toMatch(/4c3a|PRIVATE KEY|BEGIN|\bat \S+:\d+/);
  });

  it('J32 is told in one message that lists every fault', async () => {
    const faults = {
      NODE_ENV: 'production',
      PORT: 'abc',
      HOST: 'a b',
      APP_URL: 'ftp://x',
      TRUST_PROXY: 'everybody',
      BODY_LIMIT: '-1',
      CLERK_PUBLISHABLE_KEY: SECRET,
      CLERK_SECRET_KEY: 'pk_live_4c3a',
      CLERK_JWT_KEY: PRIVATE_KEY,
      CLERK_API_URL: `ftp://${SECRET}`,
      CLERK_AUTHORIZED_PARTIES: SECRET,
      CLERK_PROXY_URL: SECRET,
      CLERK_DOMAIN: `${SECRET}/`,
      CLERK_IS_SATELLITE: SECRET,
      CLERK_SIGN_IN_URL: SECRET,
      CLERK_SIGN_UP_URL: SECRET,
      CLERK_MACHINE_SECRET_KEY: `${SECRET}!`,
      ALLOW_DEV_INSTANCE: SECRET,
    };
    expect(await exitOf(faults)).toBe(78);
    expect(named()).toEqual(Object.keys(faults).filter((name) => name !== 'NODE_ENV'));
    expect(messages).toHaveLength(1);
    expect(messages.join('')).not.toContain('4c3a');
  });
});

describe('a port that is in use', () => {
  let other: Server;

  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  it('J33 ends the process with 1 and a message that names it', async () => {
    const { port } = other.address() as AddressInfo;
    const print = { ...console };
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const app = await createApp({ NODE_ENV: 'test', ...test, PORT: String(port) });
    const failure: unknown = await app
      .listen(port, app.get(Environment).HOST)
      .catch((error: unknown) => error);
    await app.close();
    Object.assign(console, print);
    messages = [];
    // Node's own errors are of another realm than the tests.
    expect(explainStartFailure(Object.assign(new Error('listen'), failure))).toBe(1);
    expect(messages).toEqual([
      `\nPort ${port} is in use: end the other process, or set PORT to a free one.\n`,
    ]);
  });
});

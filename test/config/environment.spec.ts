import { afterEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, EnvironmentError, loadEnvironment, processVariables } from '../../src/config/index.js';
import { ClerkInstance } from '../support/index.js';

const live = new ClerkInstance().variables;
const test = new ClerkInstance({ mode: 'test' }).variables;
const production = { NODE_ENV: 'production', APP_URL: 'https://app.example.com', ...live };

async function faultsOf(variables: Record<string, string>): Promise<readonly string[]> {
  const error: unknown = await loadEnvironment(variables).catch((reason: unknown) => reason);
  if (!(error instanceof EnvironmentError)) throw new Error('The environment was accepted');
  return error.faults;
}

describe(Environment.name, () => {
  it('has defaults for everything but the keys', async () => {
    expect(await loadEnvironment(live)).toMatchObject({
      NODE_ENV: undefined,
      PORT: 3000,
      HOST: '127.0.0.1',
      APP_URL: 'http://localhost:3000',
      CLERK_AUTHORIZED_PARTIES: ['http://localhost:3000'],
      isProduction: false,
      isSatellite: false,
    });
  });

  it('derives the public origin from the port', async () => {
    expect((await loadEnvironment({ ...live, PORT: '4000' })).APP_URL).toBe('http://localhost:4000');
    expect((await loadEnvironment({ ...live, PORT: '80' })).APP_URL).toBe('http://localhost');
  });

  it('types what it reads', async () => {
    const environment = await loadEnvironment({
      ...live,
      APP_URL: 'https://app.example.com/',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      CLERK_AUTHORIZED_PARTIES: 'https://app.example.com, https://two.example',
      CLERK_JWT_KEY: (live['CLERK_JWT_KEY'] ?? '').replaceAll('\n', '\\n'),
    });
    expect(environment).toMatchObject({
      APP_URL: 'https://app.example.com',
      TRUST_PROXY: ['10.0.0.0/8', 'loopback'],
      CLERK_AUTHORIZED_PARTIES: ['https://app.example.com', 'https://two.example'],
      CLERK_JWT_KEY: live['CLERK_JWT_KEY'],
    });
    expect((await loadEnvironment({ ...live, TRUST_PROXY: '1' })).TRUST_PROXY).toBe(1);
  });

  it('takes a blank variable for an unset one', async () => {
    expect((await loadEnvironment({ ...live, PORT: ' ', CLERK_PROXY_URL: '' })).PORT).toBe(3000);
  });

  it('accepts a satellite that knows its primary', async () => {
    const environment = await loadEnvironment({
      ...production,
      CLERK_IS_SATELLITE: 'true',
      CLERK_DOMAIN: 'two.example',
      CLERK_SIGN_IN_URL: 'https://primary.example/sign-in',
    });
    expect(environment.isSatellite).toBe(true);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an unknown mode', { NODE_ENV: 'staging' }, 'NODE_ENV is not a known mode'],
    ['a port that is none', { PORT: 'abc' }, 'PORT is not a port'],
    ['a port in hexadecimal', { PORT: '0x10' }, 'PORT is not a port'],
    ['a port out of range', { PORT: '99999' }, 'PORT is not a port'],
    ['an address that is none', { HOST: 'a b' }, 'HOST is not an address'],
    ['an origin with a path', { APP_URL: 'https://app.example.com/x' }, 'APP_URL is not an origin'],
    ['an origin without a scheme', { APP_URL: 'app.example.com' }, 'APP_URL is not an origin'],
    ['plain http off loopback', { APP_URL: 'http://app.example.com' }, 'APP_URL is not https'],
    ['no origin in production', { NODE_ENV: 'production', APP_URL: '' }, 'APP_URL is required in production'],
    ['trust in everybody', { TRUST_PROXY: 'true' }, 'TRUST_PROXY is not a list of proxies'],
    ['a proxy range that is none', { TRUST_PROXY: '10.0.0.0/99' }, 'TRUST_PROXY is not a list of proxies'],
    [
      'a publishable key that is none',
      { CLERK_PUBLISHABLE_KEY: 'pk_live_x' },
      'CLERK_PUBLISHABLE_KEY is not a publishable key',
    ],
    ['a secret key that is none', { CLERK_SECRET_KEY: 'hello' }, 'CLERK_SECRET_KEY is not a secret key'],
    [
      'a publishable key alone',
      { CLERK_SECRET_KEY: '' },
      'CLERK_SECRET_KEY is missing beside CLERK_PUBLISHABLE_KEY',
    ],
    [
      'a secret key alone',
      { CLERK_PUBLISHABLE_KEY: '' },
      'CLERK_PUBLISHABLE_KEY is missing beside CLERK_SECRET_KEY',
    ],
    ['keys of two modes', { CLERK_SECRET_KEY: 'sk_test_secret' }, 'CLERK_PUBLISHABLE_KEY is of another mode'],
    [
      'test keys in production',
      { ...test, NODE_ENV: 'production' },
      'CLERK_PUBLISHABLE_KEY is a test key in production',
    ],
    ['a key that is no PEM', { CLERK_JWT_KEY: 'abc' }, 'CLERK_JWT_KEY is not a PEM public key'],
    ['a URL that is none', { CLERK_API_URL: 'ftp://x' }, 'CLERK_API_URL is not a URL'],
    [
      'no authorized party',
      { CLERK_AUTHORIZED_PARTIES: ',' },
      'CLERK_AUTHORIZED_PARTIES is not a list of origins',
    ],
    [
      'a party with a path',
      { CLERK_AUTHORIZED_PARTIES: 'https://x.example/y' },
      'CLERK_AUTHORIZED_PARTIES is not a list',
    ],
    ['a proxy that is none', { CLERK_PROXY_URL: 'x' }, 'CLERK_PROXY_URL is neither a URL nor a path'],
    [
      'a path that leaves the origin',
      { CLERK_SIGN_IN_URL: '//evil.example' },
      'CLERK_SIGN_IN_URL is neither a URL nor a path',
    ],
    ['a domain that is none', { CLERK_DOMAIN: 'https://x' }, 'CLERK_DOMAIN is not a host name'],
    [
      'a satellite without a domain',
      { CLERK_IS_SATELLITE: 'true' },
      'CLERK_IS_SATELLITE needs to know the satellite',
    ],
    ['a flag that is none', { CLERK_IS_SATELLITE: 'maybe' }, 'CLERK_IS_SATELLITE is not a yes or no'],
    [
      'a machine key that is none',
      { CLERK_MACHINE_SECRET_KEY: 'a b' },
      'CLERK_MACHINE_SECRET_KEY is not a key',
    ],
    ['a flag that is not 1', { ALLOW_DEV_INSTANCE: 'yes' }, 'ALLOW_DEV_INSTANCE is not understood'],
  ])('refuses %s, and that alone', async (_name, variables, fault) => {
    const faults = await faultsOf({ APP_URL: 'https://app.example.com', ...live, ...variables });
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it('refuses a private key and a key of another kind for CLERK_JWT_KEY', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { publicKey } = generateKeyPairSync('ed25519');
    for (const key of [
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ]) {
      expect(await faultsOf({ ...live, CLERK_JWT_KEY: key })).toEqual([
        expect.stringContaining('CLERK_JWT_KEY'),
      ]);
    }
  });

  it('tells swapped keys from wrong ones', async () => {
    const faults = await faultsOf({
      CLERK_PUBLISHABLE_KEY: live['CLERK_SECRET_KEY'] ?? '',
      CLERK_SECRET_KEY: live['CLERK_PUBLISHABLE_KEY'] ?? '',
    });
    expect(faults).toEqual([
      expect.stringContaining('CLERK_PUBLISHABLE_KEY holds a secret key'),
      expect.stringContaining('CLERK_SECRET_KEY holds a publishable key'),
    ]);
  });

  it('wants keys and an origin in production, and says so at once', async () => {
    expect(await faultsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringContaining('APP_URL is required in production'),
      expect.stringContaining('CLERK_PUBLISHABLE_KEY is required in production'),
      expect.stringContaining('CLERK_SECRET_KEY is required in production'),
    ]);
  });

  it('runs a test instance in production when told to', async () => {
    const environment = await loadEnvironment({ ...production, ...test, ALLOW_DEV_INSTANCE: '1' });
    expect(environment.isProduction).toBe(true);
  });

  it('refuses settings of Clerk without its keys, which the local Clerk would not follow', async () => {
    expect(await faultsOf({ CLERK_API_URL: 'https://api.clerk.com' })).toEqual([
      expect.stringContaining('CLERK_API_URL is set without Clerk keys'),
    ]);
  });

  it('refuses to play Clerk off this machine', async () => {
    expect(await faultsOf({ APP_URL: 'https://app.example.com' })).toEqual([
      expect.stringContaining('CLERK_PUBLISHABLE_KEY is required with this APP_URL'),
    ]);
  });

  it('lists every fault with its remedy and repeats no value', async () => {
    const error = new EnvironmentError(
      await faultsOf({
        PORT: 'x-port',
        HOST: 'x host',
        APP_URL: 'x-url',
        CLERK_SECRET_KEY: 'sk_live_très-secret',
      }),
    );
    expect(error.message.split('\n')).toHaveLength(6);
    expect(error.message).not.toMatch(/x-port|x host|x-url|très-secret/);
  });
});

describe(processVariables.name, () => {
  const before = { directory: process.cwd(), variables: { ...process.env } };
  afterEach(() => {
    process.chdir(before.directory);
    process.env = { ...before.variables };
  });

  it('reads .env, which need not be there, and lets the shell win', () => {
    const directory = mkdtempSync(join(tmpdir(), 'environment-'));
    process.chdir(directory);
    expect(() => processVariables()).not.toThrow();
    writeFileSync('.env', 'STARTER_FILE=file\nSTARTER_SHELL=file\n');
    process.env['STARTER_SHELL'] = 'shell';
    expect(processVariables()).toMatchObject({ STARTER_FILE: 'file', STARTER_SHELL: 'shell' });
    process.chdir(before.directory);
    rmSync(directory, { recursive: true });
  });
});

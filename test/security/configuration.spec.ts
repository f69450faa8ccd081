import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { readdirSync, readFileSync } from 'node:fs';
import { createApp } from '../../src/app.js';
import { Public } from '../../src/auth/index.js';
import { EnvironmentError, loadEnvironment } from '../../src/config/index.js';
import { environmentWarnings } from '../../src/config/environment.warnings.js';
import { accessTable } from '../support/access-table.js';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';
import { LogCapture } from '../support/log-capture.js';

@Public()
@Controller('failing')
class FailingController {
  @Get()
  fail() {
    throw new Error('a detail for developers');
  }
}

/** Every route, page and file, and some that are not there. */
const PATHS = [
  ...accessTable().map(({ path }) => path),
  ...readdirSync('public').map((file) => `/${file}`),
  ...'/open /closed /nowhere /failing /.env /api/nowhere'.split(' '),
];

const clerk = new ClerkInstance();
const testClerk = new ClerkInstance({ mode: 'test' });
const production = { NODE_ENV: 'production', APP_URL: 'https://app.example.com', ...clerk.variables };

async function faultsOf(variables: Record<string, string>): Promise<readonly string[]> {
  const error: unknown = await loadEnvironment(variables).catch((reason: unknown) => reason);
  if (!(error instanceof EnvironmentError)) throw new Error('The environment was accepted');
  return error.faults;
}

describe('what is secret', () => {
  const secrets = {
    CLERK_SECRET_KEY: 'sk_live_c4naryc4naryc4nary',
    CLERK_MACHINE_SECRET_KEY: 'ak_c4naryc4naryc4nary',
  };
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk, variables: secrets, with: { controllers: [FailingController] } });
  });
  afterAll(() => app.stop());

  it.each(PATHS)('K07 stands in no answer: %s', async (path) => {
    const cookie = await clerk.cookies();
    const answers = await Promise.all([
      app.open(path),
      app.open(path, cookie),
      app.request('get', path, { accept: 'application/json', cookie }),
    ]);
    for (const { text, headers } of answers) {
      const all = JSON.stringify(headers) + text;
      expect(all).not.toContain('c4nary');
      expect(all).not.toMatch(/\bsk_(?:test|live)_|whsec_|BEGIN [A-Z ]*KEY|CLERK_[A-Z_]+|NODE_ENV/);
    }
  });

  it('K07 stands in no message of a faulty configuration', async () => {
    const message = new EnvironmentError(
      await faultsOf({ ...production, ...secrets, CLERK_SECRET_KEY: 'pk_c4nary', CLERK_JWT_KEY: 'c4nary' }),
    ).message;
    expect(message).toContain('CLERK_SECRET_KEY');
    expect(message).not.toContain('c4nary');
  });
});

describe('a configuration', () => {
  it.each([
    ['pk_live with sk_test', { ...production, CLERK_SECRET_KEY: 'sk_test_x' }],
    ['pk_test with sk_live', { ...production, ...testClerk.variables, CLERK_SECRET_KEY: 'sk_live_x' }],
  ])('K09 is refused with keys of two modes: %s', async (_name, variables) => {
    expect(await faultsOf(variables)).toEqual([
      expect.stringContaining('CLERK_PUBLISHABLE_KEY is of another mode than CLERK_SECRET_KEY'),
    ]);
  });

  it.each([undefined, '', '0', 'true', 'yes'])(
    'K10 is refused with test keys in production, with ALLOW_DEV_INSTANCE=%s',
    async (allowed) => {
      const variables = { ...production, ...testClerk.variables };
      const faults = await faultsOf(
        allowed === undefined ? variables : { ...variables, ALLOW_DEV_INSTANCE: allowed },
      );
      expect(faults).toContainEqual(
        expect.stringContaining('CLERK_PUBLISHABLE_KEY is a test key in production'),
      );
    },
  );

  it('K11 is refused without an origin in production, and with http anywhere but on this machine', async () => {
    const { APP_URL: _, ...withoutOrigin } = production;
    expect(await faultsOf(withoutOrigin)).toEqual([
      expect.stringContaining('APP_URL is required in production'),
    ]);
    for (const origin of ['http://app.example.com', 'http://10.0.0.1', 'http://127.0.0.1.example.com']) {
      expect(await faultsOf({ ...production, APP_URL: origin })).toEqual([
        expect.stringContaining('APP_URL is not https'),
      ]);
    }
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      expect((await loadEnvironment({ ...production, APP_URL: origin })).APP_URL).toBe(origin);
    }
  });

  it.each([',', ' , ', ',,'])('K12 is refused with no authorized party: %j', async (parties) => {
    expect(await faultsOf({ ...production, CLERK_AUTHORIZED_PARTIES: parties })).toEqual([
      expect.stringContaining('CLERK_AUTHORIZED_PARTIES is not a list of origins'),
    ]);
  });

  it('K12 authorizes the own origin alone where nothing is set', async () => {
    for (const parties of [undefined, '']) {
      const variables =
        parties === undefined ? production : { ...production, CLERK_AUTHORIZED_PARTIES: parties };
      expect((await loadEnvironment(variables)).CLERK_AUTHORIZED_PARTIES).toEqual([production.APP_URL]);
    }
  });
});

describe('without a word about it', () => {
  it.each(['', 'production'])('K13 a visitor is told no detail of a fault: NODE_ENV=%s', async (NODE_ENV) => {
    const app = await createTestApp({
      clerk,
      variables: { NODE_ENV },
      with: { controllers: [FailingController] },
    });
    for (const headers of [NAVIGATION, { accept: 'application/json' }]) {
      const { status, text } = await app.request('get', '/failing', headers);
      expect(status).toBe(500);
      expect(text).not.toMatch(/detail for developers|\bat \S+ \(|\.[jt]s:\d+/);
    }
    await app.stop();
  });

  it('K14 the application listens on this machine alone, and in a container on every address', async () => {
    expect((await loadEnvironment(production)).HOST).toBe('127.0.0.1');
    expect((await loadEnvironment({ ...clerk.variables })).HOST).toBe('127.0.0.1');
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^ENV .*\bHOST=0\.0\.0\.0\b/m);
  });

  it('K15 nothing is reported to Clerk, by the server or by ClerkJS', async () => {
    const calls = jest.spyOn(globalThis, 'fetch');
    const app = await createTestApp({ clerk: testClerk });
    await app.open('/open', await testClerk.cookies());
    await app.request('get', '/api/me', { cookie: await testClerk.cookies() });
    await app.stop();
    expect(
      calls.mock.calls.map(([target]) => (target instanceof Request ? target.url : target.toString())),
    ).toEqual([]);
    calls.mockRestore();
    expect(readFileSync('public/clerk.js', 'utf8')).toContain('telemetry: false');
  });
});

describe('what may run but should not stay', () => {
  let log: LogCapture;

  afterEach(() => log.stop());

  it('K10 a development instance in production says so, loudly, at every start', async () => {
    log = new LogCapture({ json: true });
    const variables = { ...production, ...testClerk.variables, ALLOW_DEV_INSTANCE: '1' };
    const app = await createApp(variables);
    await app.init();
    await app.close();
    expect(log.entries).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        context: 'Environment',
        message: expect.stringContaining('A DEVELOPMENT INSTANCE RUNS IN PRODUCTION'),
      }),
    );
  });

  it('K10 a live instance says nothing of the kind', async () => {
    log = new LogCapture({ json: true });
    expect(environmentWarnings(await loadEnvironment(production), '24.14.1')).toEqual([]);
    expect(environmentWarnings(await loadEnvironment(testClerk.variables), '24.14.1')).toEqual([]);
  });

  it.each([
    ['20.19.0', true],
    ['20.20.1', true],
    ['20.20.2', false],
    ['20.21.0', false],
    ['21.7.3', true],
    ['22.12.0', true],
    ['22.22.2', false],
    ['23.11.0', true],
    ['24.14.0', true],
    ['24.14.1', false],
    ['24.20.0', false],
    ['25.0.0', false],
  ])('N15 Node.js %s is warned of at the start: %s', async (version, isWarned) => {
    log = new LogCapture({ json: true });
    const warnings = environmentWarnings(await loadEnvironment(production), version);
    expect(warnings.map((warning) => warning.includes(`Node.js ${version} `))).toEqual(
      isWarned ? [true] : [],
    );
  });
});

import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, configureApp, createAdapter, foundation } from '../../src/app.js';
import { APP_URL, ClerkInstance } from './clerk-instance.js';
import { TestPagesModule } from './test-pages.js';
import { forge, rsa } from './token-forge.js';
import type { Person } from './user.js';

/** What a browser sends when somebody opens a page. */
export const NAVIGATION = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-dest': 'document' };

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options';
type Headers = Readonly<Record<string, string>>;

export interface TestAppOptions {
  /** Who sends the requests that bring no credentials of their own. Default: a stranger. */
  as?: Person | null;
  /** Whose keys the application has. Default: an instance that all applications of a file share. */
  clerk?: ClerkInstance;
  /** Variables over those of the instance; a blank one counts as unset. */
  variables?: Record<string, string>;
  /** Controllers and modules beside the application's own. */
  with?: Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'>;
  /** Whether the application has `/open` and `/closed` beside its own routes. Default: true. */
  testPages?: boolean;
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

/** Where nobody answers: whoever asks Clerk without a stand-in finds it away, on a machine that is offline or not. */
const NOWHERE = 'http://127.0.0.1:1';

/** Made once: new keys take a while. */
let shared: ClerkInstance | undefined;

/**
 * Starts the real application on made-up variables. It reaches no network, and is to be stopped in the end.
 * @throws EnvironmentError when the variables are refused
 * @example const app = await createTestApp({ as: user({ plan: 'pro' }) });
 */
export async function createTestApp({
  as: caller = null,
  clerk = (shared ??= new ClerkInstance()),
  variables = {},
  with: extra = {},
  testPages = true,
  override,
}: TestAppOptions = {}): Promise<TestApp> {
  const modules = [AppModule, ...(testPages ? [TestPagesModule] : []), ...(extra.imports ?? [])];
  const { imports } = await foundation(modules, {
    NODE_ENV: 'test',
    APP_URL,
    CLERK_API_URL: NOWHERE,
    ...clerk.variables,
    ...variables,
  });
  const builder = Test.createTestingModule({ ...extra, imports: [...imports, ...modules] });
  const module = await (override?.(builder) ?? builder).compile();
  const app = module.createNestApplication<NestExpressApplication>(createAdapter(), {
    ...APP_OPTIONS,
    logger: false,
  });
  await configureApp(app).init();
  return new TestApp(app, clerk, caller);
}

/** The application that runs, and requests to it at its own host. */
export class TestApp {
  constructor(
    private readonly app: NestExpressApplication,
    /** Signs tokens that the application takes. */
    readonly clerk: ClerkInstance,
    private readonly caller: Person | null,
  ) {}

  /** The same application as somebody else sees it, or, with null, a stranger. */
  as(caller: Person | null): TestApp {
    return new TestApp(this.app, this.clerk, caller);
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get(token, { strict: false });
  }

  request(method: Method, path: string, headers: Headers = {}) {
    const agent = supertest(this.server);
    return agent[method](path).set({ host: new URL(APP_URL).host, ...this.credentials(headers), ...headers });
  }

  /** Opens a page as a browser does. */
  open(path: string, cookie?: string) {
    return this.request('get', path, { ...NAVIGATION, ...(cookie && { cookie }) });
  }

  /** A session token of somebody's, good for a minute, to be sent as `Authorization: Bearer`. */
  token(person: Person): string {
    const header = { alg: 'RS256', typ: 'JWT', kid: 'ins_test' };
    return forge(header, this.clerk.claims(person.claims), rsa(this.clerk.keys.privateKey));
  }

  /** Listens on a free port of loopback, for what only a socket can send, and gives the port. */
  async listen(): Promise<number> {
    await this.app.listen(0, '127.0.0.1');
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  /** The cookies of the caller, from a page of the application: unless the request says by itself who sends it. */
  private credentials(headers: Headers): Headers {
    const isAnonymous = !Object.keys(headers).some((name) => /^(?:cookie|authorization)$/i.test(name));
    if (!this.caller || !isAnonymous) return {};
    return { cookie: this.clerk.cookiesFor(this.token(this.caller)), 'sec-fetch-site': 'same-origin' };
  }
}

import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, configureApp, createAdapter, foundation } from '../../src/app.js';
import { APP_URL } from './clerk-instance.js';

/** What a browser sends when somebody opens a page. */
export const NAVIGATION = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-dest': 'document' };

interface TestAppOptions {
  /** The process's variables, over an `APP_URL`. */
  variables: Record<string, string>;
  /** Controllers and modules beside the application's own. */
  with?: Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'>;
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

/** The real application on made-up variables, and requests to it at its own host. */
export class TestApp {
  private constructor(private readonly app: NestExpressApplication) {}

  static async start({ variables, with: extra = {}, override }: TestAppOptions): Promise<TestApp> {
    const modules = [AppModule, ...(extra.imports ?? [])];
    const { imports } = await foundation(modules, { NODE_ENV: 'test', APP_URL, ...variables });
    const builder = Test.createTestingModule({
      ...extra,
      imports: [...imports, ...modules],
    });
    const module = await (override?.(builder) ?? builder).compile();
    const app = module.createNestApplication<NestExpressApplication>(createAdapter(), {
      ...APP_OPTIONS,
      logger: false,
    });
    await configureApp(app).init();
    return new TestApp(app);
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get(token, { strict: false });
  }

  request(method: 'get' | 'head' | 'post' | 'options', path: string, headers: Record<string, string> = {}) {
    const agent = supertest(this.server);
    return agent[method](path).set({ host: new URL(APP_URL).host, ...headers });
  }

  /** Opens a page as a browser does. */
  open(path: string, cookie?: string) {
    return this.request('get', path, { ...NAVIGATION, ...(cookie && { cookie }) });
  }

  /** Listens on a free port of loopback, for what only a socket can send, and gives the port. */
  async listen(): Promise<number> {
    await this.app.listen(0, '127.0.0.1');
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

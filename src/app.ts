import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AppModule } from './app.module.js';
import { AUTH_OPTIONS, clerkBrowser, type AuthOptions } from './auth/index.js';
import { ConfigModule, Environment, loadEnvironment, type OpenClerkStandIn } from './config/index.js';
import {
  AppAdapter,
  bodyParser,
  csrfCheck,
  hostCheck,
  indexedRouter,
  inTurn,
  refuseTunnel,
  requestCheck,
  requestLog,
  securityHeaders,
  staticFiles,
} from './http/index.js';
import { AppLogger, captureConsole } from './logging/index.js';
import { Plugins, PluginsModule, type ModuleReference } from './plugins/index.js';
import { Assets, Views } from './views/index.js';

/** How the application is created, in tests too: body parsers come after the edge. */
export const APP_OPTIONS = { bodyParser: false } as const;

/** Express for the application, with a router that stays fast when there are many routes. */
export function createAdapter(): AppAdapter {
  const server = express();
  server.disable('x-powered-by').disable('etag');
  server.set('query parser', 'simple');
  Object.defineProperty(server, 'router', { value: indexedRouter() });
  return new AppAdapter(server);
}

/**
 * What modules stand on: the checked variables, and the list of the plugins among them.
 * @throws PluginError, EnvironmentError
 */
export async function foundation(
  modules: readonly ModuleReference[],
  variables: Readonly<Record<string, string | undefined>>,
  openStandIn?: OpenClerkStandIn,
): Promise<{ environment: Environment; imports: DynamicModule[] }> {
  const plugins = await Plugins.among(modules);
  const environment = await loadEnvironment(variables, openStandIn, plugins.environments);
  return { environment, imports: [ConfigModule.forRoot(environment), PluginsModule.forRoot(plugins)] };
}

/**
 * The whole application, ready to listen.
 * @throws PluginError, EnvironmentError
 */
export async function createApp(
  variables: Readonly<Record<string, string | undefined>>,
  openStandIn?: OpenClerkStandIn,
): Promise<NestExpressApplication> {
  const { environment, imports } = await foundation([AppModule], variables, openStandIn);
  captureConsole();
  const app = await NestFactory.create<NestExpressApplication>(
    { module: AppModule, imports },
    createAdapter(),
    { ...APP_OPTIONS, abortOnError: false, logger: new AppLogger({ json: environment.isProduction }) },
  );
  return configureApp(app);
}

/** Sets Express up and puts the edge before every route, in the order in which a request passes it. */
export function configureApp(app: NestExpressApplication): NestExpressApplication {
  const { APP_URL, BODY_LIMIT, TRUST_PROXY, localClerk } = app.get(Environment);
  const sources = app.get(Plugins).contentSources;
  const clerkOrigin = clerkBrowser(app.get<AuthOptions>(AUTH_OPTIONS)).origin;

  app.set('trust proxy', TRUST_PROXY ?? false);
  app.get(Views).renderFor(app.getHttpAdapter().getInstance());

  app.use(
    inTurn(
      requestLog({ except: localClerk?.path }),
      securityHeaders({ appUrl: APP_URL, clerkOrigin, sources }),
      requestCheck(),
      hostCheck(APP_URL),
      csrfCheck(APP_URL),
    ),
  );
  app.getHttpServer().on('connect', refuseTunnel);
  if (localClerk) app.use(localClerk.path, localClerk.handler);
  app.use(inTurn(staticFiles(app.get(Assets)), bodyParser({ limit: BODY_LIMIT })));

  return app.enableShutdownHooks();
}

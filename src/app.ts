import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { AppModule } from './app.module.js';
import { AUTH_OPTIONS, clerkBrowser, type AuthOptions } from './auth/index.js';
import { ConfigModule, Environment } from './config/index.js';
import {
  csrfCheck,
  hostCheck,
  refuseTunnel,
  requestCheck,
  requestLog,
  securityHeaders,
  staticFiles,
} from './http/index.js';
import { AppLogger, captureConsole } from './logging/index.js';
import { Assets, Views } from './views/index.js';

/** How the application is created, in tests too: body parsers come after the edge. */
export const APP_OPTIONS = { bodyParser: false } as const;

/** The whole application, ready to listen. */
export async function createApp(environment: Environment): Promise<NestExpressApplication> {
  captureConsole();
  const app = await NestFactory.create<NestExpressApplication>(
    { module: AppModule, imports: [ConfigModule.forRoot(environment)] },
    { ...APP_OPTIONS, abortOnError: false, logger: new AppLogger({ json: environment.isProduction }) },
  );
  return configureApp(app);
}

/** Sets Express up and puts the edge before every route, in the order in which a request passes it. */
export function configureApp(app: NestExpressApplication): NestExpressApplication {
  const { APP_URL, BODY_LIMIT, TRUST_PROXY, localClerk } = app.get(Environment);
  const clerkOrigin = clerkBrowser(app.get<AuthOptions>(AUTH_OPTIONS)).origin;

  app.disable('x-powered-by').set('case sensitive routing', true).set('strict routing', true);
  app
    .set('query parser', 'simple')
    .set('trust proxy', TRUST_PROXY ?? false)
    .set('etag', false);
  app.set('view', app.get(Views).expressView());

  app.use(requestLog({ except: localClerk?.path }), ...securityHeaders({ appUrl: APP_URL, clerkOrigin }));
  app.use(requestCheck(), hostCheck(APP_URL), csrfCheck(APP_URL));
  (app.getHttpServer() as Server).on('connect', refuseTunnel);
  if (localClerk) app.use(localClerk.path, localClerk.handler);
  app.use(staticFiles(app.get(Assets).directory));
  app
    .useBodyParser('json', { limit: BODY_LIMIT })
    .useBodyParser('urlencoded', { limit: BODY_LIMIT, extended: false });

  return app.enableShutdownHooks();
}

import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { routeRow, RouteTable } from './auth/index.js';
import { ConfigModule, loadEnvironment } from './config/index.js';
import { explainStartFailure } from './start-failure.js';

/** Keys of no instance: nothing is asked of Clerk to print a table. */
const VARIABLES = {
  APP_URL: 'http://localhost:3000',
  CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('clerk.example.test$').toString('base64')}`,
  CLERK_SECRET_KEY: 'sk_test_none',
};

// Prints every route with who may enter, as the rows of the table in docs/access.md.
try {
  const environment = await loadEnvironment(VARIABLES);
  const module = { module: AppModule, imports: [ConfigModule.forRoot(environment)] };
  const app = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });
  for (const route of app.get(RouteTable).routes()) {
    process.stdout.write(`| ${routeRow(route).join(' | ')} |\n`);
  }
  await app.close();
} catch (error) {
  process.exit(explainStartFailure(error));
}

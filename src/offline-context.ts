import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { foundation } from './app.js';

/** Keys of no instance: nothing is asked of Clerk to look at the application from outside. */
const VARIABLES = {
  APP_URL: 'http://localhost:3000',
  CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('clerk.example.test$').toString('base64')}`,
  CLERK_SECRET_KEY: 'sk_test_none',
};

/** The application's modules without a server, for commands that print what they hold. */
export async function createOfflineContext(): Promise<INestApplicationContext> {
  const { imports } = await foundation([AppModule], VARIABLES);
  return NestFactory.createApplicationContext(
    { module: AppModule, imports },
    { abortOnError: false, logger: false },
  );
}

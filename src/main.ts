import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { loadEnvironment, processVariables } from './config/index.js';
import { explainStartFailure } from './start-failure.js';

try {
  const environment = await loadEnvironment(processVariables(), async (options) => {
    const { LocalClerk } = await import('./local-clerk/index.js');
    return LocalClerk.open(options);
  });
  const app = await createApp(environment);
  await app.listen(environment.PORT, environment.HOST);
  new Logger('Application').log(`Open ${environment.APP_URL}`);
  environment.localClerk?.announce();
} catch (error) {
  process.exit(explainStartFailure(error));
}

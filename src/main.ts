import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { Environment, processVariables } from './config/index.js';
import { explainStartFailure } from './start-failure.js';

try {
  const app = await createApp(processVariables(), async (options) => {
    const { LocalClerk } = await import('./local-clerk/index.js');
    return LocalClerk.open(options);
  });
  const environment = app.get(Environment);
  await app.listen(environment.PORT, environment.HOST);
  new Logger('Application').log(`Open ${environment.APP_URL}`);
  environment.localClerk?.announce();
} catch (error) {
  process.exit(explainStartFailure(error));
}

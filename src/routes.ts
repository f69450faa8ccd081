import 'reflect-metadata';
import { routeRow, RouteTable } from './auth/index.js';
import { createOfflineContext } from './offline-context.js';
import { Plugins } from './plugins/index.js';
import { explainStartFailure } from './start-failure.js';

// Prints every route with who may enter and whose it is, as the rows of the table in docs/access.md.
try {
  const app = await createOfflineContext();
  for (const route of app.get(RouteTable).routes()) {
    const plugin = app.get(Plugins).of(route.module)?.id ?? '';
    process.stdout.write(`| ${[...routeRow(route), plugin].join(' | ')} |\n`);
  }
  await app.close();
} catch (error) {
  process.exit(explainStartFailure(error));
}

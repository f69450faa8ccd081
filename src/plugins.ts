import 'reflect-metadata';
import { routeRow, RouteTable } from './auth/index.js';
import { createOfflineContext } from './offline-context.js';
import { pluginRows, Plugins } from './plugins/index.js';
import { explainStartFailure } from './start-failure.js';

// Prints every plugin with all that it brings, as a table.
try {
  const app = await createOfflineContext();
  const routes = app.get(RouteTable).routes();
  const rows = app
    .get(Plugins)
    .all.flatMap((plugin) =>
      pluginRows(plugin, routes.filter(({ module }) => module === plugin.module).map(routeRow)),
    );
  process.stdout.write(inColumns([['PLUGIN', 'VERSION', 'BRINGS', '', ''], ...rows]));
  await app.close();
} catch (error) {
  process.exit(explainStartFailure(error));
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

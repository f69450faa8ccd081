import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * How a command of the project ends that is started in a folder, as npm starts it there.
 * @param variables over those of the process
 */
export function start(command: string, folder: string, words: readonly string[] = [], variables = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'tools', `${command}.js`), ...words],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...variables } },
  );
  return { status, stdout, stderr };
}

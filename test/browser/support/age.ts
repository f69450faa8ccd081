import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartedApp } from './started-app.js';

/** Lets everybody's last proof of who they are be that long ago. Pages that are open lose the application for a moment. */
export async function ageSessions(app: StartedApp, minutes: number): Promise<void> {
  const file = join(app.directory, '.local-clerk', 'state.json');
  await app.pause();
  const state = JSON.parse(await readFile(file, 'utf8')) as {
    sessions: { firstFactorVerifiedAt?: number }[];
  };
  for (const session of state.sessions) session.firstFactorVerifiedAt = Date.now() - minutes * 60_000;
  await writeFile(file, JSON.stringify(state));
  await app.resume();
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClerkClient, type ClerkClient } from '@clerk/backend';
import express, { type Request as ExpressRequest } from 'express';
import { LocalClerk } from '../../../src/local-clerk/index.js';

let seededState: string | undefined;

/** A small host of the local Clerk: `/page` answers with what `@clerk/backend` makes of the request. */
export class LocalApp {
  private constructor(
    readonly origin: string,
    readonly directory: string,
    readonly printed: string[],
    readonly server: Server,
    readonly clerk: LocalClerk,
    readonly backend: ClerkClient,
  ) {}

  /** Listens on a free port with a seeded state, or with what is in the directory: an earlier app's state, or nothing. */
  static async start(directory?: string): Promise<LocalApp> {
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const folder = directory ?? (await newDirectory());
    const file = join(folder, 'state.json');
    if (directory === undefined && seededState) await writeFile(file, seededState);
    const printed: string[] = [];
    const clerk = await LocalClerk.open({
      origin,
      variables: {},
      directory: folder,
      print: (line) => printed.push(line),
    });
    // Keys and password hashes take time to make: one fresh state serves all the tests of a file.
    if (directory === undefined) seededState ??= await readFile(file, 'utf8');
    const backend = createClerkClient({
      publishableKey: clerk.variables.CLERK_PUBLISHABLE_KEY,
      secretKey: clerk.variables.CLERK_SECRET_KEY,
      apiUrl: clerk.variables.CLERK_API_URL,
      telemetry: { disabled: true },
    });
    app.use(clerk.path, clerk.handler);
    app.get(['/page', '/page/team/:slug'], async (request, response) => {
      const state = await backend.authenticateRequest(toRequest(origin, request), {
        proxyUrl: clerk.variables.CLERK_PROXY_URL,
        authorizedParties: [origin],
        organizationSyncOptions: { organizationPatterns: ['/page/team/:slug'] },
      });
      state.headers.forEach((value, name) => response.append(name, value));
      if (state.headers.has('location')) {
        response.status(307).end();
        return;
      }
      response.json({
        status: state.status,
        reason: state.reason,
        claims: state.toAuth()?.sessionClaims ?? null,
      });
    });
    return new LocalApp(origin, folder, printed, server, clerk, backend);
  }

  /** Stops listening; the state stays for the next app. */
  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  /** Stops and removes the state. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The code that was last printed for this address. */
  codeFor(emailAddress: string): string {
    const prefix = `code for ${emailAddress}: `;
    return this.printed.findLast((line) => line.startsWith(prefix))?.slice(prefix.length) ?? '';
  }
}

function toRequest(origin: string, { originalUrl, headers }: ExpressRequest): Request {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`${origin}${originalUrl}`, { headers: entries });
}

/** An empty folder; `remove()` deletes it. */
export function newDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'local-clerk-'));
}

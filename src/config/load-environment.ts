import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { OpenClerkStandIn } from './clerk-stand-in.js';
import { Environment } from './environment.js';
import { EnvironmentError } from './environment.error.js';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Checks the variables and types them. With no Clerk key and outside production, the stand-in fills in for Clerk.
 * @throws EnvironmentError listing every fault at once
 */
export async function loadEnvironment(
  variables: Variables,
  openStandIn?: OpenClerkStandIn,
): Promise<Environment> {
  const environment = parse(variables);
  if (environment.CLERK_SECRET_KEY !== undefined) return environment;
  if (!openStandIn) {
    throw new EnvironmentError([
      'CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are required: nothing plays Clerk here',
    ]);
  }

  const localClerk = await openStandIn({ origin: environment.APP_URL, variables, print });
  return Object.assign(parse({ ...variables, ...localClerk.variables }), { localClerk });
}

/**
 * The process's own variables over those of `.env` in the working directory, which may be absent.
 * @throws EnvironmentError when it is there but cannot be read
 */
export function processVariables(): Variables {
  return { ...fileVariables(), ...process.env };
}

function fileVariables(): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new EnvironmentError([`.env cannot be read: ${(error as Error).message}`]);
  }
}

function parse(variables: Variables): Environment {
  const known = Object.keys(new Environment()).filter((name) => variables[name]?.trim());
  const given = Object.fromEntries(known.map((name) => [name, variables[name]?.trim()]));
  const environment = plainToInstance(Environment, withDefaults(given), { exposeDefaultValues: true });
  const faults = validateSync(environment).map(
    ({ property, constraints = {} }) => `${property} ${Object.values(constraints)[0]}`,
  );
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
}

/** Fills in what depends on another variable, so that a check sees the value that will be used. */
function withDefaults(given: Variables): Variables {
  const local = `http://localhost:${given.PORT ?? '3000'}`;
  const fallback = given.NODE_ENV === 'production' || !URL.canParse(local) ? '' : new URL(local).origin;
  const APP_URL = given.APP_URL?.replace(/\/$/, '') ?? fallback;
  return { ...given, APP_URL, CLERK_AUTHORIZED_PARTIES: given.CLERK_AUTHORIZED_PARTIES ?? APP_URL };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

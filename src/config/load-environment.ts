import type { Type } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { plainToInstance } from './class-transformer.js';
import { validator } from './class-validator.js';
import type { OpenClerkStandIn } from './clerk-stand-in.js';
import { Environment } from './environment.js';
import { EnvironmentError } from './environment.error.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** A class each of whose properties is a variable, with its default and the decorators that check it. */
export type EnvironmentClass = Type<object>;

/**
 * Checks the variables and types them. With no Clerk key and outside production, the stand-in fills in for Clerk.
 * @param classes further variables, of plugins
 * @throws EnvironmentError listing every fault at once
 */
export async function loadEnvironment(
  variables: Variables,
  openStandIn?: OpenClerkStandIn,
  classes: readonly EnvironmentClass[] = [],
): Promise<Environment> {
  const environment = parse(variables, classes);
  if (environment.CLERK_SECRET_KEY !== undefined) return environment;
  if (!openStandIn) {
    throw new EnvironmentError([
      'CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are required: nothing plays Clerk here',
    ]);
  }

  const localClerk = await openStandIn({ origin: environment.APP_URL, variables, print });
  return Object.assign(parse({ ...variables, ...localClerk.variables }, classes), { localClerk });
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

function parse(variables: Variables, classes: readonly EnvironmentClass[]): Environment {
  const environment = toInstance(Environment, withDefaults(given(Environment, variables)));
  const extensions = classes.map((type) => toInstance(type, given(type, variables)));
  const faults = [environment, ...extensions].flatMap(faultsOf);
  if (faults.length > 0) throw new EnvironmentError(faults);
  return Object.assign(environment, { extensions });
}

/** Of the variables those that are properties of the class and not blank. */
function given(type: EnvironmentClass, variables: Variables): Variables {
  const known = Object.keys(new type()).filter((name) => variables[name]?.trim());
  return Object.fromEntries(known.map((name) => [name, variables[name]?.trim()]));
}

function toInstance<T extends object>(type: Type<T>, values: Variables): T {
  return plainToInstance(type, values, { exposeDefaultValues: true });
}

function faultsOf(instance: object): string[] {
  return validator.validateSync(instance).map(({ property, constraints = {} }) => {
    const [fault = ''] = Object.values(constraints);
    if (property === undefined) return `${instance.constructor.name} checks nothing: decorate its variables`;
    return fault.startsWith(`${property} `) ? fault : `${property} ${fault}`;
  });
}

/** Fills in what depends on another variable, so that a check sees the value that will be used. */
function withDefaults(variables: Variables): Variables {
  const local = `http://localhost:${variables.PORT ?? '3000'}`;
  const fallback = variables.NODE_ENV === 'production' || !URL.canParse(local) ? '' : new URL(local).origin;
  const APP_URL = variables.APP_URL?.replace(/\/$/, '') ?? fallback;
  return { ...variables, APP_URL, CLERK_AUTHORIZED_PARTIES: variables.CLERK_AUTHORIZED_PARTIES ?? APP_URL };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

import type { Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';
import { Environment, PROJECT_ROOT } from '../config/index.js';
import { sourceFaults } from './content-sources.js';
import type { FoundPlugin } from './find-plugins.js';

const ID = /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/;
const PATH = /^\/(?:[\w.~-]+(?:\/[\w.~-]+)*)?$/;
const PERMISSION = /^org:([a-z\d_-]+):[a-z\d_-]+$/;
const GLOBALS: readonly unknown[] = [APP_GUARD, APP_INTERCEPTOR, APP_FILTER, APP_PIPE];

/** Why plugins cannot run as they are, or not together: a sentence with its remedy each. */
export function pluginFaults(plugins: readonly FoundPlugin[], kitVersion: string): string[] {
  return [
    ...plugins.flatMap((plugin) =>
      [
        ...idFaults(plugin),
        ...versionFaults(plugin, kitVersion),
        ...navigationFaults(plugin),
        ...folderFaults(plugin),
        ...permissionFaults(plugin),
        ...sourceFaults(plugin.options.csp ?? {}),
        ...globalFaults(plugin),
        ...requirementFaults(plugin, plugins),
      ].map((fault) => `${plugin.module.name} (${plugin.options.id}): ${fault}`),
    ),
    ...clashes(plugins, 'id', ({ options }) => [options.id]),
    ...clashes(plugins, 'path in the navigation', ({ options }) =>
      [options.nav ?? []].flat().map(({ path }) => path),
    ),
    ...clashes(plugins, 'folder of views', ({ options }) => foldersOf(options.views)),
    ...clashes(plugins, 'folder of assets', ({ options }) => foldersOf(options.assets)),
    ...variableClashes(plugins),
  ];
}

function idFaults({ options: { id } }: FoundPlugin): string[] {
  return ID.test(id)
    ? []
    : ['id is not one: set small letters, digits and single hyphens, as in "team-reports"'];
}

function versionFaults({ options }: FoundPlugin, kitVersion: string): string[] {
  const { version, compatibility } = options;
  const faults: string[] = [];
  if (version !== undefined && valid(version) === null) {
    faults.push(`version ${version} is none: set one such as 1.2.0`);
  }
  if (compatibility === undefined) return faults;
  if (validRange(compatibility) === null) {
    faults.push(`compatibility ${compatibility} is no range of versions: set one such as ^${kitVersion}`);
  } else if (!satisfies(kitVersion, compatibility)) {
    faults.push(
      `works with version ${compatibility} of the kit, and this one is ${kitVersion}: install a release of it that does, or take it out`,
    );
  }
  return faults;
}

function navigationFaults({ options: { nav = [] } }: FoundPlugin): string[] {
  return [nav]
    .flat()
    .flatMap(({ label, path }) => [
      ...(label.trim() === '' ? [`nav ${path} has no label: give it one`] : []),
      ...(PATH.test(path) ? [] : [`nav path ${path} is no path of this origin: set one such as /invoices`]),
    ]);
}

function folderFaults({ options }: FoundPlugin): string[] {
  return (['views', 'assets'] as const).flatMap((key) => {
    const folder = options[key];
    if (folder === undefined || isFolder(resolve(PROJECT_ROOT, folder))) return [];
    return [`its folder of ${key} does not exist: create ${folder}, or remove \`${key}\``];
  });
}

/** A custom permission belongs to a feature, whose slug is its middle part (https://clerk.com/docs/guides/organizations/control-access/roles-and-permissions). */
function permissionFaults({ options: { permissions = [] } }: FoundPlugin): string[] {
  const words: readonly string[] = permissions;
  return words
    .filter((permission) => !PERMISSION.test(permission))
    .map((permission) => `permission ${permission} is none: write org:<feature>:<action>`);
}

function globalFaults({ options, providers }: FoundPlugin): string[] {
  const bound = providers.map(tokenOf).filter((token) => GLOBALS.includes(token));
  if (options.global || bound.length === 0) return [];
  return [
    `binds ${bound.join(' and ')} for the whole application: bind it to its own controllers, or say \`global: true\``,
  ];
}

function requirementFaults({ options: { requires = [] } }: FoundPlugin, plugins: readonly FoundPlugin[]) {
  return requires
    .filter((id) => !plugins.some(({ options }) => options.id === id))
    .map((id) => `requires ${id}, which is not there: add that plugin to src/app.module.ts`);
}

/** What two plugins both lay claim to. */
function clashes(
  plugins: readonly FoundPlugin[],
  what: string,
  claimsOf: (plugin: FoundPlugin) => readonly string[],
): string[] {
  const owners = new Map<string, string[]>();
  for (const plugin of plugins) {
    for (const claim of claimsOf(plugin)) {
      owners.set(claim, [...(owners.get(claim) ?? []), plugin.module.name]);
    }
  }
  return [...owners]
    .filter(([, names]) => names.length > 1)
    .map(([claim, names]) => `${names.join(' and ')} have one ${what}, ${claim}: give each its own`);
}

/** Between plugins, and between them and the kit. A name that is in capitals alone is a variable. */
function variableClashes(plugins: readonly FoundPlugin[]): string[] {
  const kit = Object.keys(new Environment());
  return [
    ...clashes(plugins, 'variable', variablesOf),
    ...plugins.flatMap((plugin) =>
      variablesOf(plugin)
        .filter((name) => kit.includes(name) || !/^[A-Z][A-Z\d_]*$/.test(name))
        .map(
          (name) =>
            `${plugin.module.name}: ${name} is no name for its variable: give it a name of its own, in capitals`,
        ),
    ),
  ];
}

function variablesOf({ options: { environment } }: FoundPlugin): string[] {
  return environment ? Object.keys(new environment()) : [];
}

function foldersOf(folder: string | undefined): string[] {
  return folder === undefined ? [] : [resolve(PROJECT_ROOT, folder)];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function tokenOf(provider: Provider): unknown {
  return typeof provider === 'object' ? provider.provide : provider;
}

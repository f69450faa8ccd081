import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { Refusal } from '../command.js';
import { filesIn, isWithin } from '../project/files.js';
import { nameOf, parse } from '../project/source.js';

/**
 * The variables that a plugin's class declares and nothing else in `src/` speaks of.
 * @param {string} id
 * @param {string} className
 * @throws {Refusal} when the class does not lie in the plugin
 */
export function ownVariables(id, className) {
  const folder = `src/${id}`;
  const files = filesIn('src')
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const environment = files
    .filter(({ path }) => isWithin(path, folder))
    .flatMap(({ path, text }) => parse(path, text).statements.filter(ts.isClassDeclaration))
    .find(({ name }) => name?.text === className);
  if (!environment) {
    throw new Refusal(
      `No file in ${folder}/ declares ${className}, its variables. Move the class there, then try again.`,
    );
  }
  const others = files.filter(({ path }) => !isWithin(path, folder));
  return environment.members
    .filter(ts.isPropertyDeclaration)
    .flatMap(({ name }) => nameOf(name) ?? [])
    .filter((name) => !others.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)));
}

import { chain, externalSchematic } from '@angular-devkit/schematics';
import { ModuleFinder, normalizeToKebabOrSnakeCase } from '@nestjs/schematics';
import { dirname, join } from 'node:path/posix';

/**
 * Nest's own schematic of the same name, for which a plugin is a module: it registers what it makes in a decorator called
 * Module and in no other, so `@Plugin(` reads `@Module(` for as long as it runs.
 * @param {{ name: string, path?: string, sourceRoot?: string, flat?: boolean }} options
 * @returns {import('@angular-devkit/schematics').Rule}
 */
export function inPlugin(options) {
  return (tree, { schematic }) => {
    const nests = externalSchematic('@nestjs/schematics', schematic.description.name, options);
    const path = moduleFor(tree, options);
    if (!path || !/^@Plugin\(/m.test(tree.readText(path))) return nests;
    return chain([replace(path, '@Plugin(', '@Module('), nests, replace(path, '@Module(', '@Plugin(')]);
  };
}

/**
 * The module that Nest's schematic looks for: the nearest one above what it makes.
 * @param {import('@angular-devkit/schematics').Tree} tree
 * @param {{ name: string, path?: string, sourceRoot?: string, flat?: boolean }} options
 */
function moduleFor(tree, { name, path = '', sourceRoot = 'src', flat = false }) {
  const whole = join('/', sourceRoot, normalizeToKebabOrSnakeCase(join(path, name)));
  return new ModuleFinder(tree).find({
    path: /** @type {import('@angular-devkit/core').Path} */ (flat ? dirname(whole) : whole),
  });
}

/**
 * @param {string} path
 * @param {string} decorator at the beginning of a line
 * @param {string} by
 * @returns {import('@angular-devkit/schematics').Rule}
 */
function replace(path, decorator, by) {
  return (tree) => {
    tree.overwrite(path, tree.readText(path).replace(`\n${decorator}`, `\n${by}`));
  };
}

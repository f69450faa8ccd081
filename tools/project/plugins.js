import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { decoratedWith, parse } from './source.js';

/** What the id of a plugin looks like. */
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Where the files of a plugin lie, whether or not it has any there.
 * @param {string} id
 */
export function placesOf(id) {
  return [
    `src/${id}`,
    `views/${id}`,
    `views/overrides/${id}`,
    `test/${id}`,
    `test/browser/${id}`,
    `test/browser/${id}.spec.ts`,
    `public/assets/${id}`,
  ];
}

/**
 * The file of a plugin that holds its module.
 * @param {string} id
 */
export function moduleFileOf(id) {
  return `src/${id}/${id}.module.ts`;
}

/** The ids of the plugins that are there. */
export function pluginIds() {
  return readdirSync('src').filter((id) => {
    const file = moduleFileOf(id);
    return existsSync(file) && decoratedWith(parse(file, readFileSync(file, 'utf8')), 'Plugin').length > 0;
  });
}

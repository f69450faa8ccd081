import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { Refusal } from '../command.js';
import { moduleFileOf } from './plugins.js';
import { decoratedWith, nameOf, parse, placeOf, propertyOf } from './source.js';

/**
 * What a plugin says of itself, as far as commands need it.
 * @typedef {object} Metadata
 * @property {string} id
 * @property {string} className
 * @property {string[]} requires the ids of other plugins
 * @property {string[]} folders those that `views` and `assets` name
 * @property {string | undefined} environment the class of its variables
 */

/**
 * Reads the metadata of a plugin from its module, without running it.
 * @param {string} id
 * @returns {Metadata}
 * @throws {Refusal} when it is written in a way that only running could tell
 */
export function metadataOf(id) {
  const file = moduleFileOf(id);
  const source = parse(file, readFileSync(file, 'utf8'));
  const [plugin] = decoratedWith(source, 'Plugin');
  const metadata = plugin?.metadata;
  const className = plugin?.declaration.name?.text;
  if (!className || !metadata || !ts.isObjectLiteralExpression(metadata)) {
    throw new Refusal(`${file} gives @Plugin() no object literal. ${REMEDY}`);
  }
  for (const property of metadata.properties) {
    const name = property.name && nameOf(property.name);
    if (name === undefined) throw unreadable(property);
    if (READ.includes(name) && !ts.isPropertyAssignment(property)) throw unreadable(property);
  }
  const said = text(metadata, 'id');
  if (said !== id) {
    throw new Refusal(
      `${file} calls the plugin '${said}'. Give the folder and the id the same name, then try again.`,
    );
  }
  return {
    id,
    className,
    requires: texts(metadata, 'requires'),
    folders: ['views', 'assets'].flatMap((name) => text(metadata, name) ?? []),
    environment: word(metadata, 'environment'),
  };
}

const READ = ['id', 'requires', 'views', 'assets', 'environment'];
const REMEDY =
  'Commands read it without running it: write plain strings, with no spread and nothing computed, then try again.';

/** @param {ts.Node} node */
function unreadable(node) {
  return new Refusal(`${placeOf(node)} cannot be read: ${node.getText()}. ${REMEDY}`);
}

/**
 * @param {ts.ObjectLiteralExpression} metadata
 * @param {string} name
 */
function text(metadata, name) {
  const value = propertyOf(metadata, name);
  if (value && !ts.isStringLiteralLike(value)) throw unreadable(value.parent);
  return value?.text;
}

/**
 * @param {ts.ObjectLiteralExpression} metadata
 * @param {string} name
 */
function word(metadata, name) {
  const value = propertyOf(metadata, name);
  if (value && !ts.isIdentifier(value)) throw unreadable(value.parent);
  return value?.text;
}

/**
 * @param {ts.ObjectLiteralExpression} metadata
 * @param {string} name
 */
function texts(metadata, name) {
  const value = propertyOf(metadata, name);
  if (!value) return [];
  if (!ts.isArrayLiteralExpression(value)) throw unreadable(value.parent);
  return value.elements.map((element) => {
    if (!ts.isStringLiteralLike(element)) throw unreadable(element);
    return element.text;
  });
}

import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { Refusal } from '../command.js';
import { decoratedWith, mentionsOf, parse, placeOf, propertyOf, rewrite } from './source.js';

/** The list of modules. */
export const APP_MODULE = 'src/app.module.ts';

/**
 * The list with one more module: its import in the order of paths, its class at the end.
 * @param {string} text
 * @param {string} className
 * @param {string} from what to import it from
 * @throws {Refusal} when there is no such list, or the name is taken
 */
export function withModule(text, className, from) {
  const source = parse(APP_MODULE, text);
  const list = listOf(source);
  const [taken] = mentionsOf(source, className);
  if (taken) throw new Refusal(`${placeOf(taken)} names another ${className}: choose another name.`);
  const before = importsIn(source).findLast(({ path }) => !path.startsWith('.') || path < from);
  const at = before?.declaration.end ?? 0;
  const line = `import { ${className} } from '${from}';`;
  const comma = list.elements.length === 0 || list.elements.hasTrailingComma ? '' : ',';
  return rewrite(text, [
    { start: at, end: at, by: before ? `\n${line}` : `${line}\n` },
    { start: list.elements.end, end: list.elements.end, by: comma },
    { start: list.end - 1, end: list.end - 1, by: className },
  ]);
}

/**
 * The list without a module, nor its import.
 * @param {string} text
 * @param {string} className
 * @param {string} folder where the module lies
 * @throws {Refusal} when the class is not one element of the list and nothing else
 */
export function withoutModule(text, className, folder) {
  const source = parse(APP_MODULE, text);
  const list = listOf(source);
  const [line, ...more] = importsIn(source).filter(({ path }) =>
    join(dirname(APP_MODULE), path).startsWith(`${folder}/`),
  );
  const [mention, ...others] = mentionsOf(source, className).filter(
    ({ parent }) => !ts.isImportSpecifier(parent),
  );
  const element = list.elements.find((entry) => entry === mention);
  if (!line || !element || more.length + others.length > 0 || !importsAlone(line.declaration, className)) {
    throw new Refusal(
      `${APP_MODULE} must import ${className} in a line of its own, list it once in imports, and do nothing else with ` +
        `${folder}/. Make it so, then try again.`,
    );
  }
  return rewrite(text, [wholeLine(text, line.declaration), wholeElement(text, element)]);
}

/**
 * @param {ts.SourceFile} source
 * @returns {ts.ArrayLiteralExpression}
 */
function listOf(source) {
  const [module, ...more] = decoratedWith(source, 'Module');
  const list =
    module?.metadata &&
    ts.isObjectLiteralExpression(module.metadata) &&
    propertyOf(module.metadata, 'imports');
  if (list && ts.isArrayLiteralExpression(list) && more.length === 0) return list;
  throw new Refusal(
    `${APP_MODULE} has no single @Module({ imports: [...] }) to read the modules from. Write the list there, then try again.`,
  );
}

/** @param {ts.SourceFile} source */
function importsIn(source) {
  return source.statements.filter(ts.isImportDeclaration).map((declaration) => ({
    declaration,
    path: /** @type {ts.StringLiteral} */ (declaration.moduleSpecifier).text,
  }));
}

/**
 * @param {ts.ImportDeclaration} declaration
 * @param {string} className
 */
function importsAlone({ importClause }, className) {
  const names = importClause?.namedBindings;
  if (!names || !ts.isNamedImports(names) || importClause.name) return false;
  return names.elements.length === 1 && names.elements[0]?.getText() === className;
}

/**
 * @param {string} text
 * @param {ts.Node} node
 */
function wholeLine(text, node) {
  const lineBreak = text.indexOf('\n', node.end);
  return { start: node.getStart(), end: lineBreak === -1 ? text.length : lineBreak + 1, by: '' };
}

/**
 * An element with its comma and the comments that are about it, not the one behind the element before.
 * @param {string} text
 * @param {ts.Node} element
 */
function wholeElement(text, element) {
  const comma = /^\s*,/.exec(text.slice(element.end))?.[0].length ?? 0;
  return {
    start: afterComments(text, element.pos),
    end: afterComments(text, element.end + comma),
    by: '',
  };
}

/**
 * @param {string} text
 * @param {number} position
 */
function afterComments(text, position) {
  return ts.getTrailingCommentRanges(text, position)?.at(-1)?.end ?? position;
}

import ts from 'typescript';

/**
 * A source file as a tree.
 * @param {string} path
 * @param {string} text
 */
export function parse(path, text) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/**
 * The classes of a file that carry a decorator, each with what the decorator is given.
 * @param {ts.SourceFile} source
 * @param {string} decorator
 */
export function decoratedWith(source, decorator) {
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) =>
    (ts.getDecorators(declaration) ?? [])
      .map(({ expression }) => expression)
      .filter(ts.isCallExpression)
      .filter((call) => call.expression.getText() === decorator)
      .map((call) => ({ declaration, metadata: call.arguments[0] })),
  );
}

/**
 * What an object literal says of a name.
 * @param {ts.ObjectLiteralExpression} object
 * @param {string} name
 */
export function propertyOf(object, name) {
  return object.properties.filter(ts.isPropertyAssignment).find((property) => nameOf(property.name) === name)
    ?.initializer;
}

/**
 * @param {ts.PropertyName} name
 * @returns {string | undefined} nothing for a computed one
 */
export function nameOf(name) {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/**
 * The identifiers of a file that read as a name.
 * @param {ts.SourceFile} source
 * @param {string} name
 */
export function mentionsOf(source, name) {
  /** @type {ts.Identifier[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node) && node.text === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Where a node stands, as editors open it: `src/app.module.ts:12`.
 * @param {ts.Node} node
 */
export function placeOf(node) {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/**
 * A text with other words in some places.
 * @param {string} text
 * @param {{ start: number, end: number, by: string }[]} changes that do not overlap
 */
export function rewrite(text, changes) {
  return changes
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, by }) => result.slice(0, start) + by + result.slice(end), text);
}

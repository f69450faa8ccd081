import Handlebars from 'handlebars';
import { ONCE } from './once.js';
import { TemplateError } from './template.error.js';

type Call = Pick<hbs.AST.MustacheStatement, 'path' | 'params'> & { hash?: hbs.AST.Hash };

/**
 * Finds partials and helpers that do not exist, and extends `strict` to what helpers such as `#if` are given, which
 * Handlebars leaves out.
 */
export class TemplateCheck extends Handlebars.Visitor {
  /** Names of the templates that this one calls. */
  readonly partials = new Set<string>();
  #onceBlocks = 0;

  constructor(
    private readonly template: string,
    private readonly known: { templates: ReadonlyMap<string, unknown>; helpers: object },
  ) {
    super();
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.#checkHelper(mustache);
    super.MustacheStatement(mustache);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    this.#checkHelper(block);
    const isOnce = nameOf(block) === ONCE;
    if (isOnce) block.params.push(this.#placeOf(block));
    this.#onceBlocks += isOnce ? 1 : 0;
    super.BlockStatement(block);
    this.#onceBlocks -= isOnce ? 1 : 0;
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#checkHelper(expression);
    super.SubExpression(expression);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name = 'original' in partial.name ? partial.name.original : '(worked out while rendering)';
    if (!this.known.templates.has(name)) {
      throw new TemplateError(this.template, `uses the partial ${name}`, `create views/${name}.hbs`);
    }
    this.partials.add(name);
    super.PartialStatement(partial);
  }

  override PathExpression(path: hbs.AST.PathExpression & { strict?: boolean }): void {
    path.strict = true;
    if (this.#onceBlocks === 0 || path.depth === 0) return;
    const remedy = 'put what it needs into the object that the block is given';
    throw new TemplateError(this.template, `reads ${path.original} in a block that is rendered once`, remedy);
  }

  /** What tells the block from every other, which the helper cannot. */
  #placeOf({ loc: { start } }: hbs.AST.BlockStatement): hbs.AST.StringLiteral {
    const value = `${this.template}:${start.line}:${start.column}`;
    return { type: 'StringLiteral', value, original: value } as hbs.AST.StringLiteral;
  }

  #checkHelper(call: Call): void {
    const { params, hash } = call;
    const name = nameOf(call);
    if ((params.length === 0 && !hash) || Object.hasOwn(this.known.helpers, name)) return;
    const remedy = `name one that is there, or mend views/${this.template}.hbs`;
    throw new TemplateError(this.template, `calls the unknown helper ${name}`, remedy);
  }
}

function nameOf({ path }: Call): string {
  return 'original' in path ? path.original : '';
}

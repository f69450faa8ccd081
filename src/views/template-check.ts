import { Handlebars } from './handlebars.js';
import { ONCE } from './once.js';
import { TemplateError } from './template.error.js';

type Call = Pick<hbs.AST.MustacheStatement, 'path' | 'params'> & { hash?: hbs.AST.Hash };

/** Finds partials and helpers that do not exist, and what templates here do not have. */
export class TemplateCheck extends Handlebars.Visitor {
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
    this.#checkHelper(block, true);
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
      this.#refuse(`uses the partial ${name}`, `create views/${name}.hbs`);
    }
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(): void {
    this.#refuse('has a partial with a block', 'give the partial parameters');
  }

  override Decorator(): void {
    this.#refuse('has a decorator', 'put what it holds into a file of its own');
  }

  override DecoratorBlock(): void {
    this.Decorator();
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (this.#onceBlocks === 0 || path.depth === 0) return;
    this.#refuse(
      `reads ${path.original} in a block that is rendered once`,
      'put what it needs into the object that the block is given',
    );
  }

  /** What tells the block from every other, which the helper cannot. */
  #placeOf({ loc: { start } }: hbs.AST.BlockStatement): hbs.AST.StringLiteral {
    const value = `${this.template}:${start.line}:${start.column}`;
    return { type: 'StringLiteral', value, original: value } as hbs.AST.StringLiteral;
  }

  #checkHelper(call: Call, isBlock = false): void {
    const { params, hash } = call;
    const name = nameOf(call);
    if ((params.length === 0 && !hash && !isBlock) || Object.hasOwn(this.known.helpers, name)) return;
    const others = isBlock ? ', such as #if, #each or #with' : '';
    this.#refuse(
      `calls the unknown helper ${name}`,
      `name one that is there${others}, or mend views/${this.template}.hbs`,
    );
  }

  #refuse(fault: string, remedy: string): never {
    throw new TemplateError(this.template, fault, remedy);
  }
}

function nameOf({ path }: Call): string {
  return 'original' in path ? path.original : '';
}

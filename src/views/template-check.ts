import { nameOf, pairsOf, type Call } from './call.js';
import { Handlebars } from './handlebars.js';
import { ONCE } from './once.js';
import { TemplateError } from './template.error.js';

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
    if (mustache.params.length > 0 || pairsOf(mustache).length > 0) this.#checkHelper(mustache);
    super.MustacheStatement(mustache);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const isOnce = nameOf(block) === ONCE;
    if (isOnce) this.#checkOnce(block);
    else this.#checkHelper(block, ', such as #if, #each or #with');
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

  #checkOnce(block: hbs.AST.BlockStatement): void {
    const isAlone = block.params.length === 1 && pairsOf(block).length === 0;
    if (isAlone && !(block.inverse as hbs.AST.Program | undefined)) return;
    this.#refuse('gives {{#once}} more than an object and a block', 'write {{#once object}}…{{/once}}');
  }

  #checkHelper(call: Call, others = ''): void {
    const name = nameOf(call);
    if (Object.hasOwn(this.known.helpers, name)) return;
    this.#refuse(
      `calls the unknown helper ${name}`,
      `name one that is there${others}, or mend views/${this.template}.hbs`,
    );
  }

  #refuse(fault: string, remedy: string): never {
    throw new TemplateError(this.template, fault, remedy);
  }
}

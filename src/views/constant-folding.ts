import { Handlebars } from './handlebars.js';

export interface ConstantFoldingOptions {
  /** What templates see as `@name`, whichever page is rendered for whomever. */
  data: Readonly<Record<string, unknown>>;
  /** Helpers that give the same to the same parameters for as long as the process lives. */
  helpers: readonly string[];
  render: (statement: hbs.AST.Statement) => string;
}

type Expression = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/**
 * Renders what is the same in every answer once, when a template is compiled: `{{asset "site.css"}}`, `{{@site.name}}`, and
 * blocks of helpers such as `#if` around nothing else.
 */
export class ConstantFolding extends Handlebars.Visitor {
  readonly mutating = true;

  constructor(private readonly options: ConstantFoldingOptions) {
    super();
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): hbs.AST.Statement {
    return this.#isConstant(mustache) ? this.#rendered(mustache) : mustache;
  }

  override BlockStatement(block: hbs.AST.BlockStatement): hbs.AST.Statement {
    super.BlockStatement(block);
    const bodies = [block.program, block.inverse].filter(Boolean);
    const isText = bodies.every(({ body }) => body.every(({ type }) => type === 'ContentStatement'));
    return isText && this.#isConstant(block) ? this.#rendered(block) : block;
  }

  #rendered(statement: hbs.AST.Statement): hbs.AST.ContentStatement {
    const value = this.options.render(statement);
    return {
      type: 'ContentStatement',
      value,
      original: value,
      loc: statement.loc,
    } as unknown as hbs.AST.ContentStatement;
  }

  #isConstant(node: hbs.AST.Node): boolean {
    if (node.type.endsWith('Literal')) return true;
    if (node.type === 'PathExpression') return this.#isConstantPath(node as hbs.AST.PathExpression);
    if (!/^(?:Mustache|Block)Statement$|^SubExpression$/.test(node.type)) return false;
    const { path, params, hash } = node as Expression;
    const parameters = [...params, ...(hash?.pairs ?? []).map(({ value }) => value)];
    if (parameters.length === 0) return node.type === 'MustacheStatement' && this.#isConstant(path);
    return this.#isConstantHelper(path) && parameters.every((parameter) => this.#isConstant(parameter));
  }

  #isConstantPath({ data, depth, parts }: hbs.AST.PathExpression): boolean {
    return data && depth === 0 && Object.hasOwn(this.options.data, parts[0] ?? '');
  }

  #isConstantHelper(path: hbs.AST.Node): boolean {
    return 'original' in path && this.options.helpers.includes(String(path.original));
  }
}

import Handlebars from 'handlebars';

/** The layout's place for the page. */
const BODY = 'body';

/**
 * Puts the statements of partials, and those of the page, in the place of what calls them, so that a page is one template.
 * Partials that are given something, or that call themselves, stay what they are.
 */
export class Inlining extends Handlebars.Visitor {
  /** Names of the partials that were left. */
  readonly left = new Set<string>();
  readonly #open: string[] = [];
  #parameters = 0;

  /** @param page name of the template for `{{{@body}}}` */
  constructor(
    private readonly programs: ReadonlyMap<string, hbs.AST.Program>,
    private readonly page?: string,
  ) {
    super();
  }

  /** @returns a template of its own, whatever it was made of */
  inlined(name: string): hbs.AST.Program {
    const program = structuredClone(this.programs.get(name)) as hbs.AST.Program;
    this.accept(program);
    return program;
  }

  override Program(program: hbs.AST.Program): void {
    // A parameter of the block would hide what the partial's own names mean.
    const hides = (program.blockParams ?? []).length > 0 ? 1 : 0;
    this.#parameters += hides;
    program.body = program.body.flatMap((statement) => this.#statementsOf(statement));
    this.#parameters -= hides;
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.left.add(nameOf(partial));
  }

  #statementsOf(statement: hbs.AST.Statement): hbs.AST.Statement[] {
    const name = this.#nameOfCalled(statement);
    if (name === undefined || this.#parameters > 0 || this.#open.includes(name)) {
      this.accept(statement);
      return [statement];
    }
    this.#open.push(name);
    const { body } = this.inlined(name);
    this.#open.pop();
    return [indentOf(statement), ...body];
  }

  #nameOfCalled(statement: hbs.AST.Statement): string | undefined {
    if (statement.type === 'MustacheStatement') return isBody(statement) ? this.page : undefined;
    if (statement.type !== 'PartialStatement') return undefined;
    const partial = statement as hbs.AST.PartialStatement;
    return partial.params.length === 0 && !(partial.hash as hbs.AST.Hash | undefined)
      ? nameOf(partial)
      : undefined;
  }
}

function nameOf({ name }: hbs.AST.PartialStatement): string {
  return 'original' in name ? name.original : '';
}

function isBody(statement: hbs.AST.Statement): boolean {
  const { path } = statement as hbs.AST.MustacheStatement;
  return 'data' in path && path.data && path.parts.join('.') === BODY;
}

/** What stands before a partial on its line, which Handlebars has cut off. */
function indentOf(statement: hbs.AST.Statement): hbs.AST.ContentStatement {
  const value = (statement as Partial<hbs.AST.PartialStatement>).indent ?? '';
  return {
    type: 'ContentStatement',
    value,
    original: value,
    loc: statement.loc,
  } as unknown as hbs.AST.ContentStatement;
}

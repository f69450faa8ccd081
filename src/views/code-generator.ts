import { nameOf, pairsOf, type Call } from './call.js';
import { ONCE } from './once.js';

/** What the code of a template is about at one place: names of variables of the generated function. */
interface Scope {
  /** The contexts around the place, the nearest first. */
  contexts: readonly string[];
  data: string;
  /** Variables by the parameters of blocks, `as |item|`. */
  parameters: ReadonlyMap<string, string>;
}

type Block = hbs.AST.BlockStatement & { program?: hbs.AST.Program; inverse?: hbs.AST.Program };

/**
 * Writes a template as a JavaScript function of its context, of what all templates see, and of the page's function, for the
 * layout's `{{{@body}}}`. It says what Handlebars says of the same template in strict mode; partials are calls, and `#if` and
 * `#unless` are branches. The names that the code takes for granted are those of `runtime`.
 */
export class CodeGenerator {
  constructor(
    private readonly template: string,
    private readonly helpers: object,
  ) {}

  functionOf(program: hbs.AST.Program): string {
    const scope = { contexts: ['c0'], data: 'd0', parameters: new Map<string, string>() };
    return `(c0, d0, body) => {${this.#block(program, scope)}}`;
  }

  #block(program: hbs.AST.Program, scope: Scope): string {
    return `let o = '', t;${this.#statements(program, scope)}return o;`;
  }

  #statements({ body }: hbs.AST.Program, scope: Scope): string {
    return body.map((statement) => this.#statement(statement, scope)).join('');
  }

  #statement(statement: hbs.AST.Statement, scope: Scope): string {
    switch (statement.type) {
      case 'ContentStatement':
        return append(JSON.stringify((statement as hbs.AST.ContentStatement).value));
      case 'MustacheStatement':
        return this.#mustache(statement as hbs.AST.MustacheStatement, scope);
      case 'BlockStatement':
        return this.#blockStatement(statement as Block, scope);
      case 'PartialStatement':
        return this.#partial(statement as hbs.AST.PartialStatement, scope);
      default:
        return '';
    }
  }

  #mustache(mustache: hbs.AST.MustacheStatement, scope: Scope): string {
    const { path } = mustache;
    const [context] = scope.contexts;
    if (!mustache.escaped && 'data' in path && path.data && path.parts.join('.') === 'body') {
      return append(`body(${context}, ${scope.data})`);
    }
    const value = this.#isHelper(mustache)
      ? this.#helperCall(mustache, scope)
      : `resolved(${this.#expression(path, scope)}, ${context})`;
    return append(mustache.escaped ? `escaped(${value})` : `text(${value})`);
  }

  #blockStatement(block: Block, scope: Scope): string {
    const name = nameOf(block);
    const [condition] = block.params;
    if (name === ONCE && condition) return append(this.#onceCall(block, this.#expression(condition, scope)));
    const isBranch = (name === 'if' || name === 'unless') && condition && pairsOf(block).length === 0;
    if (!isBranch) return append(`text(${this.#helperCall(block, scope, block)})`);
    const test = `isTrue(${this.#expression(condition, scope)}, ${scope.contexts[0]})`;
    const [yes, no] = [block.program, block.inverse].map((program) =>
      program ? this.#statements(program, scope) : '',
    );
    return `if (${name === 'if' ? '' : '!'}${test}) {${yes}} else {${no}}`;
  }

  /** The block's function is one of its own: nothing of what is around it has a name there. */
  #onceCall({ program, loc: { start } }: Block, object: string): string {
    const place = JSON.stringify(`${this.template}:${start.line}:${start.column}`);
    return `once(${[object, place, program ? this.functionOf(program) : "() => ''"].join(', ')})`;
  }

  #partial(partial: hbs.AST.PartialStatement, scope: Scope): string {
    const { name, params, indent } = partial;
    const called = 'original' in name ? name.original : '';
    const given = params[0] ? this.#expression(params[0], scope) : scope.contexts[0];
    const context = pairsOf(partial).length > 0 ? `{ ...${given}, ...${this.#hash(partial, scope)} }` : given;
    return `${append(JSON.stringify(indent ?? ''))}${append(`templates[${JSON.stringify(called)}](${context}, ${scope.data}, body)`)}`;
  }

  #expression(node: hbs.AST.Node, scope: Scope): string {
    switch (node.type) {
      case 'PathExpression':
        return this.#path(node as hbs.AST.PathExpression, scope);
      case 'SubExpression':
        return this.#helperCall(node as hbs.AST.SubExpression, scope);
      case 'UndefinedLiteral':
        return 'undefined';
      case 'NullLiteral':
        return 'null';
      default:
        return JSON.stringify((node as hbs.AST.StringLiteral).value);
    }
  }

  #path({ data, depth, parts, original, loc }: hbs.AST.PathExpression, scope: Scope): string {
    const [first = '', ...rest] = parts;
    const isScoped = /^(?:\.|this\b)/.test(original);
    const parameter = data || depth > 0 || isScoped ? undefined : scope.parameters.get(first);
    const names = parameter === undefined ? parts : rest;
    const base = parameter ?? (data ? frameAt(depth, scope) : contextAt(depth, scope));
    const last = names.at(-1);
    if (last === undefined) return base;
    const owner = names.slice(0, -1).reduce((object, name) => field(object, name, 'undefined'), base);
    const place = [JSON.stringify(last), JSON.stringify(this.template), loc.start.line].join(', ');
    return field(owner, last, `needed(t, ${place})`);
  }

  #helperCall(call: Call, scope: Scope, block?: Block): string {
    const name = JSON.stringify(nameOf(call));
    const parts = [
      `name: ${name}`,
      `hash: ${this.#hash(call, scope)}`,
      `data: ${scope.data}`,
      'lookupProperty: own',
    ];
    if (block)
      parts.push(
        `fn: ${this.#program(block.program, scope)}`,
        `inverse: ${this.#program(block.inverse, scope)}`,
      );
    const parameters = call.params.map((parameter) => this.#expression(parameter, scope));
    return `helpers[${name}].call(${[scope.contexts[0], ...parameters, `{ ${parts.join(', ')} }`].join(', ')})`;
  }

  #hash(call: Pick<Call, 'hash'>, scope: Scope): string {
    const pairs = pairsOf(call).map(
      ({ key, value }) => `[${JSON.stringify(key)}]: ${this.#expression(value, scope)}`,
    );
    return `{ ${pairs.join(', ')} }`;
  }

  /** The function that a helper of a block is given for one of the block's parts. */
  #program(program: hbs.AST.Program | undefined, scope: Scope): string {
    if (!program) return "() => ''";
    const depth = scope.contexts.length;
    const names = program.blockParams ?? [];
    const variables = names.map((_name, index) => `p${depth}_${index}`);
    const inner: Scope = {
      contexts: [`c${depth}`, ...scope.contexts],
      data: `d${depth}`,
      parameters: new Map([
        ...scope.parameters,
        ...names.map((name, index) => [name, variables[index] ?? ''] as const),
      ]),
    };
    const parameters = names.length > 0 ? `const [${variables.join()}] = x?.blockParams ?? [];` : '';
    return `(c${depth}, x) => { const d${depth} = x?.data ?? ${scope.data};${parameters}${this.#block(program, inner)} }`;
  }

  #isHelper(call: Call): boolean {
    const { path, params } = call;
    if (params.length > 0 || pairsOf(call).length > 0) return true;
    const isPlainName = 'parts' in path && path.parts.length === 1 && path.depth === 0 && !path.data;
    return isPlainName && Object.hasOwn(this.helpers, nameOf(call));
  }
}

function append(code: string): string {
  return code === '""' ? '' : `o += ${code};`;
}

/** A field of its own that an object has, or something else. Written out, so that V8 learns for each place what objects come there. */
function field(object: string, name: string, otherwise: string): string {
  const key = JSON.stringify(name);
  return name === 'constructor'
    ? `own(t = ${object}, ${key})`
    : `(has(t = ${object}, ${key}) ? t[${key}] : ${otherwise})`;
}

function contextAt(depth: number, { contexts }: Scope): string {
  return depth === 0 ? (contexts[0] ?? '') : `context(${depth}, [${contexts.join()}])`;
}

function frameAt(depth: number, { data }: Scope): string {
  return depth === 0 ? data : `frame(${depth}, ${data})`;
}

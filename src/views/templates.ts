import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { CodeGenerator } from './code-generator.js';
import { ConstantFolding, type ConstantFoldingOptions } from './constant-folding.js';
import { Handlebars } from './handlebars.js';
import { once } from './once.js';
import { TemplateCheck } from './template-check.js';
import { runtime } from './template-runtime.js';
import { TemplateError } from './template.error.js';
import { filesByName, type TemplateSources } from './template-source.js';

export interface TemplatesOptions extends TemplateSources {
  helpers: Record<string, Handlebars.HelperDelegate>;
  /** What is the same in every answer, and so rendered only once. */
  constants?: Constants;
  /** Compile again when a file changes, for development. */
  watch?: boolean;
}

type Constants = Pick<ConstantFoldingOptions, 'data' | 'helpers'>;

/** What a template has become: a function of its context, of what all templates see, and of the page in a layout. */
type Template = (context: object, data: object, page?: Template) => string;

const LAYOUT = 'layouts/main';

/**
 * Every template of the application, compiled at once. A template is named by its path in its folder, without `.hbs`, a
 * plugin's with the plugin's id in front, and may stand as a partial in any other: `{{> partials/header}}`. No name is
 * given twice, but that a file under `overrides` takes the place of the template whose name its path is.
 *
 * Strict: an unknown helper or partial fails here, a missing field fails when rendered. Nothing that is
 * rendered can name a file, and no inherited property of the data is read.
 */
export class Templates implements OnModuleInit, OnModuleDestroy {
  readonly #watchers: FSWatcher[] = [];
  #helpers: Record<string, unknown> = {};
  #programs: ReadonlyMap<string, hbs.AST.Program> = new Map();
  #templates: Readonly<Record<string, Template>> | undefined;
  #stale = false;

  /** @throws TemplateError naming the file and the remedy */
  constructor(private readonly options: TemplatesOptions) {
    this.#read();
    if (options.watch) {
      for (const directory of new Set(options.sources.map((source) => source.directory))) {
        const watcher = watch(directory, { recursive: true }, () => (this.#stale = true));
        watcher.unref();
        this.#watchers.push(watcher);
      }
    }
  }

  /** Once it is known which pages there are, which templates may ask. */
  onModuleInit(): void {
    this.#compile();
  }

  onModuleDestroy(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  has(name: string): boolean {
    return this.#programs.has(name);
  }

  /**
   * A page in the layout.
   * @param model what the page's own template and the layout's `{{title}}` see
   * @param data what all templates see, as `@name`
   * @throws TemplateError for an unknown template or a field that the model lacks
   */
  render(name: string, model: object, data: Readonly<Record<string, unknown>>): string {
    if (this.#stale) this.#read();
    const { [LAYOUT]: layout, [name]: page } = this.#templates ?? this.#compile();
    if (!layout || !page) throw new TemplateError(name, 'does not exist', `create views/${name}.hbs`);
    try {
      return layout(model, data, page);
    } catch (error) {
      if (error instanceof TemplateError) throw error;
      throw new TemplateError(name, (error as Error).message, `mend views/${name}.hbs or its view`, error);
    }
  }

  #read(): void {
    const { log: _, ...builtIn } = Handlebars.helpers;
    this.#helpers = { ...builtIn, ...this.options.helpers };
    const templates = filesByName(this.options);
    if (!templates.has(LAYOUT)) {
      throw new TemplateError(LAYOUT, 'does not exist', `create views/${LAYOUT}.hbs`);
    }
    this.#programs = new Map(
      [...templates].map(([name, file]) => {
        const program = parse(name, readFileSync(file, 'utf8'));
        new TemplateCheck(name, { templates, helpers: this.#helpers }).accept(program);
        return [name, program];
      }),
    );
    this.#templates = undefined;
    this.#stale = false;
  }

  #compile(): Readonly<Record<string, Template>> {
    const { constants } = this.options;
    if (constants) for (const [name, program] of this.#programs) this.#fold(name, program, constants);
    this.#templates = compile(this.#programs, this.#helpers);
    return this.#templates;
  }

  #fold(name: string, program: hbs.AST.Program, { data, helpers }: Constants): void {
    const render = (statement: hbs.AST.Statement) => {
      const { [name]: template } = compile(
        new Map([[name, { ...program, body: [statement] }]]),
        this.#helpers,
      );
      return template?.({}, data) ?? '';
    };
    try {
      new ConstantFolding({ data, helpers, render }).accept(program);
    } catch (error) {
      throw new TemplateError(name, (error as Error).message, `mend views/${name}.hbs`, error);
    }
  }
}

/** @throws TemplateError */
function parse(name: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    throw new TemplateError(name, (error as Error).message, `mend views/${name}.hbs`, error);
  }
}

function compile(
  programs: ReadonlyMap<string, hbs.AST.Program>,
  helpers: Record<string, unknown>,
): Record<string, Template> {
  const templates = Object.create(null) as Record<string, Template>;
  const names = { ...runtime, once: once(), helpers, templates };
  const functions = [...programs].map(
    ([name, program]) => `${JSON.stringify(name)}: ${new CodeGenerator(name, helpers).functionOf(program)}`,
  );
  const code = `({ ${Object.keys(names).join(', ')} }) => ({ ${functions.join(',\n')} })`;
  const make = runInThisContext(code) as (using: typeof names) => Record<string, Template>;
  return Object.assign(templates, make(names));
}

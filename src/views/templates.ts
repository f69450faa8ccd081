import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { ConstantFolding, type ConstantFoldingOptions } from './constant-folding.js';
import { Inlining } from './inlining.js';
import { once } from './once.js';
import { TemplateCheck } from './template-check.js';
import { TemplateError } from './template.error.js';
import { filesByName, type TemplateSources } from './template-source.js';

export interface TemplatesOptions extends TemplateSources {
  helpers: Record<string, Handlebars.HelperDelegate>;
  /** What is the same in every answer, and so rendered only once. */
  constants?: Pick<ConstantFoldingOptions, 'data' | 'helpers'>;
  /** Compile again when a file changes, for development. */
  watch?: boolean;
}

const LAYOUT = 'layouts/main';

/**
 * Every template of the application, compiled at once: each page with its layout and its partials as one. A template is
 * named by its path in its folder, without `.hbs`, a plugin's with the plugin's id in front, and may stand as a partial in
 * any other: `{{> partials/header}}`. No name is given twice, but that a file under `overrides` takes the place of the
 * template whose name its path is.
 *
 * Strict: an unknown helper or partial fails here, a missing field fails when rendered. Nothing that is
 * rendered can name a file, and no inherited property of the data is read.
 */
export class Templates implements OnModuleInit, OnModuleDestroy {
  readonly #watchers: FSWatcher[] = [];
  #handlebars = Handlebars.create();
  #programs: ReadonlyMap<string, hbs.AST.Program> = new Map();
  #partials: ReadonlySet<string> = new Set();
  #pages: Map<string, Handlebars.TemplateDelegate> | undefined;
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
    if (!this.has(name)) throw new TemplateError(name, 'does not exist', `create views/${name}.hbs`);
    const pages = this.#pages ?? this.#compile();
    const page = pages.get(name) ?? this.#page(name);
    const options = { data: { ...data, root: model } };
    try {
      return page(model, options);
    } catch (error) {
      const remedy = 'give the view this field, null if it has no value';
      throw new TemplateError(this.#culprit(name, model, options), (error as Error).message, remedy, error);
    }
  }

  /** Which of the two has failed, the page's own template or the layout around it. */
  #culprit(name: string, model: object, options: Handlebars.RuntimeOptions): string {
    try {
      toTemplate(this.#handlebars, new Inlining(this.#programs).inlined(name))(model, options);
      return LAYOUT;
    } catch {
      return name;
    }
  }

  #read(): void {
    this.#handlebars = Handlebars.create();
    this.#handlebars.unregisterHelper('log');
    this.#handlebars.registerHelper({ ...this.options.helpers, once: once() });
    const templates = filesByName(this.options);
    if (!templates.has(LAYOUT)) {
      throw new TemplateError(LAYOUT, 'does not exist', `create views/${LAYOUT}.hbs`);
    }
    const partials = new Set<string>();
    this.#programs = new Map(
      [...templates].map(([name, file]) => {
        const check = new TemplateCheck(name, { templates, helpers: this.#handlebars.helpers });
        const program = named(name, () => this.#handlebars.parse(readFileSync(file, 'utf8')));
        check.accept(program);
        for (const partial of check.partials) partials.add(partial);
        return [name, program];
      }),
    );
    this.#partials = partials;
    this.#pages = undefined;
    this.#stale = false;
  }

  #compile(): Map<string, Handlebars.TemplateDelegate> {
    const { constants } = this.options;
    if (constants) {
      this.#programs.forEach((program, name) =>
        named(name, () => fold(this.#handlebars, program, constants)),
      );
    }
    const pages = [...this.#programs.keys()].filter((name) => name !== LAYOUT && !this.#partials.has(name));
    this.#pages = new Map(pages.map((name) => [name, this.#page(name)]));
    return this.#pages;
  }

  #page(name: string): Handlebars.TemplateDelegate {
    const inlining = new Inlining(this.#programs, name);
    const page = named(name, () => toTemplate(this.#handlebars, inlining.inlined(LAYOUT)));
    for (const partial of inlining.left) this.#register(partial);
    return page;
  }

  /** A partial that is called while a page is rendered. */
  #register(name: string): void {
    if (Object.hasOwn(this.#handlebars.partials, name)) return;
    const inlining = new Inlining(this.#programs);
    this.#handlebars.registerPartial(name, toTemplate(this.#handlebars, inlining.inlined(name)));
    for (const partial of inlining.left) this.#register(partial);
  }
}

/** Has the errors of Handlebars name the template. */
function named<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(name, (error as Error).message, `mend views/${name}.hbs`, error);
  }
}

function fold(
  handlebars: typeof Handlebars,
  program: hbs.AST.Program,
  { data, helpers }: NonNullable<TemplatesOptions['constants']>,
): void {
  const render = (statement: hbs.AST.Statement) =>
    toTemplate(handlebars, { ...program, body: [statement] })({}, { data: { ...data } });
  new ConstantFolding({ data, helpers, render }).accept(program);
}

function toTemplate(handlebars: typeof Handlebars, program: hbs.AST.Program): Handlebars.TemplateDelegate {
  const knownHelpers = {
    ...Object.fromEntries(Object.keys(handlebars.helpers).map((key) => [key, true])),
    log: false,
  };
  const code = handlebars.precompile(program, {
    strict: true,
    knownHelpers,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  const own = Handlebars.create();
  Object.assign(own, { helpers: helpersOf(program, handlebars.helpers), partials: handlebars.partials });
  return own.template(runInThisContext(`(${code as string})`) as TemplateSpecification);
}

/** Those that a template may call: Handlebars prepares all that it is given for each answer anew. */
function helpersOf(program: hbs.AST.Program, helpers: typeof Handlebars.helpers): typeof Handlebars.helpers {
  const text = JSON.stringify(program);
  const isCalled = (name: string) => name.endsWith('Missing') || text.includes(JSON.stringify(name));
  return Object.fromEntries(Object.entries(helpers).filter(([name]) => isCalled(name)));
}

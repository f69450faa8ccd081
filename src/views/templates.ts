import type { OnModuleDestroy } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { ConstantFolding, type ConstantFoldingOptions } from './constant-folding.js';
import { Inlining } from './inlining.js';
import { once } from './once.js';
import { TemplateCheck } from './template-check.js';
import { TemplateError } from './template.error.js';
import { templateFiles, type TemplateSource } from './template-source.js';

export interface TemplatesOptions {
  sources: readonly TemplateSource[];
  /** Folder of templates that take the place of those of the same name; it need not exist. */
  overrides: string;
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
export class Templates implements OnModuleDestroy {
  readonly #watchers: FSWatcher[] = [];
  #programs: ReadonlyMap<string, hbs.AST.Program> = new Map();
  readonly #pages = new Map<string, Handlebars.TemplateDelegate>();
  #handlebars = Handlebars.create();
  #stale = false;

  /** @throws TemplateError naming the file and the remedy */
  constructor(private readonly options: TemplatesOptions) {
    this.#compile();
    if (options.watch) {
      for (const directory of new Set(options.sources.map((source) => source.directory))) {
        const watcher = watch(directory, { recursive: true }, () => (this.#stale = true));
        watcher.unref();
        this.#watchers.push(watcher);
      }
    }
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
    if (this.#stale) this.#compile();
    if (!this.has(name)) throw new TemplateError(name, 'does not exist', `create views/${name}.hbs`);
    const page = this.#pages.get(name) ?? this.#page(name);
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

  #compile(): void {
    this.#handlebars = Handlebars.create();
    this.#handlebars.unregisterHelper('log');
    this.#handlebars.registerHelper({ ...this.options.helpers, once: once() });
    const files = this.#files();
    if (!files.has(LAYOUT)) throw new TemplateError(LAYOUT, 'does not exist', `create views/${LAYOUT}.hbs`);
    const partials = new Set<string>();
    this.#programs = new Map(
      [...files].map(([name, file]) => {
        const check = new TemplateCheck(name, { templates: files, helpers: this.#handlebars.helpers });
        const program = named(name, () => this.#parsed(file, check));
        for (const partial of check.partials) partials.add(partial);
        return [name, program];
      }),
    );
    this.#pages.clear();
    for (const name of files.keys()) if (name !== LAYOUT && !partials.has(name)) this.#page(name);
    this.#stale = false;
  }

  #parsed(file: string, check: TemplateCheck): hbs.AST.Program {
    const program = this.#handlebars.parse(readFileSync(file, 'utf8'));
    check.accept(program);
    if (this.options.constants) fold(this.#handlebars, program, this.options.constants);
    return program;
  }

  #page(name: string): Handlebars.TemplateDelegate {
    const inlining = new Inlining(this.#programs, name);
    const page = named(name, () => toTemplate(this.#handlebars, inlining.inlined(LAYOUT)));
    for (const partial of inlining.left) this.#register(partial);
    this.#pages.set(name, page);
    return page;
  }

  /** A partial that is called while a page is rendered. */
  #register(name: string): void {
    if (Object.hasOwn(this.#handlebars.partials, name)) return;
    const inlining = new Inlining(this.#programs);
    this.#handlebars.registerPartial(name, toTemplate(this.#handlebars, inlining.inlined(name)));
    for (const partial of inlining.left) this.#register(partial);
  }

  /** The file of each template, by its name. */
  #files(): Map<string, string> {
    const files = new Map<string, string>();
    for (const [name, file] of this.options.sources.flatMap((source) => [...templateFiles(source)])) {
      const other = files.get(name);
      if (other !== undefined) {
        throw new TemplateError(name, `is there twice, as ${other} and ${file}`, 'rename one of them');
      }
      files.set(name, file);
    }
    const { overrides } = this.options;
    if (!existsSync(overrides)) return files;
    for (const [name, file] of templateFiles({ directory: overrides, prefix: '' })) {
      if (!files.has(name)) {
        const remedy = 'name it after one that is there, or delete it';
        throw new TemplateError(name, `does not exist, so ${file} overrides nothing`, remedy);
      }
      files.set(name, file);
    }
    return files;
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

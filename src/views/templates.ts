import type { OnModuleDestroy } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { ConstantFolding, type ConstantFoldingOptions } from './constant-folding.js';
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
 * Every template of the application, compiled at once. A template is named by its path in its folder, without `.hbs`, a
 * plugin's with the plugin's id in front, and may stand as a partial in any other: `{{> partials/header}}`. No name is
 * given twice, but that a file under `overrides` takes the place of the template whose name its path is.
 *
 * Strict: an unknown helper or partial fails here, a missing field fails when rendered. Nothing that is
 * rendered can name a file, and no inherited property of the data is read.
 */
export class Templates implements OnModuleDestroy {
  readonly #watchers: FSWatcher[] = [];
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
    return Object.hasOwn(this.#handlebars.partials, name);
  }

  /**
   * A page in the layout.
   * @param model what the page's own template and the layout's `{{title}}` see
   * @param data what all templates see, as `@name`
   * @throws TemplateError for an unknown template or a field that the model lacks
   */
  render(name: string, model: object, data: Readonly<Record<string, unknown>>): string {
    if (this.#stale) this.#compile();
    const body = this.#run(name, model, data);
    return this.#run(LAYOUT, model, { ...data, body });
  }

  #run(name: string, model: object, data: Readonly<Record<string, unknown>>): string {
    const template = this.has(name)
      ? (this.#handlebars.partials[name] as Handlebars.TemplateDelegate)
      : undefined;
    if (!template) throw new TemplateError(name, 'does not exist', `create views/${name}.hbs`);
    try {
      return template(model, { data: { ...data } });
    } catch (error) {
      throw new TemplateError(
        name,
        (error as Error).message,
        'give the view this field, null if it has no value',
        error,
      );
    }
  }

  #compile(): void {
    const handlebars = Handlebars.create();
    handlebars.unregisterHelper('log');
    handlebars.registerHelper(this.options.helpers);
    const files = this.#files();
    const { constants } = this.options;
    for (const [name, file] of files) {
      const source = { name, text: readFileSync(file, 'utf8') };
      handlebars.registerPartial(name, compile(handlebars, source, { names: files, constants }));
    }
    if (!files.has(LAYOUT)) throw new TemplateError(LAYOUT, 'does not exist', `create views/${LAYOUT}.hbs`);
    this.#handlebars = handlebars;
    this.#stale = false;
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

function compile(
  handlebars: typeof Handlebars,
  { name, text }: { name: string; text: string },
  { names, constants }: { names: ReadonlyMap<string, string> } & Pick<TemplatesOptions, 'constants'>,
): Handlebars.Template {
  try {
    const program = handlebars.parse(text);
    new Checker(name, names).accept(program);
    if (constants) fold(handlebars, program, constants);
    return toTemplate(handlebars, program);
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
  const code = handlebars.precompile(program, { strict: true, knownHelpers, knownHelpersOnly: true });
  return handlebars.template(runInThisContext(`(${code as string})`) as TemplateSpecification);
}

/** Finds partials that do not exist, and extends `strict` to what helpers such as `#if` are given, which Handlebars leaves out. */
class Checker extends Handlebars.Visitor {
  constructor(
    private readonly template: string,
    private readonly names: ReadonlyMap<string, string>,
  ) {
    super();
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name = 'original' in partial.name ? partial.name.original : '(worked out while rendering)';
    if (!this.names.has(name)) {
      throw new TemplateError(this.template, `uses the partial ${name}`, `create views/${name}.hbs`);
    }
    super.PartialStatement(partial);
  }

  override PathExpression(path: hbs.AST.PathExpression & { strict?: boolean }): void {
    path.strict = true;
  }
}

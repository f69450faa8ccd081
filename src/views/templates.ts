import type { OnModuleDestroy } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { TemplateError } from './template.error.js';
import { templateFiles, type TemplateSource } from './template-source.js';

export interface TemplatesOptions {
  sources: readonly TemplateSource[];
  /** Folder of templates that take the place of those of the same name; it need not exist. */
  overrides: string;
  helpers: Record<string, Handlebars.HelperDelegate>;
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
    for (const [name, file] of files) {
      handlebars.registerPartial(name, compile(handlebars, name, readFileSync(file, 'utf8'), files));
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
  name: string,
  source: string,
  names: ReadonlyMap<string, string>,
): Handlebars.Template {
  const knownHelpers = {
    ...Object.fromEntries(Object.keys(handlebars.helpers).map((key) => [key, true])),
    log: false,
  };
  try {
    const program = handlebars.parse(source);
    new Checker(name, names).accept(program);
    const code = handlebars.precompile(program, { strict: true, knownHelpers, knownHelpersOnly: true });
    return handlebars.template(runInThisContext(`(${code as string})`) as TemplateSpecification);
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(name, (error as Error).message, `mend views/${name}.hbs`, error);
  }
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

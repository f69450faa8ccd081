import type { OnModuleDestroy } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { runInThisContext } from 'node:vm';
import { TemplateError } from './template.error.js';

export interface TemplatesOptions {
  /** Folder whose `.hbs` files are the templates. */
  directory: string;
  helpers: Record<string, Handlebars.HelperDelegate>;
  /** Compile again when a file changes, for development. */
  watch?: boolean;
}

const LAYOUT = 'layouts/main';

/**
 * Every template of the application, compiled at once. A template is named by its path in the folder,
 * without `.hbs`, and may stand as a partial in any other: `{{> partials/header}}`.
 *
 * Strict: an unknown helper or partial fails here, a missing field fails when rendered. Nothing that is
 * rendered can name a file, and no inherited property of the data is read.
 */
export class Templates implements OnModuleDestroy {
  readonly #watcher?: FSWatcher;
  #handlebars = Handlebars.create();
  #stale = false;

  /** @throws TemplateError naming the file and the remedy */
  constructor(private readonly options: TemplatesOptions) {
    this.#compile();
    if (options.watch) {
      this.#watcher = watch(options.directory, { recursive: true }, () => (this.#stale = true));
      this.#watcher.unref();
    }
  }

  onModuleDestroy(): void {
    this.#watcher?.close();
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
    const names = templateNames(this.options.directory);
    for (const name of names) {
      const source = readFileSync(join(this.options.directory, `${name}.hbs`), 'utf8');
      handlebars.registerPartial(name, compile(handlebars, name, source, names));
    }
    if (!names.includes(LAYOUT))
      throw new TemplateError(LAYOUT, 'does not exist', `create views/${LAYOUT}.hbs`);
    this.#handlebars = handlebars;
    this.#stale = false;
  }
}

function templateNames(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
      .map((entry) =>
        relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/').slice(0, -4),
      );
  } catch (error) {
    throw new TemplateError(
      '',
      `cannot be read: ${(error as Error).message}`,
      `restore the folder ${directory}`,
      error,
    );
  }
}

function compile(
  handlebars: typeof Handlebars,
  name: string,
  source: string,
  names: string[],
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
    private readonly names: readonly string[],
  ) {
    super();
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name = 'original' in partial.name ? partial.name.original : '(worked out while rendering)';
    if (!this.names.includes(name)) {
      throw new TemplateError(this.template, `uses the partial ${name}`, `create views/${name}.hbs`);
    }
    super.PartialStatement(partial);
  }

  override PathExpression(path: hbs.AST.PathExpression & { strict?: boolean }): void {
    path.strict = true;
  }
}

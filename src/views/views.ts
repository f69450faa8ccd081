import { Injectable } from '@nestjs/common';
import { LayoutData, type Locals } from './layout-data.js';
import { Templates } from './templates.js';

type RenderOptions = object & { _locals: Locals };
type Done = (error: Error | null, html?: string) => void;

/** Renders pages in the layout, for `@Render()` handlers and for error pages alike. */
@Injectable()
export class Views {
  constructor(
    private readonly templates: Templates,
    private readonly layout: LayoutData,
  ) {}

  has(name: string): boolean {
    return this.templates.has(name);
  }

  /** @throws TemplateError */
  render(name: string, model: object, locals: Locals): string {
    return this.templates.render(name, model, this.layout.from(locals));
  }

  /**
   * What Express is to use as its `view` setting in place of looking for files, so that
   * `res.render()` and `@Render()` name templates and nothing else.
   */
  expressView(): new (name: string) => { path?: string; render(options: RenderOptions, done: Done): void } {
    const render = (name: string, options: RenderOptions) => this.render(name, options, options._locals);
    return class {
      readonly path: string;

      constructor(private readonly name: string) {
        this.path = name;
      }

      render(options: RenderOptions, done: Done): void {
        let html: string;
        try {
          html = render(this.name, options);
        } catch (error) {
          return done(error as Error);
        }
        done(null, html);
      }
    };
  }
}

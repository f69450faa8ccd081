import { Injectable } from '@nestjs/common';
import type { Express, Response } from 'express';
import { LayoutData, type Locals } from './layout-data.js';
import { Templates } from './templates.js';

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
    return this.templates.render(name, model, this.layout.from(locals, model));
  }

  /** Has `res.render()`, and so `@Render()`, name templates and nothing else: Express would look for files. */
  renderFor({ response }: Express): void {
    const render = (name: string, model: object, locals: Locals) => this.render(name, model, locals);
    response.render = function (this: Response<unknown, Locals>, name: string, model: object = {}) {
      const html = render(name, model, this.locals);
      const bytes = Buffer.byteLength(html);
      this.setHeader('Content-Type', 'text/html; charset=utf-8');
      this.setHeader('Content-Length', bytes);
      // Text of ASCII alone is the same bytes in both, and Node writes the second sooner.
      this.end(html, bytes === html.length ? 'latin1' : 'utf8');
    };
  }
}

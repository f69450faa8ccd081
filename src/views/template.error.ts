/** A template is missing, cannot be compiled, or lacks a field that it names. For developers: it never reaches a page. */
export class TemplateError extends Error {
  constructor(template: string, fault: string, remedy: string, cause?: unknown) {
    super(`Template ${template === '' ? 'folder' : template}: ${fault}. To mend it: ${remedy}.`, { cause });
    this.name = 'TemplateError';
  }
}

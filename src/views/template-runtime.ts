import { Handlebars } from './handlebars.js';
import { TemplateError } from './template.error.js';

/** What the code of templates calls, by name. It reads no inherited property, whatever the name. */
export const runtime = {
  escaped: Handlebars.escapeExpression,

  /** What is written without being escaped: of what is missing, nothing. */
  text: (value: unknown): unknown => value ?? '',

  /** A function among the data stands for what it gives. */
  resolved,

  /** As `#if` sees it. */
  isTrue(value: unknown, context: unknown): boolean {
    const found = resolved(value, context);
    return Array.isArray(found) ? found.length > 0 : Boolean(found);
  },

  has,
  own,

  /**
   * Instead of a field that an object does not have: nothing, where it inherits one.
   * @throws TemplateError where there is none at all
   */
  needed(object: unknown, name: string, template: string, line: number): undefined {
    if (typeof object === 'object' && object !== null && name in object) return undefined;
    const fault = `"${name}" not defined (line ${line})`;
    throw new TemplateError(template, fault, 'give the view this field, null if it has no value');
  },

  /** `../`: a block that leaves the context as it was counts for none. */
  context(depth: number, contexts: readonly unknown[]): unknown {
    return contexts.filter((context, index) => index === 0 || context !== contexts[index - 1])[depth];
  },

  /** `@../index` */
  frame(depth: number, frame: { _parent?: unknown }): unknown {
    return depth === 0 ? frame : runtime.frame(depth - 1, frame._parent as object);
  },
};

function resolved(value: unknown, context: unknown): unknown {
  return typeof value === 'function' ? (value as () => unknown).call(context) : value;
}

function has(object: unknown, name: string): boolean {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name);
}

function own(object: unknown, name: string): unknown {
  const value = has(object, name) ? (object as Record<string, unknown>)[name] : undefined;
  return name === 'constructor' && typeof value === 'function' ? undefined : value;
}

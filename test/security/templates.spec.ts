import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placedExpressions, type PlacedExpression } from '../support/template-expressions.js';

const URL_ATTRIBUTES = /^(?:href|src|srcset|action|formaction|poster|data|cite|background|ping|xlink:href)$/;
/** Helpers whose result is an address that a page may lead to. */
const URL_HELPERS = ['url', 'asset'];
/** What the layout receives already rendered, the one thing that may stand unescaped. */
const RENDERED = { file: 'layouts/main.hbs', name: '@body' };

interface Found extends PlacedExpression {
  file: string;
}

const files = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.hbs'),
);
const found: Found[] = files.flatMap((file) =>
  placedExpressions(readFileSync(join('views', file), 'utf8')).map((expression) => ({ file, ...expression })),
);

function where(matches: (expression: Found) => boolean): string[] {
  return found.filter(matches).map(({ file, line, name }) => `${file}:${line} ${name}`);
}

function isRendered({ file, name }: Found): boolean {
  return file === RENDERED.file && name === RENDERED.name;
}

function isAddress({ attribute }: Found): boolean {
  return URL_ATTRIBUTES.test(attribute);
}

function sources(): { path: string; text: string }[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));
}

describe('the templates in views/', () => {
  it('are read by this lint, all of them', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(found.length).toBeGreaterThan(30);
    expect(files.filter((file) => !/^[a-z\d/_-]+\.hbs$/.test(file))).toEqual([]);
  });

  it('G02 write nothing unescaped but the body into the layout', () => {
    expect(where((expression) => !expression.escaped && !isRendered(expression))).toEqual([]);
  });

  it('G03 quote every attribute that holds an expression, and build no tag or name of one', () => {
    const unsafe = ['unquoted attribute', 'attribute name', 'tag name', 'tag'];
    expect(where(({ place }) => unsafe.includes(place))).toEqual([]);
  });

  it('G04 put data into addresses by a helper only', () => {
    expect(found.filter(isAddress).length).toBeGreaterThan(5);
    expect(where((expression) => isAddress(expression) && !URL_HELPERS.includes(expression.name))).toEqual(
      [],
    );
  });

  it('G07 put no expression into a script', () => {
    expect(where(({ place }) => place === 'script')).toEqual([]);
  });

  it('G08 put no expression into a style, a comment or a handler', () => {
    expect(where(({ place }) => place === 'style' || place === 'comment')).toEqual([]);
    expect(where(({ attribute }) => /^(?:style|on\w+|srcdoc)$/.test(attribute))).toEqual([]);
  });

  it('G14 name their partials', () => {
    expect(where(({ kind }) => kind === 'dynamic partial')).toEqual([]);
  });
});

describe('the lint', () => {
  it.each<[string, Partial<PlacedExpression>]>([
    ['<p>{{{name}}}</p>', { escaped: false, place: 'text' }],
    ['<p>{{&name}}</p>', { escaped: false }],
    ['<p class={{name}}>', { place: 'unquoted attribute', attribute: 'class' }],
    ['<a href=/x/{{name}}>', { place: 'unquoted attribute', attribute: 'href' }],
    ['<p class="a" {{name}}>', { place: 'tag' }],
    ['<p data-{{name}}="x">', { place: 'attribute name' }],
    ['<{{name}}>', { place: 'tag name' }],
    ['<a class="b" HREF="{{name}}">', { place: 'quoted attribute', attribute: 'href' }],
    ['<a href="/x" title=\'a > b {{name}}\'>', { place: 'quoted attribute', attribute: 'title' }],
    ['<script src="/a.js"></script><script>let a = "{{name}}"</script>', { place: 'script' }],
    ['<script type="application/json">{{name}}</script>', { place: 'script' }],
    ['<style>p { color: {{name}} }</style>', { place: 'style' }],
    ['<!-- {{name}} -->', { place: 'comment' }],
    ['<!-- > --><p>{{name}}</p>', { place: 'text' }],
    ['{{> (lookup . "name")}}', { kind: 'dynamic partial' }],
  ])('sees through %s', (source, expected) => {
    expect(placedExpressions(source)).toEqual([expect.objectContaining(expected)]);
  });

  it('refuses branches that end in different places', () => {
    expect(() => placedExpressions('<p class="{{#if a}}x"{{/if}}>')).toThrow('Unbalanced block at line 1');
    expect(() => placedExpressions('{{#*inline "x"}}{{/inline}}')).toThrow('DecoratorBlock');
  });
});

describe('the source', () => {
  it('G11 switches no protection of Handlebars off', () => {
    const risky = /allowProto|allowedProto|noEscape|compat:|SafeString|allowCallsToHelperMissing/;
    expect(sources().filter(({ text }) => risky.test(text))).toEqual([]);
  });

  it('G14 compiles templates in one place, from files', () => {
    const compilers = sources().filter(({ text }) => /\b(?:pre)?compile\(|\bHandlebars\.parse\(/i.test(text));
    expect(compilers.map(({ path }) => path)).toEqual(['views/templates.ts']);
  });
});

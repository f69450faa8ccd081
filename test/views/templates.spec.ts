import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Templates } from '../../src/views/templates.js';

/** Names by which templates and Handlebars look things up. */
const POLLUTED = ['partials/header', 'header', 'helpers', 'allowProtoPropertiesByDefault', 'type', 'body'];

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'templates-'));
  write('layouts/main', '<title>{{title}}</title>{{{@body}}}');
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, source: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, `${name}.hbs`), source);
}

function templates(watch = false): Templates {
  return new Templates({
    sources: [{ directory, prefix: '', except: [join(directory, 'overrides')] }],
    overrides: join(directory, 'overrides'),
    helpers: { loud: (text: string) => text.toUpperCase() },
    watch,
  });
}

describe(Templates.name, () => {
  it('renders a page in the layout, with partials, helpers and what all templates see', () => {
    write('partials/name', '<b>{{name}}</b>');
    write('page', '{{> partials/name}} {{loud name}} {{@site}}');
    const html = templates().render('page', { title: 'Hi', name: 'Ada' }, { site: 'here' });
    expect(html).toBe('<title>Hi</title><b>Ada</b> ADA here');
  });

  it('renders a file under overrides in the place of the page or partial whose name its path is', () => {
    write('partials/name', '<b>{{name}}</b>');
    write('reports/list', '{{> partials/name}} by the plugin');
    write('overrides/reports/list', '{{> partials/name}} by the application');
    write('overrides/partials/name', '<i>{{name}}</i>');
    const html = templates().render('reports/list', { title: 'Hi', name: 'Ada' }, {});
    expect(html).toBe('<title>Hi</title><i>Ada</i> by the application');
  });

  it('renders what is the same in every answer once', () => {
    let calls = 0;
    const loud = (text: string) => `${text.toUpperCase()}${(calls += 1)}`;
    write(
      'page',
      '{{loud "hi"}} {{loud @site.name}} {{#if @site.proxy}}{{@site.proxy}}{{else}}none{{/if}} {{@site.name}} {{loud name}}',
    );
    const pages = new Templates({
      sources: [{ directory, prefix: '' }],
      overrides: '',
      helpers: { loud },
      constants: { data: { site: { name: '<b>', proxy: null } }, helpers: ['loud', 'if'] },
    });
    pages.onModuleInit();
    expect(calls).toBe(2);
    expect(pages.render('page', { title: 'Hi', name: 'ada' }, { site: { name: 'never read' } })).toBe(
      '<title>Hi</title>HI1 &lt;B&gt;2 none &lt;b&gt; ADA3',
    );
    expect(calls).toBe(3);
  });

  it('renders a block that sees one object only once for each', () => {
    write('page', '{{#once links}}{{#each this}}<a>{{loud name}}</a>{{/each}}{{/once}}{{name}}');
    let calls = 0;
    const loud = (text: string) => `${text.toUpperCase()}${(calls += 1)}`;
    const pages = new Templates({ sources: [{ directory, prefix: '' }], overrides: '', helpers: { loud } });
    const links = [{ name: 'a' }, { name: '<' }];
    const rendered = ['Ada', 'Bob'].map((name) => pages.render('page', { title: '', name, links }, {}));
    expect(rendered).toEqual(['Ada', 'Bob'].map((name) => `<title></title><a>A1</a><a>&lt;2</a>${name}`));
    const others = pages.render('page', { title: '', name: 'Eve', links: [{ name: 'e' }] }, {});
    expect(others).toBe('<title></title><a>E3</a>Eve');
  });

  it.each([
    '{{@session.name}}',
    '{{title}}',
    '{{person.name}}',
    '{{> partials/title}}',
    '{{#each this}}{{title}}{{/each}}',
  ])('shows such a block nothing else: %s', (source) => {
    write('partials/title', '{{title}}');
    write('page', `{{#each people as |person|}}{{#once @links}}${source}{{/once}}{{/each}}`);
    const data = { session: { name: 'Ada' }, links: { any: {} } };
    expect(() => templates().render('page', { title: 'of Ada', people: [{ name: 'Ada' }] }, data)).toThrow(
      /"(session|name|title)" not defined/,
    );
  });

  it('shows such a block in the layout nothing of the page', () => {
    write('layouts/main', '{{#once @links}}{{{@body}}}{{/once}}');
    write('page', 'of Ada');
    expect(() => templates().render('page', { title: '' }, { links: {} })).toThrow(/page: .*mend/);
  });

  it('refuses a file under overrides that takes the place of nothing', () => {
    write('overrides/reports/lst', 'never shown');
    expect(templates).toThrow(
      /reports\/lst: does not exist, so .*lst\.hbs overrides nothing.*name it after one/,
    );
  });

  it('refuses two files for one name', () => {
    write('reports/list', 'one');
    write('elsewhere/list', 'another');
    const sources = [
      { directory, prefix: '', except: [join(directory, 'elsewhere')] },
      { directory: join(directory, 'elsewhere'), prefix: 'reports/' },
    ];
    const overrides = join(directory, 'overrides');
    expect(() => new Templates({ sources, overrides, helpers: {} })).toThrow(
      /reports\/list: is there twice, as .*reports\/list\.hbs and .*elsewhere\/list\.hbs.*rename one of them/,
    );
  });

  it('escapes what it is given', () => {
    write('page', '{{name}}');
    expect(templates().render('page', { title: '<', name: '<i>"' }, {})).toBe(
      '<title>&lt;</title>&lt;i&gt;&quot;',
    );
  });

  it.each([
    ['an unknown helper', '{{shout name}}', /page: .*shout.*mend views\/page\.hbs/],
    [
      'an unknown partial',
      '{{> partials/none}}',
      /page: uses the partial partials\/none.*create views\/partials\/none\.hbs/,
    ],
    ['a partial named by data', '{{> (lookup . "name")}}', /page: uses the partial/],
    ['broken syntax', '{{#if name}}', /page: Parse error/],
  ])('refuses %s at once', (_name, source, message) => {
    write('page', source);
    expect(() => templates()).toThrow(message);
  });

  it('G15 refuses the log helper, which would write data into the log', () => {
    write('page', '{{log name}}');
    expect(() => templates()).toThrow(/page: .*log/);
  });

  it('refuses a folder without a layout, or no folder', () => {
    rmSync(join(directory, 'layouts'), { recursive: true });
    expect(() => templates()).toThrow(/layouts\/main: does not exist.*create views\/layouts\/main\.hbs/);
    rmSync(directory, { recursive: true });
    expect(() => templates()).toThrow(/cannot be read.*restore the folder/);
    mkdirSync(directory);
  });

  it('refuses a page that does not exist and a field that the model lacks', () => {
    write('page', '{{name}}');
    expect(() => templates().render('none', { title: '' }, {})).toThrow(
      /none: does not exist.*create views\/none\.hbs/,
    );
    expect(() => templates().render('page', { title: '' }, {})).toThrow(
      /page: "name" not defined.*give the view this field/,
    );
    expect(() => templates().render('page', { name: '' }, {})).toThrow(/layouts\/main: "title" not defined/);
  });

  it.each([
    '{{name}}',
    '{{#if name}}x{{/if}}',
    '{{#unless name}}x{{/unless}}',
    '{{#each name}}x{{/each}}',
    '{{loud name}}',
    '{{@site}}',
    '{{#if @site}}x{{/if}}',
    '{{#if user.name}}x{{/if}}',
  ])('G16 refuses a missing field in %s', (source) => {
    write('page', source);
    expect(() => templates().render('page', { title: '', user: {} }, {})).toThrow(
      /page: "(name|site)" not defined/,
    );
  });

  it('G10 reads no inherited property', () => {
    for (const name of [
      'constructor',
      '__proto__',
      'toString',
      '__lookupGetter__',
      'lookup this "constructor"',
    ]) {
      write('page', `[{{${name}}}]`);
      expect(templates().render('page', { title: '' }, {})).toBe('<title></title>[]');
    }
  });

  it('reads no file that the data names', () => {
    write('page', 'body');
    writeFileSync(join(directory, 'secret.txt'), 'secret');
    const data = {
      title: '',
      layout: '../secret.txt',
      settings: { views: '/' },
      partials: { x: 'x' },
      cache: false,
    };
    expect(templates().render('page', data, {})).toBe('<title></title>body');
  });

  it('G12 ignores what a polluted prototype holds', () => {
    write('partials/header', 'mine');
    write('page', '{{> partials/header}}{{header}}');
    const all = templates();
    all.onModuleInit();
    for (const name of POLLUTED) {
      // oxlint-disable-next-line no-extend-native -- what a polluted process looks like
      Object.defineProperty(Object.prototype, name, {
        value: '<img src=x>',
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    try {
      expect(all.render('page', { title: '', header: 'own' }, {})).toBe('<title></title>mineown');
      expect(all.has('toString')).toBe(false);
    } finally {
      for (const name of POLLUTED) delete (Object.prototype as Record<string, unknown>)[name];
    }
  });

  it('compiles again when a file changes, in development', async () => {
    write('page', 'before');
    const all = templates(true);
    expect(all.render('page', { title: '' }, {})).toContain('before');
    write('page', 'after');
    await expect(eventually(() => all.render('page', { title: '' }, {}).includes('after'))).resolves.toBe(
      true,
    );
  });
});

async function eventually(condition: () => boolean): Promise<boolean> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  return true;
}

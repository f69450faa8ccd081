import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.js';

const MODULE = 'src/ledger/ledger.module.ts';

/** Everything that a plugin can have of its own, beside what `nest g plugin ledger` makes. */
function furnish(project: ProjectCopy): void {
  project.edit(MODULE, "views: 'views/ledger',", "views: 'views/ledger',\n  assets: 'public/ledger/files',");
  project.edit(MODULE, 'controllers:', 'environment: LedgerEnvironment,\n  controllers:');
  project.edit(MODULE, '\n\n', "\nimport { LedgerEnvironment } from './ledger.environment.js';\n\n");
  project.write(
    'src/ledger/ledger.environment.ts',
    "import colors from 'picocolors';\n\nexport class LedgerEnvironment {\n" +
      "  readonly LEDGER_URL: string = colors.bold('');\n  readonly LEDGER_KEY?: string = undefined;\n" +
      '  readonly PORT: number = 3000;\n}\n',
  );
  project.edit(
    '.env.example',
    '\n# Longest',
    '\n# The ledger, and the key to it.\nLEDGER_URL=\nLEDGER_KEY=\n\n# Longest',
  );
  for (const path of [
    'views/overrides/ledger/errors/404.hbs',
    'public/assets/ledger/ledger.css',
    'public/ledger/files/ledger.js',
    'test/browser/ledger/pages.spec.ts',
    'test/browser/ledger.spec.ts',
  ]) {
    project.write(path, '');
  }
  for (const path of ['package.json', 'package-lock.json']) {
    project.edit(path, '"dependencies": {', '"dependencies": {\n"picocolors": "^1.0.0",');
    project.edit(path, '"devDependencies": {', '"devDependencies": {\n"@types/picocolors": "^1.0.0",');
  }
}

/** A second plugin, of one file, which says something of itself. */
function addSales(project: ProjectCopy, metadata: string): void {
  project.write(
    'src/sales/sales.module.ts',
    `@Plugin({ id: 'sales', ${metadata} })\nexport class SalesModule {}\n`,
  );
}

describe('npm run remove', () => {
  let project: ProjectCopy;

  beforeAll(() => {
    project = new ProjectCopy();
    // The tests of the commands name packages and plugins as if they were there.
    project.delete('test/tools');
    project.nest('g', 'plugin', 'ledger');
    project.commit();
  });
  afterEach(() => project.reset());
  afterAll(() => project.delete());

  function remove(...names: string[]) {
    return project.run(process.execPath, 'tools/remove.js', ...names);
  }

  /** The files that are not as committed, each whole. */
  function state(): [string, string][] {
    return project.changes().map((line) => {
      const path = line.slice(3);
      return [line, project.has(path) ? project.read(path) : ''];
    });
  }

  it.each(['invoices', 'quarterly-revenue-statements'])(
    'leaves nothing of %s when it was just made',
    (id) => {
      project.nest('g', 'plugin', id);
      expect(project.changes()).toHaveLength(7);
      expect(remove(id)).toMatchObject({ status: 0 });
      expect(project.changes()).toEqual([]);
    },
  );

  it('takes all that is its own, and nothing else', () => {
    furnish(project);
    const { status, text } = remove('ledger');
    expect(status).toBe(0);
    expect(project.changes().filter((line) => line !== ' M package-lock.json')).toEqual([
      ' M docs/access.md',
      ' M src/app.module.ts',
      ' D src/ledger/index.ts',
      ' D src/ledger/ledger.controller.ts',
      ' D src/ledger/ledger.module.ts',
      ' D test/ledger/ledger.spec.ts',
      ' D views/ledger/ledger.hbs',
    ]);
    expect(project.has('public/ledger')).toBe(false);
    expect(project.read('docs/access.md') + project.read('src/app.module.ts')).not.toMatch(/ledger/i);
    expect(text).toContain('Uninstalled: picocolors, @types/picocolors.');
  });

  it('leaves a package that something else imports, or another package takes from the project', () => {
    furnish(project);
    project.edit(MODULE, /^/, "import 'express';\n");
    project.edit(
      'package-lock.json',
      '"node_modules/express": {',
      '"node_modules/express": { "peerDependencies": { "picocolors": "*" },',
    );
    const before = project.read('package.json');
    expect(remove('ledger').text).not.toContain('Uninstalled');
    expect(project.read('package.json')).toBe(before);
  });

  it('keeps all of it, committed or not, for the command that it prints', () => {
    furnish(project);
    project.edit('views/ledger/ledger.hbs', 'Hello', 'Good day');
    project.write('src/ledger/ignored.log', 'one');
    const before = state();
    const restore = () => project.run('sh', '-c', /git restore .*/.exec(remove('ledger').text)?.[0] ?? '');
    expect(restore()).toMatchObject({ status: 0 });
    expect(state()).toEqual(before);
    expect(project.read('src/ledger/ignored.log')).toBe('one');

    project.write('src/ledger/ignored.log', 'two');
    expect(restore()).toMatchObject({ status: 0 });
    expect(project.read('src/ledger/ignored.log')).toBe('two');
    expect(project.run('git', 'show', 'refs/removed/ledger^:src/ledger/ignored.log').text).toBe('one');
  });

  it.each<[string, string[], RegExp]>([
    ['no name', [], /^Name one plugin: npm run remove -- <name>\. The plugins here are: .*\bledger\b/],
    ['several names', ['ledger', 'reports'], /^Name one plugin/],
    [
      'a name that nothing has',
      ['nothing'],
      /^There is no plugin 'nothing'\. The plugins here are: .*\bledger\b/,
    ],
    ['a path', ['../src'], /^There is no plugin '\.\.\/src'/],
    ['a module of the kit', ['auth'], /^auth is part of the kit/],
  ])('refuses %s', (_case, names, message) => {
    const { status, text } = remove(...names);
    expect([status, text]).toEqual([1, expect.stringMatching(message)]);
    expect(project.changes()).toEqual([]);
  });

  it.each<[string, (copy: ProjectCopy) => void, RegExp]>([
    [
      'a plain module',
      (copy) => copy.edit(MODULE, /@Plugin\([^]*\)/, '@Module({})'),
      /^src\/ledger\/ is no plugin: .* no @Plugin\(\)\. Delete it by hand/,
    ],
    [
      'what another plugin requires',
      (copy) => addSales(copy, "requires: ['ledger']"),
      /src\/sales\/sales\.module\.ts requires it: take sales out first/,
    ],
    [
      'what another file imports',
      (copy) => copy.write('src/sales/sum.ts', "// A sum.\nexport * from '../ledger/index.js';\n"),
      /src\/sales\/sum\.ts:2 imports from it: take the import out first/,
    ],
    [
      'a module that is listed twice',
      (copy) => copy.edit('src/app.module.ts', 'imports: [', 'imports: [LedgerModule,'),
      /app\.module\.ts must import LedgerModule in a line of its own.*Make it so/,
    ],
    [
      'a module that is used otherwise',
      (copy) => copy.edit('src/app.module.ts', 'imports: [', 'exports: [LedgerModule], imports: ['),
      /app\.module\.ts must import LedgerModule in a line of its own/,
    ],
    [
      'an import of more than the module',
      (copy) => copy.edit('src/app.module.ts', '{ LedgerModule }', '{ LedgerModule, sum }'),
      /app\.module\.ts must import LedgerModule in a line of its own/,
    ],
    [
      'a list that is made elsewhere',
      (copy) => copy.edit('src/app.module.ts', /imports: \[[^]*\]/, 'imports: modules'),
      /app\.module\.ts has no single @Module/,
    ],
    [
      'an id that is computed',
      (copy) => copy.edit(MODULE, "id: 'ledger'", 'id: LEDGER'),
      /ledger\.module\.ts:\d+ cannot be read: id: LEDGER\..*write plain strings/,
    ],
    [
      'metadata from elsewhere',
      (copy) => copy.edit(MODULE, "id: 'ledger'", '...LEDGER'),
      /ledger\.module\.ts:\d+ cannot be read: \.\.\.LEDGER\./,
    ],
    [
      'an id that is not the name of the folder',
      (copy) => copy.edit(MODULE, "id: 'ledger'", "id: 'book'"),
      /calls the plugin 'book'\. Give the folder and the id the same name/,
    ],
    [
      'variables that lie elsewhere',
      (copy) => copy.edit(MODULE, 'controllers:', 'environment: Environment,\n  controllers:'),
      /No file in src\/ledger\/ declares Environment.*Move the class there/,
    ],
    [
      "a folder that may be others' too",
      (copy) => copy.edit(MODULE, "views: 'views/ledger'", "views: 'views/partials'"),
      /names the folder views\/partials, .* to a folder called ledger/,
    ],
    [
      'a repository in the repository',
      (copy) => copy.write('src/ledger/lib/.git/HEAD', ''),
      /src\/ledger\/lib\/\.git\/HEAD is of another repository.*Move it away/,
    ],
    [
      'a package that npm does not let go',
      (copy) => {
        furnish(copy);
        copy.edit('package.json', '"overrides": {', '"overrides": { "picocolors": "$nothing",');
      },
      /npm uninstall picocolors @types\/picocolors has failed, and nothing was taken out/,
    ],
  ])('refuses %s, and changes nothing', (_case, prepare, message) => {
    prepare(project);
    const before = state();
    const { status, text } = remove('ledger');
    expect([status, text]).toEqual([1, expect.stringMatching(message)]);
    expect(state()).toEqual(before);
  });

  it('refuses where there is no repository to keep anything in', () => {
    const elsewhere = new ProjectCopy();
    elsewhere.delete('.git');
    addSales(elsewhere, '');
    const { status, text } = elsewhere.run(process.execPath, 'tools/remove.js', 'sales');
    expect([status, text]).toEqual([1, expect.stringMatching(/^This is no git repository.* Run git init/)]);
    expect(elsewhere.has('src/sales/sales.module.ts')).toBe(true);
    elsewhere.delete();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProjectCopy } from './support/project-copy.js';

/** The tests start npm, git and Nest's CLI. */
jest.setTimeout(60_000);

const MODULE = 'src/ledger/ledger.module.ts';

const LEDGER_ENVIRONMENT = `import colors from 'picocolors';

export class LedgerEnvironment {
  readonly LEDGER_URL: string = colors.bold('');
  readonly LEDGER_KEY?: string = undefined;
  readonly PORT: number = 3000;
}
`;

/** Everything that a plugin can have of its own, beside what `nest g plugin ledger` makes. */
function furnish(project: ProjectCopy): void {
  project.write({
    'src/ledger/ledger.environment.ts': LEDGER_ENVIRONMENT,
    'views/overrides/ledger/errors/404.hbs': '',
    'public/assets/ledger/ledger.css': '',
    'public/ledger/files/ledger.js': '',
    'test/browser/ledger/pages.spec.ts': '',
    'test/browser/ledger.spec.ts': '',
  });
  project.edit(MODULE, "views: 'views/ledger',", "views: 'views/ledger',\n  assets: 'public/ledger/files',");
  project.edit(MODULE, 'controllers:', 'environment: LedgerEnvironment,\n  controllers:');
  project.edit(MODULE, '\n\n', "\nimport { LedgerEnvironment } from './ledger.environment.js';\n\n");
  project.edit(
    '.env.example',
    '\n# Longest',
    '\n# The ledger, and the key to it.\nLEDGER_URL=\nLEDGER_KEY=\n\n# Longest',
  );
  for (const path of ['package.json', 'package-lock.json']) {
    project.edit(path, '"dependencies": {', '"dependencies": {\n"picocolors": "^1.0.0",');
    project.edit(path, '"devDependencies": {', '"devDependencies": {\n"@types/picocolors": "^1.0.0",');
  }
}

/** A second plugin, of one file, which says something of itself. */
function addSales(project: ProjectCopy, metadata: string): void {
  project.write({
    'src/sales/sales.module.ts': `@Plugin({ id: 'sales', ${metadata} })\nexport class SalesModule {}\n`,
  });
}

describe('npm run remove', () => {
  let project: ProjectCopy;

  beforeAll(async () => {
    project = await ProjectCopy.create();
    // The tests of the commands name packages and plugins as if they were there.
    project.remove('test/copy');
    project.nest('g', 'plugin', 'ledger');
    await project.commit();
  });
  afterEach(() => project.reset());
  afterAll(() => project.drop());

  function remove(...names: string[]) {
    return project.node('tools/remove.js', ...names);
  }

  /** The files that are not as committed, each whole. */
  async function state(): Promise<[string, string][]> {
    return (await project.changes()).map((line) => {
      const path = line.slice(3);
      return [line, project.has(path) ? project.read(path) : ''];
    });
  }

  it.each(['specimen', 'quarterly-revenue-statements'])(
    'leaves nothing of %s when it was just made',
    async (id) => {
      project.nest('g', 'plugin', id);
      expect(await project.changes()).toHaveLength(7);
      expect(remove(id)).toMatchObject({ status: 0 });
      expect(await project.changes()).toEqual([]);
    },
  );

  it('takes all that is its own, and nothing else', async () => {
    furnish(project);
    const { status, text } = remove('ledger');
    expect(status).toBe(0);
    expect(text).toContain('Uninstalled: picocolors, @types/picocolors.');
    // How npm writes its lockfile is its own affair.
    expect((await project.changes()).filter((line) => line !== ' M package-lock.json')).toEqual([
      ' M docs/access.md',
      ' M src/app.module.ts',
      ' D src/ledger/index.ts',
      ' D src/ledger/ledger.controller.ts',
      ' D src/ledger/ledger.module.ts',
      ' D test/ledger/ledger.spec.ts',
      ' D views/ledger/ledger.hbs',
    ]);
    expect(project.read('docs/access.md') + project.read('src/app.module.ts')).not.toMatch(/ledger/i);
    expect(
      ['public/ledger', 'views/overrides', 'test/browser/ledger'].filter((path) => project.has(path)),
    ).toEqual([]);
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

  it('leaves the comment of variables that others have a part in', () => {
    furnish(project);
    project.edit('.env.example', 'LEDGER_KEY=\n', 'LEDGER_KEY=\nSALES_KEY=\n');
    remove('ledger');
    expect(project.read('.env.example')).toContain(
      '\n\n# The ledger, and the key to it.\nSALES_KEY=\n\n# Longest',
    );
  });

  it('keeps all of it, committed or not, for the command that it prints', async () => {
    furnish(project);
    project.edit('views/ledger/ledger.hbs', 'Hello', 'Good day');
    project.write({ 'src/ledger/ignored.log': 'one' });
    const before = await state();
    const restore = () => project.run('sh', '-c', /git restore .*/.exec(remove('ledger').text)?.[0] ?? '');
    expect(restore()).toMatchObject({ status: 0 });
    expect(await state()).toEqual(before);
    expect(project.read('src/ledger/ignored.log')).toBe('one');

    project.write({ 'src/ledger/ignored.log': 'two' });
    expect(restore()).toMatchObject({ status: 0 });
    expect(project.read('src/ledger/ignored.log')).toBe('two');
    expect(await project.git('show', 'refs/removed/ledger^:src/ledger/ignored.log')).toBe('one');
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
  ])('refuses %s', async (_case, names, message) => {
    const { status, text } = remove(...names);
    expect([status, text]).toEqual([1, expect.stringMatching(message)]);
    expect(await project.changes()).toEqual([]);
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
      (copy) => copy.write({ 'src/sales/sum.ts': "// A sum.\nexport * from '../ledger/index.js';\n" }),
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
      (copy) => copy.write({ 'src/ledger/lib/.git/HEAD': '' }),
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
  ])('refuses %s, and changes nothing', async (_case, prepare, message) => {
    prepare(project);
    const before = await state();
    const { status, text } = remove('ledger');
    expect([status, text]).toEqual([1, expect.stringMatching(message)]);
    expect(await state()).toEqual(before);
  });

  it('refuses where there is no repository to keep anything in', async () => {
    const elsewhere = await ProjectCopy.create();
    elsewhere.remove('.git');
    addSales(elsewhere, '');
    const { status, text } = elsewhere.node('tools/remove.js', 'sales');
    expect([status, text]).toEqual([1, expect.stringMatching(/^This is no git repository.* Run git init/)]);
    expect(elsewhere.has('src/sales/sales.module.ts')).toBe(true);
    elsewhere.drop();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProjectCopy } from './support/project-copy.js';

/** The tests start Nest's CLI. */
jest.setTimeout(60_000);

const SCHEMATICS = 'node_modules/@angular-devkit/schematics-cli/bin/schematics.js';
const FILES = [
  ' M docs/access.md',
  ' M src/app.module.ts',
  '?? src/time-sheets/index.ts',
  '?? src/time-sheets/time-sheets.controller.ts',
  '?? src/time-sheets/time-sheets.module.ts',
  '?? test/time-sheets/time-sheets.spec.ts',
  '?? views/time-sheets/time-sheets.hbs',
];

describe('nest generate', () => {
  let project: ProjectCopy;

  beforeAll(async () => {
    project = await ProjectCopy.create();
  });
  afterEach(() => project.reset());
  afterAll(() => project.drop());

  it('makes a plugin that stands in the list of modules and in the table of routes', async () => {
    project.nest('g', 'plugin', 'TimeSheets');
    expect(await project.changes()).toEqual(FILES);
    expect(project.read('src/time-sheets/time-sheets.module.ts')).toMatch(
      /@Plugin\(\{\n {2}id: 'time-sheets',\n {2}nav: \{ label: 'Time sheets', path: '\/time-sheets',/,
    );
    expect(project.read('src/app.module.ts')).toMatch(
      /^import \{ TimeSheetsModule \} from '.\/time-sheets\/index.js';$[^]*\bTimeSheetsModule,?\s*\]/m,
    );
    expect(project.read('docs/access.md')).toMatch(
      /^\| GET \/sign-up .*\n\| GET \/time-sheets +\| signed in +\| +\| time-sheets +\|$/m,
    );
  });

  it('writes as the formatter and the linter want it, however long the name', async () => {
    for (const id of ['specimen', 'quarterly-revenue-statements']) project.nest('g', 'plugin', id);
    const written = (await project.changes()).map((line) => line.slice(3));
    expect(written).toHaveLength(FILES.length + 5);
    const prettier = project.run('node_modules/.bin/prettier', '--check', ...written);
    expect(prettier).toMatchObject({ status: 0 });
    const lint = project.run('node_modules/.bin/oxlint', '--type-aware', '--deny-warnings', 'src', 'test');
    expect(lint).toMatchObject({ status: 0 });
  });

  it('makes a page that does what its test and the table of routes say', () => {
    project.nest('g', 'plugin', 'specimen');
    const tests = ['test/specimen', 'test/security/access.spec.ts'];
    const jestAlone = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--runInBand'];
    expect(project.node(...jestAlone, ...tests)).toMatchObject({ status: 0 });
    expect(project.node('node_modules/typescript/bin/tsc', '--noEmit', '--project', 'test')).toMatchObject({
      status: 0,
    });
  });

  it('tells why a plugin cannot be made', async () => {
    expect(project.nest('g', 'plugin', 'auth')).toMatch(/Error: src\/auth is there already/);
    expect(await project.changes()).toEqual([]);
  });

  /** What Nest's CLI runs, for its exit status: the CLI itself ends with 0 in any case. */
  function generate(name: string): string {
    const { collection } = JSON.parse(project.read('nest-cli.json')) as { collection: string };
    const { status, text } = project.run(
      process.execPath,
      SCHEMATICS,
      `${collection}:plugin`,
      `--name=${name}`,
    );
    expect(status).toBe(1);
    return text;
  }

  it.each<[string, string, RegExp]>([
    ['a name that is no name', 'time_sheets', /'time_sheets' cannot be.*lower-case words/],
    ['a word with a meaning', 'overrides', /'overrides' has a meaning.*choose another name/],
    ["one of the kit's own folders", 'auth', /src\/auth is there already: choose another name/],
    ["one of the kit's own templates", 'layouts', /views\/layouts is there already: choose another name/],
    ['a file that would read alike', 'main', /src\/main\.ts is there already: choose another name/],
  ])('refuses %s and writes nothing', async (_case, name, message) => {
    expect(generate(name)).toMatch(message);
    expect(await project.changes()).toEqual([]);
  });

  it.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'a path that another controller takes',
      'src/account/account.controller.ts',
      /@Controller\(.*\)/,
      "@Controller(['api', '/specimen'])",
      /src\/account\/account\.controller\.ts answers under \/specimen already: choose another name/,
    ],
    [
      'a route of the table',
      'docs/access.md',
      'GET /health/live ',
      'GET /specimen ',
      /\/specimen is a route already, see docs\/access\.md: choose another name/,
    ],
    [
      'a class that the list of modules knows',
      'src/app.module.ts',
      /^/,
      "import { SpecimenModule } from 'specimen';\n",
      /src\/app\.module\.ts:\d+ names another SpecimenModule: choose another name/,
    ],
    [
      'a list of modules that is made elsewhere',
      'src/app.module.ts',
      /imports: \[[^]*\]/,
      'imports: modules',
      /app\.module\.ts has no single @Module\(\{ imports: \[\.\.\.\] \}\).*Write the list there/,
    ],
    [
      'a document without the table',
      'docs/access.md',
      '| route ',
      '| path ',
      /access\.md has no table .*Bring it back.*npm run routes/,
    ],
  ])('refuses %s and writes nothing', async (_case, path, words, by, message) => {
    project.edit(path, words, by);
    const before = project.read(path);
    expect(generate('specimen')).toMatch(message);
    expect(await project.changes()).toEqual([` M ${path}`]);
    expect(project.read(path)).toBe(before);
  });

  it('registers what others make in a plugin in that plugin', async () => {
    project.nest('g', 'plugin', 'specimen');
    const list = project.read('src/app.module.ts');
    project.nest('g', 'co', 'specimen/lines', '--no-spec');
    project.nest('g', 'service', 'specimen', '--no-spec');
    project.nest('g', 'module', 'specimen/archive');
    const module = project.read('src/specimen/specimen.module.ts');
    expect(module).toContain('@Plugin({');
    expect(module).toContain('controllers: [SpecimenController, LinesController]');
    expect(module).toContain('providers: [SpecimenService]');
    expect(module).toContain('imports: [ArchiveModule]');
    expect(project.read('src/app.module.ts')).toBe(list);
  });

  it('registers in a plain module as Nest does', async () => {
    project.nest('g', 'controller', 'health/lines', '--no-spec');
    expect(project.read('src/health/health.module.ts')).toMatch(/@Module\(\{[^]*LinesController\][^]*\}\)/);
    project.nest('g', 'service', 'clock', '--flat', '--no-spec');
    expect(project.read('src/app.module.ts')).toContain('providers: [ClockService]');
    expect(await project.changes()).toHaveLength(4);
  });

  it("keeps the rest of Nest's generators", async () => {
    project.nest('g', 'guard', 'health/ready', '--no-spec');
    expect(await project.changes()).toEqual(['?? src/health/ready/ready.guard.ts']);
    expect(project.nest('g', '--help')).toMatch(/controller [^]*guard [^]*plugin [^]*resource /);
  });
});

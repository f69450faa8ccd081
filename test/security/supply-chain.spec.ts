import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { isBelow } from '../support/is-below.js';
import { projectFiles } from '../support/project-files.js';

interface Package {
  name?: string;
  version: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Manifest {
  private?: boolean;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Package>;
};
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ ...entry, path, name: entry.name ?? path.replace(/^.*node_modules\//, '') }));

const workflows = readdirSync('.github/workflows').map((file) => ({
  file,
  text: readFileSync(`.github/workflows/${file}`, 'utf8'),
}));
const files = projectFiles();

/** The first version without the advisory; a package that is not there is fine as well. */
const FLOORS: [name: string, floor: string, advisory: string][] = [
  ['@clerk/backend', '3.25.0', 'GHSA-9mp4-77wg-rwx9, GHSA-gjxx-92w9-8v8f, and eight faults without a number'],
  ['@clerk/shared', '4.8.3', 'GHSA-vqx2-fgx2-5wq9, GHSA-w24r-5266-9c3c'],
  ['js-cookie', '3.0.7', 'GHSA-qjx8-664m-686j'],
  ['@nestjs/common', '11.0.16', 'GHSA-cj7v-w2c7-cp7c'],
  ['@nestjs/core', '11.1.18', 'GHSA-36xv-jgw5-4q75'],
  ['@nestjs/microservices', '12.0.2', 'CVE-2026-40879, GHSA-m8vh-jmq9-5rjg'],
  ['@nestjs/platform-fastify', '11.1.19', 'GHSA-8wpr-639p-ccrj, CVE-2026-2293'],
  ['@nestjs/devtools-integration', '0.2.1', 'GHSA-85cg-cmq5-qjm7'],
  ['express', '5.0.0', 'GHSA-rv95-896h-c2vc, GHSA-qw6h-vgh9-j6wx'],
  ['body-parser', '2.3.0', 'GHSA-qwcr-r2fm-qrc7, GHSA-wqch-xfxh-vrr4, GHSA-v422-hmwv-36x6'],
  ['qs', '6.15.4', 'GHSA-hrpp-h998-j3pp, GHSA-6rw7-vpxm-498p, GHSA-w7fw-mjwx-w883, GHSA-x5fp-wj9c-mxmx'],
  ['path-to-regexp', '8.4.0', 'GHSA-j3q9-mxjg-w52f, GHSA-27v5-c462-wpq7'],
  ['serve-static', '2.1.0', 'GHSA-c3x7-gjmx-r2ff, GHSA-cm22-4g7w-348p'],
  ['send', '0.19.0', 'GHSA-m6fv-jmcg-4jfg'],
  ['cookie', '0.7.0', 'GHSA-pxg6-pf52-xh8x'],
  ['handlebars', '4.7.10', 'GHSA-2w6w-674q-4c4q, GHSA-8r5x-fm3f-whwj, GHSA-p8wg-vrv2-v86f'],
  ['hbs', '4.3.1', 'GHSA-7f5c-rpf4-86p8, GHSA-3c55-w9jx-p5jr'],
  ['class-validator', '0.14.0', 'GHSA-fj58-h2fr-3pp2'],
  ['class-transformer', '0.3.1', 'CVE-2020-7637'],
  ['multer', '2.0.2', 'GHSA-44fp-w29j-9vj5, GHSA-fjgf-rc76-4x9p'],
  ['express-rate-limit', '8.2.2', 'CVE-2026-30827'],
  ['undici', '6.27.0', 'GHSA-p88m-4jfj-68fv, GHSA-g8m3-5g58-fq7m, GHSA-35p6-xmwp-9g52'],
  ['jsonwebtoken', '9.0.0', 'CVE-2022-23540'],
];

describe('the lockfile', () => {
  it('N01 names every package by its hash, from wherever npm is told to fetch it, as package.json asks', () => {
    expect(lock.lockfileVersion).toBeGreaterThanOrEqual(3);
    expect(packages.length).toBeGreaterThan(300);
    const unsafe = packages.filter(
      ({ integrity = '', resolved = 'https:', link }) =>
        link || !/^sha512-[\w+/]{86}==$/.test(integrity) || !resolved.startsWith('https:'),
    );
    expect(unsafe).toEqual([]);
    expect(lock.packages['']?.dependencies).toEqual(manifest.dependencies);
    expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
  });

  it('N01 is what CI and the image install from', () => {
    for (const { file, text } of [
      ...workflows,
      { file: 'Dockerfile', text: readFileSync('Dockerfile', 'utf8') },
    ]) {
      expect([file, /\bnpm (?:install|i|add|update)\b|\bnpx (?!prettier)/.exec(text)?.[0]]).toEqual([
        file,
        undefined,
      ]);
    }
  });

  it.each(FLOORS)('N03 has no %s below %s (%s)', (name, floor) => {
    // Empty packages stand in for what is not needed: they are called otherwise.
    const found = packages.filter(
      (entry) => entry.path.endsWith(`node_modules/${name}`) && entry.name === name,
    );
    expect(found.filter(({ version }) => isBelow(version, floor))).toEqual([]);
  });

  it('N03 knows an older version when it sees one', () => {
    expect(isBelow('4.7.9', '4.7.10')).toBe(true);
    expect(isBelow('4.7.10', '4.7.10')).toBe(false);
    expect(isBelow('5.0.0', '4.7.10')).toBe(false);
    expect(isBelow('8.4.0-beta.1', '8.4.0')).toBe(true);
  });

  it('N04 is installed without running anything', () => {
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/COPY .*\.npmrc.*\n(?:.*\n)*?RUN npm ci/);
  });
});

describe('updates', () => {
  const dependabot = readFileSync('.github/dependabot.yml', 'utf8');

  it('N05 wait for seven days', () => {
    const waits = [...dependabot.matchAll(/default-days: (\d+)/g)].map(([, days]) => Number(days));
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(7);
  });

  it('N09 are proposed for packages, actions and the base image', () => {
    expect(dependabot).toMatch(/^version: 2$/m);
    for (const ecosystem of ['npm', 'github-actions', 'docker']) {
      expect(dependabot).toMatch(
        new RegExp(
          `- package-ecosystem: ${ecosystem}\\n    directory: /\\n    schedule:\\n      interval: \\w+`,
        ),
      );
    }
  });

  it('N02 are told of what is known to be vulnerable, on every change and every day', () => {
    const audit = workflows.find(({ file }) => file === 'audit.yml')?.text;
    expect(audit).toContain('run: npm audit --omit=dev --audit-level=high');
    expect(audit).toContain('run: npm audit signatures');
    expect(audit).toMatch(/pull_request:[^]*cron: '\d+ \d+ \* \* \*'/);
  });
});

describe('the workflows', () => {
  it.each(workflows.map(({ file, text }) => [file, text]))(
    'N07 run pinned actions, and may only read: %s',
    (_file, text) => {
      const actions = [...text.matchAll(/uses: *(\S+)/g)].map(([, action]) => action);
      expect(actions.length).toBeGreaterThan(0);
      expect(actions.filter((action) => !/^[\w-]+\/[\w./-]+@[\da-f]{40}$/.test(action ?? ''))).toEqual([]);
      expect(text).toMatch(/^permissions: read-all$/m);
      expect(text).not.toMatch(/write-all|contents: write|secrets\./);
      expect(text.match(/persist-credentials: false/g)).toHaveLength(
        text.match(/actions\/checkout@/g)?.length ?? 0,
      );
    },
  );

  it('N07 pin an action to one commit in all of them', () => {
    const pins = workflows.flatMap(({ text }) => [...text.matchAll(/uses: *([\w-]+\/[\w-]+)\S*@(\S+)/g)]);
    const commits = new Map<string, Set<string>>();
    for (const [, action = '', commit = ''] of pins) {
      commits.set(action, (commits.get(action) ?? new Set()).add(commit));
    }
    expect([...commits].filter(([, all]) => all.size > 1)).toEqual([]);
  });

  it.each(workflows.map(({ file, text }) => [file, text]))(
    'N08 run nothing that a stranger writes: %s',
    (_file, text) => {
      expect(text).not.toMatch(/pull_request_target|workflow_run/);
      const commands = [...text.matchAll(/run: *(.*(?:\n {8,}.*)*)/g)].map(([, command = '']) => command);
      expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
    },
  );

  it('N11 look for faults in the code, of the application and of themselves', () => {
    const codeql = workflows.find(({ file }) => file === 'codeql.yml')?.text;
    expect(codeql).toMatch(/github\/codeql-action\/init@[^]*github\/codeql-action\/analyze@/);
    expect(codeql).toContain('language: [javascript-typescript, actions]');
    expect(codeql).toContain('pull_request:');
    expect(workflows.find(({ file }) => file === 'scorecard.yml')?.text).toContain('ossf/scorecard-action@');
  });
});

describe('the repository', () => {
  it('N10 is tested with properties', () => {
    const specs = files.filter(({ path }) => path.endsWith('.spec.ts'));
    expect(specs.filter(({ bytes }) => bytes.includes("from 'fast-check'")).length).toBeGreaterThan(2);
  });

  it('N12 says whom to tell of a fault, which versions are mended, and what one may do with it', () => {
    const policy = readFileSync('SECURITY.md', 'utf8');
    expect(policy).toMatch(/report a vulnerability privately/i);
    expect(policy).toMatch(/within \w+ working days/);
    expect(policy).toMatch(/\| *0\.1 *\| *yes/);
    expect(readFileSync('LICENSE', 'utf8')).toMatch(/^MIT License/);
  });

  it('N13 holds no program', () => {
    const MAGIC = [
      '7f454c46',
      '4d5a',
      'feedface',
      'feedfacf',
      'cffaedfe',
      'cafebabe',
      '0061736d',
      '504b0304',
      '1f8b',
    ];
    const programs = files.filter(({ bytes }) =>
      MAGIC.some((magic) => bytes.subarray(0, 4).toString('hex').startsWith(magic)),
    );
    expect(programs.map(({ path }) => path)).toEqual([]);
    expect(files.filter(({ path }) => /\.(?:exe|dll|so|dylib|class|jar|pyc|node|wasm)$/.test(path))).toEqual(
      [],
    );
  });

  it('K08 holds no environment file and nothing that looks like a key', () => {
    expect(readFileSync('.gitignore', 'utf8')).toMatch(/^\.env$/m);
    expect(files.filter(({ path }) => /(?:^|\/)\.env(?!\.example$)/.test(path))).toEqual([]);
    const KEYS =
      /\b[sp]k_live_[A-Za-z0-9]{24,}|\bsk_test_[A-Za-z0-9]{24,}|\bwhsec_[A-Za-z0-9+/]{24,}|PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|\bgh[pousr]_\w{36}|\bAKIA[A-Z0-9]{16}\b|\bnpm_\w{36}/;
    expect(files.filter(({ bytes }) => KEYS.test(bytes.toString('latin1'))).map(({ path }) => path)).toEqual(
      [],
    );
    const example = readFileSync('.env.example', 'utf8');
    expect(example).not.toMatch(/^\w*(?:KEY|SECRET|TOKEN)\w*=\S/m);
  });

  it('K08 keeps them out of the image', () => {
    const lines = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines.filter((line) => line.startsWith('!')).join(' ')).not.toMatch(/\.env|\.local-clerk|\.git/);
    expect(lines.at(-1)).toBe('**/.env*');
  });

  it('N16 publishes nothing: it is a template, and private', () => {
    expect(manifest.private).toBe(true);
    expect(workflows.filter(({ text }) => /npm publish/.test(text) && !/--provenance/.test(text))).toEqual(
      [],
    );
  });
});

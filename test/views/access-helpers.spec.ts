import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOBODY, type Auth } from '../../src/auth/index.js';
import { helpers } from '../../src/views/helpers.js';
import { Templates } from '../../src/views/templates.js';

const SOURCE = `{{#signedIn}}in {{name}}{{else}}not in{{/signedIn}};
{{#signedOut}}out{{else}}not out {{name}}{{/signedOut}};
{{#has plan="pro" permission="org:reports:export"}}may {{name}}{{else}}may not{{/has}};
{{#each list}}{{#has feature=this}}{{this}} {{/has}}{{/each}};
{{#has}}anything{{/has}};
{{#hasPage "/plans"}}plans of {{name}}{{else}}none{{/hasPage}} {{#hasPage "/gone"}}gone{{else}}none{{/hasPage}}`;

/** What the links to another plugin's pages come to, whoever asks: one is there, and one is not. */
const LINKS = 'plans of Ada none';

let directory: string;
let templates: Templates;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'views-'));
  await mkdir(join(directory, 'layouts'));
  await writeFile(join(directory, 'layouts', 'main.hbs'), '{{{@body}}}');
  await writeFile(join(directory, 'page.hbs'), SOURCE);
  templates = new Templates({
    sources: [{ directory, prefix: '' }],
    overrides: join(directory, 'overrides'),
    helpers: helpers({
      assets: { url: String },
      routes: { has: (_method, path) => path === '/plans' },
      appUrl: 'http://localhost',
    }),
  });
});
afterAll(() => rm(directory, { recursive: true }));

function render(auth: Auth): string[] {
  return templates.render('page', { name: 'Ada', list: ['reports', 'export'] }, { auth }).split(';\n');
}

describe('templates', () => {
  it('show what is for signed-in people who have all that is asked', () => {
    const held = ['pro', 'org:reports:export', 'reports'];
    const has: Auth['has'] = (asked) => {
      const words = Object.values(asked);
      return words.length > 0 && words.every((word) => held.includes(word));
    };
    expect(render({ ...NOBODY, userId: 'user_ada', has })).toEqual([
      'in Ada',
      'not out Ada',
      'may Ada',
      'reports ',
      '',
      LINKS,
    ]);
  });

  it('show the other part to those who are signed in and have not', () => {
    expect(render({ ...NOBODY, userId: 'user_ada' })).toEqual([
      'in Ada',
      'not out Ada',
      'may not',
      '',
      '',
      LINKS,
    ]);
  });

  it('show what is for strangers', () => {
    expect(render(NOBODY)).toEqual(['not in', 'out', 'may not', '', '', LINKS]);
  });
});

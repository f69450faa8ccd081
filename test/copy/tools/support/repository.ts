import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git } from '../../../../tools/git.js';

/** No setting of the machine's, and somebody who commits. */
const VARIABLES = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** A git repository in a folder that is made for one test. */
export class Repository {
  readonly root = mkdtempSync(join(tmpdir(), 'repository-'));

  /** A repository that has no name for who commits, but for the variables of these calls. */
  static async create(): Promise<Repository> {
    const repository = new Repository();
    await repository.git('init', '--quiet', '--initial-branch=main');
    await repository.git('config', 'user.useConfigOnly', 'true');
    return repository;
  }

  git(...words: string[]): Promise<string> {
    return git(this.root, words, VARIABLES);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  isExecutable(path: string): boolean {
    return (statSync(join(this.root, path)).mode & 0o100) !== 0;
  }

  write(files: Record<string, string | Buffer>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
      if (path.startsWith('bin/')) chmodSync(join(this.root, path), 0o755);
    }
  }

  remove(...paths: string[]): void {
    for (const path of paths) rmSync(join(this.root, path), { recursive: true });
  }

  async commit(tag?: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', 'A step');
    if (tag !== undefined) await this.git('tag', '--annotate', '--message', tag, tag);
  }

  /** Every file, every reference, and what is staged or under way. */
  async state(): Promise<unknown> {
    const paths = readdirSync(this.root, { recursive: true, encoding: 'utf8' })
      .filter((path) => !/^\.git[/\\](?:objects|logs)/.test(path))
      .filter((path) => statSync(join(this.root, path)).isFile());
    const contents = paths.map((path) => [path, this.read(path)]);
    return {
      contents,
      references: await this.git('for-each-ref'),
      index: await this.git('ls-files', '--stage'),
    };
  }

  drop(): void {
    rmSync(this.root, { recursive: true });
  }
}

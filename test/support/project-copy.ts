import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { projectFiles } from './project-files.js';

/**
 * The project in a temporary folder, committed, for commands that change it. `node_modules` is a folder of links: what npm
 * writes there does not reach the real one, but nothing must be installed through it.
 */
export class ProjectCopy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'project-'));

  constructor() {
    for (const { path, bytes } of projectFiles()) this.write(path, bytes);
    mkdirSync(join(this.folder, 'node_modules'));
    for (const name of readdirSync('node_modules')) {
      symlinkSync(resolve('node_modules', name), join(this.folder, 'node_modules', name));
    }
    this.run('git', 'init', '--quiet');
    this.commit();
  }

  /** Runs a command there. Git has no configuration, so no identity; npm stays off the network and off `node_modules`. */
  run(command: string, ...words: string[]): { status: number | null; text: string } {
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: devNull,
      npm_config_offline: 'true',
      npm_config_package_lock_only: 'true',
    };
    const { status, stdout, stderr } = spawnSync(command, words, { cwd: this.folder, env, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  }

  /** The project's own Nest CLI. */
  nest(...words: string[]): string {
    return this.run(process.execPath, 'node_modules/@nestjs/cli/bin/nest.js', ...words).text;
  }

  /** What differs from the last commit, a line for each file, in git's short form. */
  changes(): string[] {
    return this.run('git', 'status', '--short', '--untracked-files=all').text.split('\n').filter(Boolean);
  }

  commit(): void {
    this.run('git', 'add', '--all');
    const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];
    this.run('git', ...identity, 'commit', '--quiet', '--message=state');
  }

  /** Back to the last commit. */
  reset(): void {
    this.run('git', 'reset', '--quiet', '--hard');
    this.run('git', 'clean', '--quiet', '-d', '--force');
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(join(this.folder, dirname(path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Writes a file anew with other words in one place of it. */
  edit(path: string, words: string | RegExp, by: string): void {
    this.write(path, this.read(path).replace(words, by));
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  delete(path = ''): void {
    rmSync(join(this.folder, path), { recursive: true });
  }
}

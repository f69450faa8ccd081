import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { devNull } from 'node:os';
import { join, resolve } from 'node:path';
import { projectFiles } from '../../../../tools/project-files.js';
import { Repository } from './repository.js';

/**
 * This project in a folder of its own, committed, for commands that change it. `node_modules` is a folder of links: what
 * npm writes there does not reach the real one, but nothing must be installed through it.
 */
export class ProjectCopy extends Repository {
  static override async create(): Promise<ProjectCopy> {
    const copy = new ProjectCopy();
    for (const path of await projectFiles('.')) cpSync(path, join(copy.root, path));
    mkdirSync(join(copy.root, 'node_modules'));
    for (const name of readdirSync('node_modules')) {
      symlinkSync(resolve('node_modules', name), join(copy.root, 'node_modules', name));
    }
    await copy.git('init', '--quiet');
    await copy.commit();
    return copy;
  }

  /** Runs a command there. Git knows nobody who commits; npm stays off the network and off `node_modules`. */
  run(command: string, ...words: string[]): { status: number | null; text: string } {
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: devNull,
      npm_config_offline: 'true',
      npm_config_package_lock_only: 'true',
    };
    const { status, stdout, stderr } = spawnSync(command, words, { cwd: this.root, env, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  }

  /** Runs a JavaScript file of the project's, with this Node. */
  node(...words: string[]): { status: number | null; text: string } {
    return this.run(process.execPath, ...words);
  }

  /** What the project's own Nest CLI says. */
  nest(...words: string[]): string {
    return this.node('node_modules/@nestjs/cli/bin/nest.js', ...words).text;
  }

  /** What differs from the last commit, a line for each file, in git's short form. */
  async changes(): Promise<string[]> {
    const printed = await this.git('status', '--short', '--untracked-files=all');
    return printed.split('\n').filter(Boolean);
  }

  /** Back to the last commit. */
  async reset(): Promise<void> {
    await this.git('reset', '--quiet', '--hard');
    await this.git('clean', '--quiet', '-d', '--force');
  }

  /** Writes a file anew with other words in one place of it. */
  edit(path: string, words: string | RegExp, by: string): void {
    this.write({ [path]: this.read(path).replace(words, by) });
  }
}

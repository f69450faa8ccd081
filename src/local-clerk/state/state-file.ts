import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../is-record.js';
import { parseState } from './parse-state.js';
import { StateFileError } from './state-file.error.js';
import type { State } from './state.js';

/** Folder of the state, in the working directory. */
export const STATE_DIRECTORY = '.local-clerk';

/**
 * The state on disk. Writes synchronously through a temporary file and a rename: a change is on disk before its answer
 * leaves, and a killed process leaves either the old or the new file. For one process at a time; two would overwrite
 * each other.
 */
export class StateFile {
  readonly path: string;

  constructor(private readonly directory: string) {
    this.path = join(directory, 'state.json');
  }

  /**
   * The stored state, or undefined when there is no file yet.
   *
   * @throws {StateFileError} when the file is there and cannot be used; it is never overwritten or deleted.
   */
  read(): State | undefined {
    try {
      return parseState(readFileSync(this.path, 'utf8'));
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw new StateFileError(this.path, reasonOf(cause), { cause });
    }
  }

  /** Replaces the file. Readable by its owner only: it holds the signing key. */
  write(state: State): void {
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
      renameSync(temporary, this.path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }
}

function reasonOf(error: unknown): string {
  return isRecord(error) ? String(error['message']) : 'unknown fault';
}

function isMissing(error: unknown): boolean {
  return isRecord(error) && error['code'] === 'ENOENT';
}

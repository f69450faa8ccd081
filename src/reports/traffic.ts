import { Injectable } from '@nestjs/common';

/** What became of the requests of one minute. */
export interface Minute {
  /** Its beginning. */
  at: Date;
  answered: number;
  /** Status 4xx. */
  refused: number;
  /** Status 5xx. */
  failed: number;
}

type Outcome = Exclude<keyof Minute, 'at'>;

const MINUTE = 60_000;
/** Minutes that are remembered. */
const KEPT = 30;

/** Counts the requests of this process, minute by minute. In memory: it begins anew with each start. */
@Injectable()
export class Traffic {
  #minutes: Minute[] = [];

  count(status: number, now = new Date()): void {
    this.#current(now)[outcomeOf(status)] += 1;
  }

  /** The last half hour, oldest minute first, those without a request among them. */
  lastMinutes(now = new Date()): Minute[] {
    const current = startOf(now);
    return Array.from({ length: KEPT }, (_, index) => {
      const at = new Date(current - (KEPT - 1 - index) * MINUTE);
      return this.#minutes.find((minute) => minute.at.getTime() === at.getTime()) ?? emptyMinute(at);
    });
  }

  #current(now: Date): Minute {
    const at = startOf(now);
    const latest = this.#minutes.at(-1);
    if (latest?.at.getTime() === at) return latest;
    const minute = emptyMinute(new Date(at));
    this.#minutes = [...this.#minutes, minute].slice(-KEPT);
    return minute;
  }
}

function startOf(time: Date): number {
  return Math.floor(time.getTime() / MINUTE) * MINUTE;
}

function emptyMinute(at: Date): Minute {
  return { at, answered: 0, refused: 0, failed: 0 };
}

function outcomeOf(status: number): Outcome {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'answered';
}

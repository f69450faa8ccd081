import { restAfter } from '../clerk-trouble.error.js';

/** Milliseconds. */
const SHORTEST_REST = 10_000;
const LONGEST_REST = 5 * 60_000;

/** Clerk has failed and is left alone for a while. */
export class CircuitOpenError extends Error {
  constructor() {
    super('Clerk has failed lately and is left alone for a while');
    this.name = 'CircuitOpenError';
  }
}

/** Keeps calls from Clerk once it has failed, until it has had a rest; then one call finds out whether it is back. */
export class CircuitBreaker {
  #openUntil = 0;

  /** @throws CircuitOpenError without a call while Clerk rests, else what the call throws */
  async call<T>(service: () => Promise<T>): Promise<T> {
    const now = Date.now();
    if (now < this.#openUntil) throw new CircuitOpenError();
    // Until the first call after a rest has come back, it is the only one.
    if (this.#openUntil > 0) this.#openUntil = now + SHORTEST_REST;
    const begun = this.#openUntil;
    try {
      const result = await service();
      this.#close(begun);
      return result;
    } catch (error) {
      const rest = restAfter(error);
      if (rest === undefined) this.#close(begun);
      else this.#open(rest);
      throw error;
    }
  }

  #open(rest: number): void {
    const until = Date.now() + Math.min(Math.max(rest, SHORTEST_REST), LONGEST_REST);
    this.#openUntil = Math.max(this.#openUntil, until);
  }

  /** A call that began before the circuit opened says nothing of what has happened since. */
  #close(begun: number): void {
    if (this.#openUntil === begun) this.#openUntil = 0;
  }
}

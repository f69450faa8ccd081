/** Milliseconds. */
const REST = 10_000;
const LONGEST_REST = 5 * 60_000;

/** A service has failed and is left alone for a while. */
export class CircuitOpenError extends Error {
  constructor() {
    super('Clerk has failed lately and is left alone for a while');
    this.name = 'CircuitOpenError';
  }
}

/** Keeps calls from a service that has failed, until it has had a rest; then one call finds out whether it is back. */
export class CircuitBreaker {
  #closedUntil = 0;

  /**
   * @param rest milliseconds to leave the service alone after an error; undefined when the error says nothing against it
   * @throws CircuitOpenError without a call while the service rests, else what the call throws
   */
  async call<T>(service: () => Promise<T>, rest: (error: unknown) => number | undefined): Promise<T> {
    const now = Date.now();
    if (now < this.#closedUntil) throw new CircuitOpenError();
    // Until the first call after a rest has come back, it is the only one.
    if (this.#closedUntil > 0) this.#closedUntil = now + REST;
    try {
      const result = await service();
      this.#closedUntil = 0;
      return result;
    } catch (error) {
      const milliseconds = rest(error);
      this.#closedUntil =
        milliseconds === undefined ? 0 : Date.now() + Math.min(Math.max(milliseconds, REST), LONGEST_REST);
      throw error;
    }
  }
}

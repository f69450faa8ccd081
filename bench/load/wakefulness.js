/**
 * Keeps a process from sleeping: to wake it costs whoever writes to it, in a virtual machine most of all, and the faster a
 * server is the more often it would have to.
 */
export class Wakefulness {
  /** Milliseconds in which there was nothing to do. */
  idle = 0;
  #isOver = false;

  /** @param {() => number} progress something that has grown after a turn of the event loop in which there was work */
  constructor(progress) {
    let [last, before] = [performance.now(), progress()];
    const turn = () => {
      const now = performance.now();
      if (progress() === before) this.idle += now - last;
      [last, before] = [now, progress()];
      if (!this.#isOver) setImmediate(turn);
    };
    turn();
  }

  end() {
    this.#isOver = true;
  }
}

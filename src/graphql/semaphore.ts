import { SafeError } from 'postgraphile/grafast';

/** So many at once; the others wait for their turn, in the order in which they came, and not for ever. */
export class Semaphore {
  #free: number;
  readonly #patience: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number, patienceMilliseconds: number) {
    this.#free = count;
    this.#patience = patienceMilliseconds;
  }

  /** Runs the work in a place. BUSY if none becomes free in time. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** Until somebody who leaves hands over the place. */
  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(take);
        reject(new SafeError('too many others wait as well', { code: 'BUSY' }));
      }, this.#patience);
      this.#waiting.add(take);
    });
  }
}

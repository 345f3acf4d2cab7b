/** Wakes every subscriber that waits for it. */
export class Bell {
  readonly rung: Promise<void>;
  #ring: () => void = () => {};

  constructor() {
    this.rung = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  ring(): void {
    this.#ring();
  }
}

/** Values that hold until a time of their own. Of more than so many, the first ones make room. */
export class ExpiringMap<Value> {
  readonly #size: number;
  readonly #entries = new Map<string, { value: Value; until: number }>();

  constructor(size: number) {
    this.#size = size;
  }

  get(key: string): Value | undefined {
    const found = this.#entries.get(key);
    return found !== undefined && found.until > Date.now() ? found.value : undefined;
  }

  /** Until so many milliseconds since 1970. */
  set(key: string, value: Value, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    const [first] = this.#entries.keys();
    if (this.#entries.size > this.#size && first !== undefined) this.#entries.delete(first);
  }
}

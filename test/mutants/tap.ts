import { match, same, strict } from 'tcompare';

/**
 * Stands in for tap where a file of tests runs many times in one process: the tests of the file are collected
 * and not run, and an assertion that fails throws, so that the first failure ends the run.
 */
type Body = (t: Test) => unknown;
export type Collected = { readonly name: string; readonly body: Body };

export class Test {
  readonly #teardowns: (() => unknown)[] = [];
  #children: Promise<unknown> = Promise.resolve();

  /** Runs the test and all that it contains. */
  static async run({ name, body }: Collected): Promise<void> {
    const test = new Test();
    try {
      await body(test);
      await test.#children;
    } catch (error) {
      throw new Error(`${name}: ${String(error)}`, { cause: error });
    } finally {
      for (const teardown of test.#teardowns.reverse()) await teardown();
    }
  }

  test(name: string, ...[options, body = options]: [unknown, unknown?]): Promise<void> {
    const run = this.#children.then(() => Test.run({ name, body: body as Body }));
    this.#children = run;
    run.catch(() => {});
    return run;
  }

  teardown(work: () => unknown): void {
    this.#teardowns.push(work);
  }

  #assert(holds: boolean, message: unknown, diff = ''): void {
    if (!holds) throw new Error(`not ok: ${String(message ?? '')} ${diff.slice(0, 300)}`);
  }

  ok = (value: unknown, message?: unknown) => this.#assert(Boolean(value), message);
  notOk = (value: unknown, message?: unknown) => this.#assert(!value, message);
  pass = (message?: unknown) => this.#assert(true, message);
  fail = (message?: unknown) => this.#assert(false, message);
  equal = (found: unknown, wanted: unknown, message?: unknown) =>
    this.#assert(Object.is(found, wanted), message, `${String(found)} is not ${String(wanted)}`);
  not = (found: unknown, wanted: unknown, message?: unknown) =>
    this.#assert(!Object.is(found, wanted), message, `is ${String(found)}`);
  type = (value: unknown, type: unknown, message?: unknown) =>
    this.#assert(
      typeof type === 'function' ? value instanceof type : Array.isArray(value) || typeof value === type,
      message,
    );

  #compare =
    (compare: typeof same, wanted = true) =>
    (found: unknown, pattern: unknown, message?: unknown) => {
      const result = compare(found, pattern);
      this.#assert(result.match === wanted, message, result.diff);
    };

  same = this.#compare(same);
  strictSame = this.#compare(strict);
  match = this.#compare(match);
  notMatch = this.#compare(match, false);

  async rejects(work: Promise<unknown> | (() => Promise<unknown>), wanted?: unknown, message?: unknown) {
    const [error] = await outcome(work);
    this.#assert(error !== undefined, message ?? wanted, 'did not reject');
    if (wanted !== undefined && typeof wanted !== 'string') this.match(error, wanted, message);
  }

  async resolves(work: Promise<unknown> | (() => Promise<unknown>), message?: unknown) {
    const [error] = await outcome(work);
    this.#assert(error === undefined, message, String(error));
  }
}

async function outcome(work: Promise<unknown> | (() => Promise<unknown>)): Promise<[unknown?]> {
  try {
    await (typeof work === 'function' ? work() : work);
    return [];
  } catch (error) {
    return [error ?? new Error('rejected with nothing')];
  }
}

/** The tests of the one file that this process runs. */
export const collected: Collected[] = [];

class File extends Test {
  override async test(name: string, ...[options, body = options]: [unknown, unknown?]): Promise<void> {
    collected.push({ name, body: body as Body });
  }
}

export type { Test as TapTest };
export default new File();

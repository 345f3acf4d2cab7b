import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Question } from './warm.ts';

const patience = 600_000;
/** Milliseconds after which a scene is set again: its sessions last an hour, and without them every mutant would fail. */
const freshness = 40 * 60_000;

/** One file of tests, kept warm in a process of its own that is begun again when it does not answer. */
export class Stage {
  readonly #test: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #startedAt = 0;
  /** The tables whose tests pass without any mutant. */
  readonly #proven = new Set<string>();

  constructor(test: string, env: NodeJS.ProcessEnv) {
    this.#test = test;
    this.#env = env;
  }

  async ask(question: Question): Promise<Answer> {
    if (Date.now() - this.#startedAt > freshness) this.close();
    // A busy machine may fail it once.
    const child = await this.#ready(question).catch(() => this.#ready(question));
    const answer = await this.#talk(child, question);
    if (answer !== undefined) return answer;
    this.close();
    return { killedBy: 'no answer came' };
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#proven.clear();
  }

  /**
   * Ready when its tests of that table have passed without any mutant: what fails anyway kills nothing. The first
   * tests pass twice, the second time on databases that were made anew.
   */
  async #ready({ table = '' }: Question): Promise<ChildProcess> {
    this.#child ??= await this.#start();
    if (this.#proven.has(table)) return this.#child;
    for (const round of this.#proven.size === 0 ? [1, 2] : [1]) {
      const answer = await this.#talk(this.#child, { table });
      if (answer === 'survived') continue;
      this.close();
      throw new Error(
        `${this.#test} fails without any mutant in round ${round}: ${JSON.stringify(answer ?? 'no answer')}`,
      );
    }
    this.#proven.add(table);
    return this.#child;
  }

  async #start(): Promise<ChildProcess> {
    this.#startedAt = Date.now();
    const child = fork(new URL('warm.ts', import.meta.url), [this.#test], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [ready] = await this.#answer(child);
    if (ready !== undefined) return child;
    child.kill('SIGKILL');
    throw new Error(`${this.#test} cannot set its scene`);
  }

  async #talk(child: ChildProcess, question: Question): Promise<Answer | undefined> {
    child.send(question);
    const [answer] = await this.#answer(child);
    return answer as Answer | undefined;
  }

  /** Nothing, when the process ends or takes too long. */
  async #answer(child: ChildProcess): Promise<unknown[]> {
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(patience)]);
    const end = () => ended.abort();
    child.once('exit', end);
    try {
      return await once(child, 'message', { signal });
    } catch {
      return [];
    } finally {
      child.off('exit', end);
    }
  }
}

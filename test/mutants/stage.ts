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

  constructor(test: string, env: NodeJS.ProcessEnv) {
    this.#test = test;
    this.#env = env;
  }

  async ask(question: Question): Promise<Answer> {
    if (Date.now() - this.#startedAt > freshness) this.close();
    // A busy machine may fail it once.
    this.#child ??= await this.#start().catch(() => this.#start());
    const answer = await this.#talk(this.#child, question);
    if (answer !== undefined) return answer;
    this.close();
    return { killedBy: 'no answer came' };
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  /** Ready when its tests have passed twice without any mutant: what fails anyway kills nothing. */
  async #start(): Promise<ChildProcess> {
    this.#startedAt = Date.now();
    const child = fork(new URL('warm.ts', import.meta.url), [this.#test], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const ready: unknown[] = await this.#answer(child);
      for (const round of [1, 2]) {
        const answer = await this.#talk(child, {});
        if (answer !== 'survived') {
          throw new Error(
            `${this.#test} fails without any mutant in round ${round}: ${JSON.stringify(answer ?? ready)}`,
          );
        }
      }
      return child;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
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

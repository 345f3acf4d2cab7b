import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { unavailable } from './errors.ts';

const lookMilliseconds = 250;
/** Looks without a word after which the server is asked on a connection of its own; then each so many. */
const doubtLooks = 6;
const laterDoubtLooks = 40;
/** Looks without a word after which a connection to a server that answers nobody is closed. */
const awayLooks = 40;
/** Looks that a connection has to speak again when the server is back, and that a closed one has to end. */
const graceLooks = 3;
/** Between two questions, how long each may take, and after how many without an answer the server is away. */
const questionMilliseconds = 300;
const questionPatience = 2_000;
const questionsUntilAway = 3;

/** The driver's own knowledge: whether a query waits for its answer, and whether `end` was called. */
type Internals = { readyForQuery: boolean; _ending: boolean; connection: { stream: Socket } };

type Heard = { bytes: number; look: number; silentLooks: number; isConnected: boolean };

export type PulseOptions = {
  /** How long an answer may take, in milliseconds; without a limit as long as the server answers others. */
  answerTimeout?: number | undefined;
  /** Called when the server stops answering, and when it answers again. */
  onChange?: ((isAway: boolean) => void) | undefined;
};

function streamOf(client: pg.ClientBase): Socket {
  return (client as unknown as Internals).connection.stream;
}

/** Whether what was thrown says that the server is not there, or does not work at the moment. */
function isAbsence(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  // Any other answer is one: no connection to spare, a password that is wrong.
  return code === undefined || /^(08|57P)/.test(code);
}

/**
 * Knows whether a pool's server answers. A server that falls silent, after a failover or in a broken network,
 * closes no connection: a query that waits for it would wait for ever, and hold a place of the pool.
 *
 * Time is counted in looks and not by the clock, so that a process that was itself stopped for a while does
 * not take its own absence for the server's.
 */
export class Pulse {
  readonly #pool: pg.Pool;
  readonly #config: pg.PoolConfig;
  readonly #answerLooks: number;
  readonly #onChange: (isAway: boolean) => void;
  readonly #clients = new Map<pg.ClientBase, Heard>();
  #timer: NodeJS.Timeout | undefined;
  #look = 0;
  /** Connections that have received nothing since this look may lead nowhere. */
  #suspectLook = 0;
  #absence = new AbortController();
  #isAsking = false;
  /** Questions that were answered. */
  #answers = 0;
  #shared: Promise<boolean> | undefined;
  /** Looks in a row at which somebody waited, and no connection had received anything. */
  #silentLooks = 0;

  constructor(pool: pg.Pool, config: pg.PoolConfig, { answerTimeout, onChange }: PulseOptions) {
    this.#pool = pool;
    this.#config = config;
    this.#answerLooks = Math.ceil((answerTimeout ?? Number.POSITIVE_INFINITY) / lookMilliseconds);
    this.#onChange = onChange ?? (() => {});
    setMaxListeners(0, this.#absence.signal);
  }

  /** Aborted while the server answers nobody: until it does, nobody needs to wait for it. */
  get absence(): AbortSignal {
    return this.#absence.signal;
  }

  /** How long nobody has been answered, in milliseconds, although somebody waits. */
  get silence(): number {
    return this.#silentLooks * lookMilliseconds;
  }

  /** Whether the connection is older than the server's last absence, and has received nothing since. */
  isSuspect(client: pg.ClientBase): boolean {
    const heard = this.#clients.get(client);
    return (
      heard !== undefined && heard.look <= this.#suspectLook && streamOf(client).bytesRead === heard.bytes
    );
  }

  /** Something has failed: is the server there? */
  doubt(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    void this.#ask().finally(() => {
      this.#isAsking = false;
    });
  }

  /** Asks an absent server at once, one question for all who want to know, and waits a moment for the answer. */
  async isBack(): Promise<boolean> {
    this.#shared ??= this.#question(this.#answers).finally(() => {
      this.#shared = undefined;
    });
    return Promise.race([this.#shared, sleep(questionMilliseconds, false)]);
  }

  /** Closes every connection, whatever runs on it. */
  abandon(): void {
    for (const client of this.#clients.keys()) streamOf(client).destroy();
  }

  /** From its first attempt to connect to its end. */
  watch(client: pg.ClientBase): void {
    this.#clients.set(client, { bytes: 0, look: this.#look + 1, silentLooks: 0, isConnected: false });
    this.#timer ??= setInterval(() => this.#lookAtAll(), lookMilliseconds).unref();
    client.once('connect', () => Object.assign(this.#clients.get(client) ?? {}, { isConnected: true }));
    client.once('end', () => this.#forget(client));
  }

  #forget(client: pg.ClientBase): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#silentLooks = 0;
  }

  #lookAtAll(): void {
    this.#look += 1;
    const looks = [...this.#clients].map(([client, heard]) => this.#lookAt(client, heard));
    const isSilent = looks.includes('silent') && !looks.includes('heard');
    this.#silentLooks = isSilent ? this.#silentLooks + 1 : 0;
  }

  #lookAt(client: pg.ClientBase, heard: Heard): 'heard' | 'silent' | 'idle' {
    const { readyForQuery, _ending: isEnding } = client as unknown as Internals;
    const stream = streamOf(client);
    const isHeard = stream.bytesRead !== heard.bytes;
    if (isHeard) Object.assign(heard, { bytes: stream.bytesRead, look: this.#look });
    if (isHeard || (readyForQuery && !isEnding)) {
      heard.silentLooks = 0;
      return isHeard ? 'heard' : 'idle';
    }
    heard.silentLooks += 1;
    if (heard.silentLooks >= this.#answerLooks) this.#suspectLook = Math.max(this.#suspectLook, heard.look);
    if (heard.silentLooks >= this.#patience(heard, isEnding)) {
      stream.destroy(new Error('the server does not answer'));
    } else if (heard.silentLooks === doubtLooks || heard.silentLooks % laterDoubtLooks === 0) {
      this.doubt();
    }
    return 'silent';
  }

  /** For how many looks the connection may be silent. */
  #patience({ look, isConnected }: Heard, isEnding: boolean): number {
    if (isEnding) return graceLooks;
    // Attempts to connect end by their own limit, or with the absence.
    if (!isConnected) return Number.POSITIVE_INFINITY;
    if (this.absence.aborted) return Math.min(awayLooks, this.#answerLooks);
    const isDead = look <= this.#suspectLook && this.#look >= this.#suspectLook + graceLooks;
    return isDead ? graceLooks : this.#answerLooks;
  }

  /**
   * Asks until there is an answer. Questions overlap: one that was sent into nowhere is not waited for when
   * the server is back.
   */
  async #ask(): Promise<void> {
    const before = this.#answers;
    for (let asked = 1; this.#answers === before && !this.#isOver; asked += 1) {
      void this.#question(before);
      await sleep(questionMilliseconds, undefined, { ref: false });
      if (this.#answers === before && asked >= questionsUntilAway) this.#turn(true);
    }
  }

  /** Asks once. Where there was an answer since, none to this question means nothing. */
  async #question(before: number): Promise<boolean> {
    const isReachable = await this.#isReachable();
    if (isReachable) {
      this.#answers += 1;
      this.#turn(false);
    } else if (this.#answers === before) {
      this.#turn(true);
    }
    return isReachable;
  }

  get #isOver(): boolean {
    return this.#pool.ending && this.#clients.size === 0;
  }

  #turn(isAway: boolean): void {
    if (this.absence.aborted === isAway) return;
    if (isAway) {
      this.#absence.abort(unavailable(new Error('the server does not answer')));
    } else {
      this.#absence = new AbortController();
      setMaxListeners(0, this.absence);
      this.#suspectLook = this.#look;
    }
    this.#onChange(isAway);
  }

  async #isReachable(): Promise<boolean> {
    const client = new pg.Client({
      ...this.#config,
      connectionTimeoutMillis: questionPatience,
      query_timeout: questionPatience,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select');
      return true;
    } catch (error) {
      return !isAbsence(error);
    } finally {
      // In good order where there is an answer; the socket goes whatever happens.
      setTimeout(() => streamOf(client).destroy(), questionPatience).unref();
      client.end().catch(() => {});
    }
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { cleanConnection } from './clean-connection.ts';
import { isPooled } from './commerce-client.ts';
import { type Limits, transactionSettings } from './connection-settings.ts';
import { enterSession } from './enter-session.ts';
import {
  ConcurrentChangeError,
  changeRefused,
  commerceError,
  InvalidSessionError,
  ofLogin,
  outcomeUnknown,
  TransactionEndedError,
  UnavailableError,
} from './errors.ts';
import { orAborted } from './or-aborted.ts';
import type { PagedQuery, PageParams, PageRow } from './paged-query.ts';
import { abortPatience, cancelUntil, connect, explain, sendTogether } from './pool.ts';
import { type Connection, PreparedQuery, type Statement } from './prepared-query.ts';
import type { Session } from './session.ts';
import { forgetPosition, notePosition, type Standby } from './standby.ts';
import { type OnQuery, traced } from './tracing.ts';

/** How one transaction runs. */
export type TransactionOptions = {
  /**
   * Whether changes are refused (FORBIDDEN, 25006); false unless said. Where there is a standby
   * (`standbyConnectionString`), it reads there if the standby has replayed what the session has written.
   */
  readOnly?: boolean;
  /** `read committed` unless said. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /**
   * How often the whole work runs again after 40001 or 40P01, at random moments within a time that doubles from
   * 10 milliseconds to a second; 0 unless said, because what the work does elsewhere would happen again.
   */
  retries?: number;
  /**
   * Cancels the statement under way, takes the work back and rejects with the signal's reason; until COMMIT is
   * sent.
   */
  signal?: AbortSignal;
};

/** One open transaction. It takes no query once the work has returned. */
export type Transaction = {
  /** Stands in audit.log with every change. */
  readonly requestId: string;
  /**
   * Runs a generated query and returns what it gives: its rows, its one row, or its row or null. Throws a CommerceError: beside those that the query names, any
   * may end with INVALID_SESSION, FORBIDDEN in a role that it is not for, INVALID_INPUT for a value of the wrong
   * form, TIMEOUT, BUSY, CONCURRENT_CHANGE or UNAVAILABLE.
   */
  run<P, R, O>(query: PreparedQuery<P, R, O>, params: P): Promise<O>;
  /**
   * Runs one statement of your own, under the same session and policies. Throws a CommerceError. Afterwards the
   * connection is cleaned (`cleanConnection`) before anybody else's transaction runs on it.
   */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** What a query builder such as Kysely runs on. What it sends is text of your own, as that of `sql` is. */
  readonly connection: Connection;
  /**
   * Reads a whole list by a cursor on the server, some rows at a time (1,000 unless said), for exports: memory
   * stays flat. The rows are those of one moment. Leaving the loop early ends it.
   */
  stream<P extends PageParams, R extends PageRow>(
    query: PagedQuery<P, R>,
    params: Omit<P, 'first'>,
    options?: StreamOptions,
  ): AsyncIterable<R>;
  stream<P, R>(query: PreparedQuery<P, R, unknown>, params: P, options?: StreamOptions): AsyncIterable<R>;
  /**
   * Work that can fail alone: what it did is taken back, and the transaction goes on. Savepoints that are begun
   * together take turns, and other queries of the transaction wait for them.
   */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
};

/** How a list is streamed. */
export type StreamOptions = {
  /** Rows that are fetched at a time; 1,000 unless said. */
  batchSize?: number;
};

/** How a transaction is entered, and which hook its statements are reported to. */
export type Entry = {
  pool: pg.Pool;
  /** Whose it is: calls inside by the same join it. */
  identity: string;
  role: string;
  requestId: string;
  options: TransactionOptions;
  /** Where transactions that only read may run as well. */
  standby?: Standby | undefined;
  /** Opens a session; without this it begins without one, as a machine's. */
  open?: () => Promise<Session>;
  /** Is called when the database has refused the session. */
  forget?: (session: Session) => Promise<void>;
  /** Those that the pool's connections begin with. */
  limits: Limits;
  onQuery?: OnQuery | undefined;
};

/** A part of a transaction that code runs in: all of it, or a savepoint. */
type Scope = {
  tx: OpenTransaction;
  /** What the code ran in before: a savepoint's transaction, or one of another login. */
  outer: Scope | undefined;
  /** The savepoint in it that is under way. */
  inner: Promise<void> | undefined;
};

const scopes = new AsyncLocalStorage<Scope>();

function openScope(): Scope | undefined {
  let scope = scopes.getStore();
  while (scope !== undefined && !scope.tx.isOpen) scope = scope.outer;
  return scope;
}

/** The pool's transaction that the calling code runs in. */
export function transactionOn(pool: pg.Pool): OpenTransaction | undefined {
  let scope = openScope();
  while (scope !== undefined && scope.tx.pool !== pool) scope = scope.outer;
  return scope?.tx;
}

/** A pooler's connection began before, without the package's settings: they hold for each transaction. */
function enter(client: pg.PoolClient, entry: Entry, session: Session | undefined): Statement {
  const { role, requestId, limits } = entry;
  const entered = { role, requestId, sessionId: session?.id ?? '' };
  return enterSession(entered, isPooled(client) ? transactionSettings(limits) : {});
}

const isolationLevels = ['read committed', 'repeatable read', 'serializable'];

/** Whether changes are allowed is the server's to say: a standby allows none, and refuses to be asked for more. */
function begin({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  return `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`;
}

function checkEntry({ requestId, options }: Entry): void {
  if (requestId.length > 255) {
    throw commerceError('SCVAL', 'requestId must have at most 255 characters', { field: 'requestId' });
  }
  const { isolation, retries = 0 } = options;
  if (isolation !== undefined && !isolationLevels.includes(isolation)) {
    throw new TypeError(`isolation must be one of: ${isolationLevels.join(', ')}`);
  }
  if (!Number.isSafeInteger(retries) || retries < 0) {
    throw new TypeError('retries must be a whole number from 0');
  }
}

/** Runs the work in one transaction, again if it may and its rows were changed by someone else. */
export async function transaction<T>(entry: Entry, work: (tx: OpenTransaction) => Promise<T>): Promise<T> {
  checkEntry(entry);
  const { retries = 0, signal } = entry.options;
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await once(entry, work);
    } catch (error) {
      if (!(error instanceof ConcurrentChangeError) || tries >= retries) throw error;
      await sleep(Math.random() * Math.min(1_000, 10 * 2 ** tries), undefined, { signal }).catch(() => {});
    }
  }
}

async function once<T>(entry: Entry, work: (tx: OpenTransaction) => Promise<T>): Promise<T> {
  const { signal } = entry.options;
  const session = entry.open && (await orAborted(entry.open(), signal));
  const standby = session && (await readingPlace(entry)?.connect(session, signal));
  const client = standby ?? (await connect(entry.pool, signal));
  const tx = new OpenTransaction(client, entry, session, standby !== undefined);
  try {
    const result = await orAborted(tx.perform(work), signal);
    await tx.commit();
    return result;
  } catch (error) {
    await tx.rollback();
    throw error;
  } finally {
    // The caller's result does not wait for it.
    void tx.giveBack();
  }
}

/** A standby runs no serializable transactions. */
function readingPlace({ standby, options }: Entry): Standby | undefined {
  return options.readOnly && options.isolation !== 'serializable' ? standby : undefined;
}

/** A transaction on its connection, from its session to its end. */
export class OpenTransaction implements Transaction {
  readonly pool: pg.Pool;
  readonly identity: string;
  readonly requestId: string;
  readonly connection: Connection = {
    query: ({ text, values = [] }) => {
      this.ranOwnText = true;
      return this.#ask(() => this.#send(text, values));
    },
  };
  /** Whether the transaction has ended as the package knows it to end. */
  isClean = false;
  /** Whether text of the application's ran, which may have done anything to the connection. */
  ranOwnText = false;
  /** The first query that failed and was not taken back by a savepoint. */
  failure: unknown;
  #client: pg.PoolClient;
  #isOnStandby: boolean;
  readonly #entry: Entry;
  #session: Session | undefined;
  readonly #scope: Scope;
  #isOpen = true;
  /** Ended by the work itself, with whatever it did to the connection. */
  #isSpoiled = false;
  /** BEGIN and the session are sent, and not waited for. */
  #begun: Promise<unknown> = Promise.resolve();
  #first: Promise<unknown> | undefined;
  #isFirstAnswered = false;
  #running = 0;
  #names = 0;
  readonly #savepoints: string[] = [];

  constructor(client: pg.PoolClient, entry: Entry, session: Session | undefined, isOnStandby: boolean) {
    this.pool = entry.pool;
    this.identity = entry.identity;
    this.requestId = entry.requestId;
    this.#client = client;
    this.#isOnStandby = isOnStandby;
    this.#entry = entry;
    this.#session = session;
    this.#scope = { tx: this, outer: openScope(), inner: undefined };
    this.#begin();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get session(): Session {
    if (this.#session === undefined) throw new TypeError('a machine has no session');
    return this.#session;
  }

  async run<P, R, O>(query: PreparedQuery<P, R, O>, params: P): Promise<O> {
    const { text, values } = this.#statement(query, params);
    const { rows } = await this.#ask(() => this.#send(text, values, query), query);
    return query.finish(query.rows(rows, params));
  }

  async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    this.ranOwnText = true;
    return this.ask<R>(text, values);
  }

  /** Runs one statement of the package's own. */
  async ask<R>(text: string, values: unknown[]): Promise<R[]> {
    return (await this.#ask(() => this.#send(text, values))).rows as R[];
  }

  async *stream<P, R>(
    query: PreparedQuery<P, R, unknown>,
    params: P,
    { batchSize = 1_000 }: StreamOptions = {},
  ): AsyncGenerator<R, void, undefined> {
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new TypeError('batchSize must be a whole number from 1');
    }
    // A list in pages is read without a limit.
    const whole = { first: Number.MAX_SAFE_INTEGER, ...params };
    const { text, values } = this.#statement(query, whole);
    const cursor = `stream_${++this.#names}`;
    const fetch = () => this.#send(`fetch ${batchSize} from ${cursor}`, [], { name: query.name });
    const declare = () =>
      this.#send(`declare ${cursor} no scroll cursor for ${text}`, values, { name: query.name });
    // Together, because the cursor looks at the session when its first row is wanted.
    const open = async () => (await Promise.all([declare(), fetch()]))[1];
    let { rows } = await this.#ask(open);
    try {
      for (;;) {
        yield* query.rows(rows, whole);
        if (rows.length < batchSize) return;
        ({ rows } = await this.#ask(fetch));
      }
    } finally {
      if (this.#isOpen && this.#client.getTransactionStatus() === 'T') await this.#control(`close ${cursor}`);
    }
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.#ownScope() ?? this.#scope;
    while (scope.inner !== undefined) await scope.inner;
    let end = () => {};
    scope.inner = new Promise((resolve) => {
      end = resolve;
    });
    try {
      return await scopes.run({ tx: this, outer: scope, inner: undefined }, () => this.#within(work));
    } finally {
      scope.inner = undefined;
      end();
    }
  }

  /** Runs the work, whose calls inside are known to be inside. */
  async perform<T>(work: (tx: OpenTransaction) => Promise<T>): Promise<T> {
    return scopes.run(this.#scope, () => work(this));
  }

  async commit(): Promise<void> {
    // A failure that ended it, and that the work swallowed.
    if (!this.#isOpen) throw this.failure;
    if (this.#scope.inner !== undefined) throw new TransactionEndedError();
    this.#isOpen = false;
    try {
      await this.#begun;
    } catch (error) {
      throw this.#explain(error);
    }
    const committing = this.#client.query('commit');
    const noting = this.#notePosition();
    const { command } = await committing.catch((error: unknown) => {
      const failure = this.#explain(error);
      const isAnswered = !(failure instanceof UnavailableError) || failure.reason !== null;
      if (isAnswered || this.#entry.options.readOnly === true) throw failure;
      if (this.#session) forgetPosition(this.#session);
      throw outcomeUnknown(error);
    });
    await noting;
    this.isClean = true;
    // A failed transaction answers COMMIT with ROLLBACK, and with no error.
    if (command !== 'COMMIT') {
      throw this.failure ?? new TransactionEndedError('rolled back: a query that was not awaited failed');
    }
  }

  /** Takes everything back. What still runs then is cancelled if the signal said so. */
  async rollback(): Promise<void> {
    this.#isOpen = false;
    if (this.isClean) return;
    const isAborted = this.#entry.options.signal?.aborted === true;
    const isCancelled = isAborted && this.#running > 0;
    const text = 'rollback';
    // A server that has fallen silent is not waited for.
    const config = isAborted ? { text, query_timeout: abortPatience } : { text };
    const answered = this.#client.query(config).then(
      () => true,
      () => false,
    );
    if (isCancelled) await cancelUntil(this.#client, answered);
    const isBack = await answered;
    // A cancellation that comes late would hit the next request's statement.
    this.isClean = isBack && !this.#isSpoiled && !isCancelled;
  }

  /**
   * Hands the connection to the next request, with nothing of this one on it. Where its transaction may still be
   * open, or cleaning fails, the connection is closed.
   */
  async giveBack(): Promise<void> {
    const client = this.#client;
    const isReady =
      this.isClean &&
      (!this.ranOwnText ||
        (await cleanConnection(client).then(
          () => true,
          () => false,
        )));
    client.release(!isReady);
  }

  /** Asked together with COMMIT, and so behind it in the primary's log. */
  async #notePosition(): Promise<void> {
    const { standby, options } = this.#entry;
    if (standby && this.#session && !options.readOnly) await notePosition(this.#client, this.#session);
  }

  #begin(): void {
    const statements = [begin(this.#entry.options), ...this.#savepoints.map((name) => `savepoint ${name}`)];
    const [first = '', ...others] = statements;
    sendTogether(this.#client);
    this.#begun = Promise.all([
      this.#client.query(first),
      this.#client.query(enter(this.#client, this.#entry, this.#session)),
      ...others.map((text) => this.#client.query(text)),
    ]).catch((error: unknown) => {
      throw ofLogin(this.#explain(error));
    });
    // The caller that waits for the first answer receives the error.
    this.#begun.catch(() => {});
  }

  /** What only looks like a query of the package is text of the application's. */
  #statement<P>(query: PreparedQuery<P, unknown, unknown>, params: P): Statement {
    if (query instanceof PreparedQuery) query.check(params);
    else this.ranOwnText = true;
    return query.statement(params);
  }

  async #ask(
    question: () => Promise<pg.QueryResult>,
    query?: { blame?(error: unknown, caller: string): unknown },
  ): Promise<pg.QueryResult> {
    const scope = this.#ownScope();
    while (scope?.inner !== undefined) await scope.inner;
    try {
      const result = await (this.#isFirstAnswered ? question() : this.#askFirst(question));
      // Beside our own COMMIT, which may be answered by now, nothing else has ended it.
      if (this.#isOpen && this.#client.getTransactionStatus() === 'I') {
        this.#isOpen = false;
        this.#isSpoiled = true;
        throw new TransactionEndedError(
          'the work has ended its transaction itself: return to commit, throw to roll back',
        );
      }
      return result;
    } catch (thrown) {
      const error = query?.blame?.(thrown, this.#entry.role.replace('commerce_', '')) ?? thrown;
      this.failure ??= error;
      if (error instanceof InvalidSessionError && this.#session) await this.#entry.forget?.(this.#session);
      throw error;
    }
  }

  /** The first question goes along with BEGIN; what is asked meanwhile waits for its answer. */
  async #askFirst(question: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    if (this.#first !== undefined) {
      await this.#first.catch(() => {});
      return question();
    }
    const first = this.#orInNewSession(question);
    this.#first = first;
    try {
      return await first;
    } finally {
      this.#isFirstAnswered = true;
    }
  }

  /**
   * When the very first question finds that the session has ended, nothing has been done in it yet: a new one
   * is entered and the question asked again, and the work does not notice.
   */
  async #orInNewSession(question: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    try {
      return await this.#withBegin(question);
    } catch (error) {
      const { open, forget } = this.#entry;
      if (!(error instanceof InvalidSessionError && this.#session && open && forget)) throw error;
      try {
        await this.#client.query('rollback');
        await forget(this.#session);
        this.#session = await open();
        if (this.#isOnStandby) await this.#moveToPrimary();
      } catch (cause) {
        this.#isOpen = false;
        throw this.#explain(cause);
      }
      this.#refuseAtEnd();
      this.#begin();
      return this.#withBegin(question);
    }
  }

  /** A session that has just been opened is not known elsewhere. */
  async #moveToPrimary(): Promise<void> {
    const { pool, options } = this.#entry;
    const primary = await connect(pool, options.signal);
    this.isClean = true;
    void this.giveBack();
    this.isClean = false;
    this.#client = primary;
    this.#isOnStandby = false;
  }

  async #withBegin(question: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    const [begun, asked] = await Promise.allSettled([this.#begun, question()]);
    // What follows a failed beginning says of itself only that something has failed before.
    if (begun.status === 'rejected') throw begun.reason;
    if (asked.status === 'rejected') throw asked.reason;
    return asked.value;
  }

  async #within<T>(work: () => Promise<T>): Promise<T> {
    const name = `savepoint_${++this.#names}`;
    await this.#control(`savepoint ${name}`);
    const before = this.failure;
    this.#savepoints.push(name);
    const takeBack = async () => {
      if (!this.#isOpen) return;
      await this.#control(`rollback to savepoint ${name}; release savepoint ${name}`);
      this.failure = before;
    };
    try {
      const result = await work().catch(async (error: unknown) => {
        await takeBack();
        throw error;
      });
      // After a failure that the work swallowed, the release fails, and the failure is thrown.
      await this.#control(`release savepoint ${name}`).catch(async (error: unknown) => {
        const failure = this.failure ?? error;
        await takeBack();
        throw failure;
      });
      return result;
    } finally {
      this.#savepoints.pop();
    }
  }

  /** A statement of the package's own, which is no first question. */
  async #control(text: string): Promise<void> {
    if (!this.#isFirstAnswered) await this.#first?.catch(() => {});
    this.#refuseAtEnd();
    try {
      await Promise.all([this.#begun, this.#client.query(text)]);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /**
   * Under its statement's name, the connection keeps a query and its plan. A pooler of transactions would hand the next
   * one to a connection that has not prepared it.
   */
  #send(
    text: string,
    values: unknown[],
    { name, statementName }: { name?: string; statementName?: string } = {},
  ): Promise<pg.QueryResult> {
    const { onQuery, requestId } = this.#entry;
    const isKept = statementName !== undefined && !isPooled(this.#client);
    const query = () => this.#query({ text, values, ...(isKept && { name: statementName }) });
    if (onQuery === undefined) return query();
    const { database } = this.#client;
    return traced({ text, name, requestId, database, onQuery }, query);
  }

  async #query(config: pg.QueryConfig): Promise<pg.QueryResult> {
    this.#refuseAtEnd();
    this.#running += 1;
    try {
      // Otherwise the driver would send a statement without values as a simple query, which may hold several statements.
      return await this.#client.query({ ...config, queryMode: 'extended' } as pg.QueryConfig);
    } catch (error) {
      throw this.#explain(error);
    } finally {
      this.#running -= 1;
    }
  }

  #explain(error: unknown): unknown {
    const known = explain(this.#client, error);
    const isOwnWish = this.#entry.options.readOnly === true && known instanceof UnavailableError;
    return isOwnWish && known.sqlState === '25006' ? changeRefused(error) : known;
  }

  #refuseAtEnd(): void {
    this.#entry.options.signal?.throwIfAborted();
    // The connection may already belong to another tenant's transaction.
    if (!this.#isOpen) throw new TransactionEndedError();
  }

  /** Where in this transaction the calling code runs, as far as is known. */
  #ownScope(): Scope | undefined {
    const scope = scopes.getStore();
    return scope?.tx === this ? scope : undefined;
  }
}

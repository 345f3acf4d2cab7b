import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConcurrentChangeError, commerceError, toCommerceError, unavailable } from './errors.ts';
import type { PagedQuery, PageParams, PageRow } from './page.ts';
import type { PreparedQuery } from './prepared-query.ts';
import { type OnQuery, traced } from './tracing.ts';

export type TransactionOptions = {
  readOnly?: boolean;
  /** `read committed` unless said. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often the work is tried again after 40001 or 40P01, with growing pauses up to a second; 0 unless said. */
  retries?: number;
  /** Cancels the statement under way, takes the work back and rejects with the signal's reason. */
  signal?: AbortSignal;
};

/** One open transaction. It takes no query once the work has returned. */
export type Transaction = {
  readonly requestId: string;
  /** Runs a generated query and returns its rows. Throws a CommerceError. */
  run<P, R>(query: PreparedQuery<P, R>, params: P): Promise<R[]>;
  /** Runs one statement of your own, under the same session and policies. Throws a CommerceError. */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /**
   * Reads a whole list by a cursor on the server, some rows at a time (1,000 unless said), for exports: memory
   * stays flat. The rows are those of one moment. Leaving the loop early ends it.
   */
  stream<P extends PageParams, R extends PageRow>(
    query: PagedQuery<P, R>,
    params: Omit<P, 'first'>,
    options?: StreamOptions,
  ): AsyncIterable<R>;
  stream<P, R>(query: PreparedQuery<P, R>, params: P, options?: StreamOptions): AsyncIterable<R>;
  /** Work that can fail alone: what it did is taken back, and the transaction goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
};

export type StreamOptions = { batchSize?: number };

/** How a transaction is entered, and who is told of its statements. */
export type Entry = {
  role: string;
  sessionId: string;
  requestId: string;
  options: TransactionOptions;
  /** Milliseconds; the server's own unless given. */
  statementTimeout?: number | undefined;
  idleTimeout?: number | undefined;
  onQuery?: OnQuery | undefined;
};

/**
 * Enters a session: the first statement of every transaction, with bind parameters only, because what is
 * written out in a statement can be read in pg_stat_activity. Time limits are set here and not at the
 * connection's start, which a pooler would refuse. An empty one leaves the server's.
 */
const enterStatement = `select set_config('role', $1, true),
       set_config('commerce.session', $2, true),
       set_config('commerce.request_id', $3, true)`;
const limitStatement = `${enterStatement},
       set_config('statement_timeout', coalesce($4, current_setting('statement_timeout')), true),
       set_config('idle_in_transaction_session_timeout', coalesce($5, current_setting('idle_in_transaction_session_timeout')), true)`;

function enter({ role, sessionId, requestId, statementTimeout, idleTimeout }: Entry): [string, unknown[]] {
  const values = [role, sessionId, requestId];
  if (statementTimeout === undefined && idleTimeout === undefined) return [enterStatement, values];
  return [limitStatement, [...values, statementTimeout?.toString(), idleTimeout?.toString()]];
}

function begin({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  return `begin isolation level ${isolation} ${readOnly ? 'read only' : 'read write'}`;
}

/** Runs the work in one transaction, again if it may and its rows were changed by someone else. */
export async function transaction<T>(
  pool: pg.Pool,
  entry: Entry,
  work: (tx: OpenTransaction) => Promise<T>,
): Promise<T> {
  if (entry.requestId.length > 255) {
    throw commerceError('SCVAL', 'requestId must have at most 255 characters', { field: 'requestId' });
  }
  const { retries = 0, signal } = entry.options;
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await once(pool, entry, work);
    } catch (error) {
      const failure = toCommerceError(error);
      if (!(failure instanceof ConcurrentChangeError) || tries >= retries) throw failure;
      await sleep(Math.random() * Math.min(1_000, 10 * 2 ** tries), undefined, { signal }).catch(() => {});
    }
  }
}

async function once<T>(pool: pg.Pool, entry: Entry, work: (tx: OpenTransaction) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  const tx = new OpenTransaction(client, entry);
  try {
    // BEGIN and the session travel in one round trip.
    const entering = [client.query(begin(entry.options)), client.query(...enter(entry))];
    await Promise.all(entering);
    const result = await work(tx);
    await tx.commit();
    return result;
  } catch (error) {
    await tx.rollback();
    throw entry.options.signal?.aborted ? entry.options.signal.reason : tx.explain(error);
  } finally {
    tx.release();
  }
}

/** A transaction on its connection, from its session to its end. */
export class OpenTransaction implements Transaction {
  readonly requestId: string;
  /** The first query that failed and was not taken back by a savepoint. */
  failure: unknown;
  readonly #client: pg.PoolClient;
  readonly #entry: Entry;
  #isOpen = true;
  /** Whether the connection is outside of any transaction again. */
  #isClean = false;
  #isLost = false;
  #names = 0;
  readonly #cancel = () => cancelStatement(this.#client);
  readonly #lose = () => {
    this.#isLost = true;
  };

  constructor(client: pg.PoolClient, entry: Entry) {
    this.requestId = entry.requestId;
    this.#client = client;
    this.#entry = entry;
    client.once('end', this.#lose);
    entry.options.signal?.addEventListener('abort', this.#cancel, { once: true });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async run<P, R>(query: PreparedQuery<P, R>, params: P): Promise<R[]> {
    const { text, values } = query.statement(params);
    return query.finish(await this.#ask<R>(text, values, query.name), params);
  }

  async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    return this.#ask<R>(text, values);
  }

  async *stream<P, R>(
    query: PreparedQuery<P, R>,
    params: P,
    { batchSize = 1_000 }: StreamOptions = {},
  ): AsyncGenerator<R, void, undefined> {
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new TypeError('batchSize must be a whole number from 1');
    }
    // A list in pages is read without a limit.
    const whole = { first: Number.MAX_SAFE_INTEGER, ...params };
    const { text, values } = query.statement(whole);
    const cursor = `stream_${++this.#names}`;
    await this.#ask(`declare ${cursor} no scroll cursor for ${text}`, values, query.name);
    try {
      for (;;) {
        const rows = await this.#ask<R>(`fetch ${batchSize} from ${cursor}`, [], query.name);
        yield* query.finish(rows, whole);
        if (rows.length < batchSize) return;
      }
    } finally {
      if (this.#isOpen && this.failure === undefined) await this.#ask(`close ${cursor}`, []);
    }
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `savepoint_${++this.#names}`;
    await this.#ask(`savepoint ${name}`, []);
    const before = this.failure;
    try {
      const result = await work();
      // After a failure that the work swallowed, the release fails, and the failure is thrown.
      await this.#ask(`release savepoint ${name}`, []);
      return result;
    } catch (error) {
      const failure = this.failure ?? error;
      this.failure = before;
      await this.#ask(`rollback to savepoint ${name}`, []);
      throw this.explain(failure === before ? error : failure);
    }
  }

  async commit(): Promise<void> {
    this.#end();
    // A failed transaction answers COMMIT with ROLLBACK, and with no error.
    const { command } = await this.#client.query('commit');
    this.#isClean = true;
    if (command !== 'COMMIT') {
      throw this.failure ?? new Error('rolled back: a query that was not awaited failed');
    }
  }

  async rollback(): Promise<void> {
    this.#end();
    this.#isClean ||= await this.#client.query('rollback').then(
      () => true,
      () => false,
    );
  }

  /** A connection whose transaction may still be open is closed, never handed to the next request. */
  release(): void {
    this.#client.off('end', this.#lose);
    this.#client.release(!this.#isClean);
  }

  /** The typed error for a failure; a lost connection has no SQLSTATE of its own. */
  explain(error: unknown): unknown {
    return this.#isLost && error === this.failure ? unavailable(error) : toCommerceError(error);
  }

  #end(): void {
    this.#isOpen = false;
    this.#entry.options.signal?.removeEventListener('abort', this.#cancel);
  }

  async #ask<R>(text: string, values: unknown[], name?: string): Promise<R[]> {
    // The connection may already belong to another tenant's transaction.
    if (!this.#isOpen)
      throw new Error('the transaction has ended: await every query before the work returns');
    this.#entry.options.signal?.throwIfAborted();
    try {
      const { rows } = await traced({ text, name, ...this.#entry }, () =>
        // Without values the driver would send a simple query, which may hold several statements.
        this.#client.query<R & pg.QueryResultRow>({ text, values, queryMode: 'extended' } as pg.QueryConfig),
      );
      if (this.#client.getTransactionStatus() === 'I') {
        this.#isOpen = false;
        throw new Error('the work has ended its transaction itself: return to commit, throw to roll back');
      }
      return rows;
    } catch (error) {
      this.failure ??= error;
      throw this.explain(error);
    }
  }
}

/**
 * Asks the server to cancel what the connection runs, as PostgreSQL's protocol has it: on a connection of its
 * own with the other one's key, which a pooler passes on. If that fails the statement runs to its end.
 */
function cancelStatement(client: pg.PoolClient): void {
  const { host, port, ssl, processID, secretKey } = client as pg.PoolClient & {
    host: string;
    port: number;
    ssl: boolean;
    processID: number;
    secretKey: number;
  };
  const connection = new pg.Connection({ ssl } as pg.ConnectionConfig) as pg.Connection & {
    connect(portOrPath: number | string, host?: string): void;
    requestSsl(): void;
    cancel(processID: number, secretKey: number): void;
  };
  const cancel = () => connection.cancel(processID, secretKey);
  connection.on('error', () => {});
  connection.on('connect', ssl ? () => connection.requestSsl() : cancel);
  connection.on('sslconnect', cancel);
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}

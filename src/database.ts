import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ConcurrentChangeError, commerceError, InvalidSessionError, toCommerceError } from './errors.ts';
import type { PreparedQuery } from './prepared-query.ts';
import { enterStatement, type Identity, type Session, SessionCache } from './session.ts';

export type DatabaseOptions = {
  /** Login `commerce_api`: what requests run on. */
  connectionString: string;
  /** Login `commerce_auth`: opens and closes sessions, nothing else. */
  authConnectionString: string;
  /** Login `commerce_worker_login`: only where webhooks and jobs run. */
  workerConnectionString?: string;
  /** Connections for requests; 10 unless said. */
  maxConnections?: number;
  /** What pg_stat_activity shows. */
  applicationName?: string;
};

type Request = {
  /** Stands in audit.log; a new UUID unless given, at most 255 characters. */
  requestId?: string;
};

export type TenantIdentity = Omit<Identity, 'tenantId'> & Request & { tenantId: string };

/** Somebody whom the identity provider knows, whichever tenants do. The e-mail address is a verified one. */
export type PersonIdentity = Pick<Identity, 'email' | 'expiresAt'> & Request & { subject: string };

export type TransactionOptions = {
  readOnly?: boolean;
  /** `read committed` unless said. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often the work is tried again after 40001 or 40P01; 0 unless said. */
  retries?: number;
};

/** One open transaction. It takes no query once the work has returned. */
export type Transaction = {
  readonly requestId: string;
  /** Runs a generated query and returns its rows. Throws a CommerceError. */
  run<P, R>(query: PreparedQuery<P, R>, params: P): Promise<R[]>;
  /** Runs one statement of your own, under the same session and policies. Throws a CommerceError. */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
};

export type TenantTransaction = Omit<Transaction, 'run'> & {
  readonly tenantId: string;
  readonly session: Session;
  /** Runs a generated query and returns its rows; the tenant is filled in. Throws a CommerceError. */
  run<P, R>(query: PreparedQuery<P, R>, params: Omit<P, 'tenantId'>): Promise<R[]>;
};

/** `date` stays YYYY-MM-DD: a Date at local midnight would be another day elsewhere. */
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** The package's way to the database; close it when the process ends. */
export class Database {
  readonly #api: pg.Pool;
  readonly #auth: pg.Pool;
  readonly #worker: pg.Pool | undefined;
  readonly sessions: SessionCache;

  constructor(options: DatabaseOptions) {
    const pool = (connectionString: string, max: number) => {
      const created = new pg.Pool({
        connectionString,
        max,
        types,
        application_name: options.applicationName ?? 'conversational-commerce-db',
        // BEGIN and the session travel in one round trip.
        pipeline: true,
      } as pg.PoolConfig);
      // A connection that is lost fails the work that runs on it, or is replaced if none does; without
      // these listeners, one for idle connections and one for those in use, it would end the process.
      created.on('error', () => {});
      created.on('connect', (client) => client.on('error', () => {}));
      return created;
    };
    const max = options.maxConnections ?? 10;
    this.#api = pool(options.connectionString, max);
    this.#auth = pool(options.authConnectionString, Math.min(max, 4));
    this.#worker =
      options.workerConnectionString === undefined ? undefined : pool(options.workerConnectionString, max);
    this.sessions = new SessionCache(this.#auth);
  }

  /**
   * Runs the work in one transaction of the tenant; what it returns is returned after the commit.
   *
   * A session that the database no longer knows is opened anew once, and the work runs again from its
   * start: its first run was rolled back, so only what it did outside of the database happens twice.
   * Work that returns although one of its queries failed is rolled back, and that failure is thrown.
   */
  async withTenant<T>(
    identity: TenantIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { requestId = randomUUID(), ...who } = identity;
    if (!who.tenantId) throw commerceError('SCTEN', 'withTenant needs a tenantId');
    return this.#inSession(who, requestId, options, (tx, session) =>
      work({
        ...tx,
        tenantId: who.tenantId,
        session,
        run: <P, R>(query: PreparedQuery<P, R>, params: Omit<P, 'tenantId'>) =>
          tx.run(query, { ...params, tenantId: who.tenantId } as P),
      }),
    );
  }

  /**
   * Runs the work for a person before there is a tenant: to ask which ones know the person, or to answer an
   * invitation. No row of any tenant is seen.
   */
  async asPerson<T>(
    { requestId = randomUUID(), ...who }: PersonIdentity,
    work: (tx: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    return this.#inSession({ ...who, role: 'buyer', tenantId: null }, requestId, options, work);
  }

  async #inSession<T>(
    who: Identity,
    requestId: string,
    options: TransactionOptions,
    work: (tx: Transaction, session: Session) => Promise<T>,
  ): Promise<T> {
    const attempt = async (session: Session): Promise<T> =>
      transaction(
        this.#api,
        { role: `commerce_${who.role}`, sessionId: session.id, requestId, options },
        (tx) => work(tx, session),
      );
    const session = await this.sessions.open(who);
    try {
      return await attempt(session);
    } catch (error) {
      if (!(error instanceof InvalidSessionError)) throw error;
      await this.sessions.forget(who, session);
      return attempt(await this.sessions.open(who));
    }
  }

  /** Runs the work as a machine: no tenant until one of its functions finds and adopts one. */
  async asWorker<T>(
    work: (tx: Transaction) => Promise<T>,
    { requestId = randomUUID(), ...options }: Request & TransactionOptions = {},
  ): Promise<T> {
    if (this.#worker === undefined) throw new TypeError('asWorker needs workerConnectionString');
    return transaction(this.#worker, { role: 'commerce_worker', sessionId: '', requestId, options }, work);
  }

  /** Ends every connection, after the work that is under way. */
  async close(): Promise<void> {
    await Promise.all([this.#api, this.#auth, this.#worker].map((pool) => pool?.end()));
  }
}

export function createDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

type Entry = { role: string; sessionId: string; requestId: string; options: TransactionOptions };

async function transaction<T>(
  pool: pg.Pool,
  entry: Entry,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (entry.requestId.length > 255) {
    throw commerceError('SCVAL', 'requestId must have at most 255 characters', { field: 'requestId' });
  }
  for (let retriesLeft = entry.options.retries ?? 0; ; retriesLeft--) {
    try {
      return await once(pool, entry, work);
    } catch (error) {
      const failure = toCommerceError(error);
      if (!(failure instanceof ConcurrentChangeError) || retriesLeft <= 0) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 45));
    }
  }
}

async function once<T>(
  pool: pg.Pool,
  { role, sessionId, requestId, options }: Entry,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isOpen = true;
  let isClean = false;
  let failure: unknown;
  const ask = async <R>(question: () => Promise<R>): Promise<R> => {
    // The connection may already belong to another tenant's transaction.
    if (!isOpen) throw new Error('the transaction has ended: await every query before the work returns');
    try {
      return await question();
    } catch (error) {
      failure ??= error;
      throw toCommerceError(error);
    }
  };
  try {
    await Promise.all([
      client.query(beginStatement(options)),
      client.query(enterStatement, [role, sessionId, requestId]),
    ]);
    const result = await work({
      requestId,
      run: (query, params) => ask(() => query.run(params, client)),
      sql: <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
        // Without values the driver would send a simple query, which may hold several statements.
        ask(
          async () => (await client.query<R>({ text, values, queryMode: 'extended' } as pg.QueryConfig)).rows,
        ),
    });
    isOpen = false;
    // A failed transaction answers COMMIT with ROLLBACK, and with no error.
    const { command } = await client.query('commit');
    isClean = true;
    if (command !== 'COMMIT') throw failure ?? new Error('rolled back: a query that was not awaited failed');
    return result;
  } catch (error) {
    isOpen = false;
    isClean ||= await client.query('rollback').then(
      () => true,
      () => false,
    );
    throw error;
  } finally {
    // A connection whose transaction may still be open is closed, never handed to the next request.
    client.release(!isClean);
  }
}

function beginStatement({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  return `begin isolation level ${isolation} ${readOnly ? 'read only' : 'read write'}`;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { commerceError, InvalidSessionError, NestedTransactionError, toCommerceError } from './errors.ts';
import type { PreparedQuery } from './prepared-query.ts';
import { type Identity, type Session, SessionCache } from './session.ts';
import type { OnQuery } from './tracing.ts';
import {
  type Entry,
  type OpenTransaction,
  type StreamOptions,
  type Transaction,
  type TransactionOptions,
  transaction,
} from './transaction.ts';

export type DatabaseOptions = {
  /** Login `commerce_api`: what requests run on. */
  connectionString: string;
  /** Login `commerce_auth`: opens and closes sessions, nothing else. */
  authConnectionString: string;
  /** Login `commerce_worker_login`: only where webhooks and jobs run. */
  workerConnectionString?: string;
  /** Login `commerce_platform_login`: only in the platform's back office. */
  platformConnectionString?: string;
  /** Connections for requests, and for each of the other logins at most; 10 unless said. */
  maxConnections?: number;
  /** How long a request waits for a connection, in milliseconds; 30,000 unless said. */
  connectionTimeout?: number;
  /** How long one statement may run, in milliseconds; the server's limit unless said. */
  statementTimeout?: number;
  /** How long a transaction may wait for the application between two statements, in milliseconds; the server's limit unless said. */
  idleInTransactionTimeout?: number;
  /** TLS as node:tls takes it, instead of what the connection strings say. */
  ssl?: boolean | ConnectionOptions;
  /** What pg_stat_activity shows. */
  applicationName?: string;
  /** Sessions that are kept for the next requests; 10,000 unless said. */
  sessionCacheSize?: number;
  /** How long a session is kept, in milliseconds; unless said, until shortly before it ends (an hour). */
  sessionLifetime?: number;
  /** Told of every statement that a transaction runs; for tracing. */
  onQuery?: OnQuery;
};

type Request = {
  /** Stands in audit.log; a new UUID unless given, at most 255 characters. */
  requestId?: string;
};

export type TenantIdentity = Omit<Identity, 'tenantId'> & Request & { tenantId: string };

/** Somebody whom the identity provider knows, whichever tenants do. The e-mail address is a verified one. */
export type PersonIdentity = Pick<Identity, 'email' | 'expiresAt'> & Request & { subject: string };

/** A system administrator, who looks at one tenant for a reason. */
export type PlatformIdentity = Request & {
  /** The users id. */
  adminId: string;
  tenantId: string;
  /** Why, in 10 to 1,000 characters; stands in the tenant's log before anything is read. */
  reason: string;
  /** What is about to be read, in 1 to 255 characters; stands in the log as well. */
  reading: string;
};

export type TenantTransaction = Omit<Transaction, 'run' | 'stream'> & {
  readonly tenantId: string;
  readonly session: Session;
  /** Runs a generated query and returns its rows; the tenant is filled in. Throws a CommerceError. */
  run<P, R>(query: PreparedQuery<P, R>, params: Omit<P, 'tenantId'>): Promise<R[]>;
  /**
   * Reads a whole list by a cursor on the server, some rows at a time (1,000 unless said), for exports: memory
   * stays flat. The rows are those of one moment. A list in pages takes no `first`. Leaving the loop early
   * ends it.
   */
  stream<P, R>(
    query: PreparedQuery<P, R>,
    params: Omit<P, 'tenantId' | 'first'>,
    options?: StreamOptions,
  ): AsyncIterable<R>;
};

/** `date` stays YYYY-MM-DD: a Date at local midnight would be another day elsewhere. */
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** What is open where the code runs now, so that a call inside joins it. */
type Current = { database: Database; identity: string; open: OpenTransaction; session: Session };
const current = new AsyncLocalStorage<Current>();

/** The package's way to the database; close it when the process ends. */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #api: pg.Pool;
  readonly #auth: pg.Pool;
  readonly #worker: pg.Pool | undefined;
  readonly #platform: pg.Pool | undefined;
  readonly sessions: SessionCache;

  constructor(options: DatabaseOptions) {
    checkOptions(options);
    const { maxConnections: max = 10, sessionCacheSize, sessionLifetime } = options;
    this.#options = options;
    this.#api = createPool(options, options.connectionString, max);
    this.#auth = createPool(options, options.authConnectionString, Math.min(max, 4));
    const optional = (connectionString?: string) =>
      connectionString === undefined ? undefined : createPool(options, connectionString, max);
    this.#worker = optional(options.workerConnectionString);
    this.#platform = optional(options.platformConnectionString);
    this.sessions = new SessionCache(this.#auth, { size: sessionCacheSize, lifetime: sessionLifetime });
  }

  /**
   * Runs the work in one transaction of the tenant; what it returns is returned after the commit.
   *
   * A session that the database no longer knows is opened anew once, and the work runs again from its
   * start: its first run was rolled back, so only what it did outside of the database happens twice.
   * Work that returns although one of its queries failed is rolled back, and that failure is thrown.
   *
   * Inside of another call's work for the same identity it joins that transaction, as a savepoint of it; for
   * another one, or with options, it is refused (NestedTransactionError): it would need a second connection,
   * and might wait for the first one's locks for ever.
   */
  async withTenant<T>(
    identity: TenantIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { requestId = randomUUID(), ...who } = identity;
    if (!who.tenantId) throw commerceError('SCTEN', 'withTenant needs a tenantId');
    return this.#inSession(who, requestId, options, (open, session) =>
      work(ofTenant(who.tenantId, open, session)),
    );
  }

  /** Runs the work as a visitor of the storefront at this host. NOT_FOUND when no tenant has it. */
  async asAnonymous<T>(
    host: string,
    work: (tx: TenantTransaction) => Promise<T>,
    { requestId, ...options }: Request & TransactionOptions = {},
  ): Promise<T> {
    const { rows } = await ask(this.#auth, 'select tenant_id from internal.resolve_tenant($1)', [host]);
    const tenantId = (rows[0] as { tenant_id: string }).tenant_id;
    const identity: TenantIdentity = { tenantId, role: 'anonymous' };
    return this.withTenant(requestId === undefined ? identity : { ...identity, requestId }, work, options);
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

  /** Runs the work as a machine: no tenant until one of its functions finds and adopts one. */
  async asWorker<T>(
    work: (tx: Transaction) => Promise<T>,
    { requestId = randomUUID(), ...options }: Request & TransactionOptions = {},
  ): Promise<T> {
    if (this.#worker === undefined) throw new TypeError('asWorker needs workerConnectionString');
    return transaction(this.#worker, this.#entry('commerce_worker', '', requestId, options), work);
  }

  /**
   * Runs the work as a system administrator, who reads one tenant. The session with its reason, and what is
   * about to be read, stand in the tenant's log whatever becomes of the work. FORBIDDEN, INVALID_INPUT.
   */
  async asPlatform<T>(
    { adminId, tenantId, reason, reading, requestId = randomUUID() }: PlatformIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    if (this.#platform === undefined) throw new TypeError('asPlatform needs platformConnectionString');
    const { rows } = await ask(
      this.#auth,
      'select session_id as id, expires_at as "expiresAt" from internal.open_platform_session($1, $2, $3, 60)',
      [adminId, tenantId, reason],
    );
    const session: Session = { tenantId, ...(rows[0] as Omit<Session, 'tenantId'>) };
    try {
      const entry = this.#entry('commerce_platform', session.id, requestId, options);
      return await transaction(this.#platform, entry, async (open) => {
        await open.sql('select api.announce_read($1)', [reading]);
        return work(ofTenant(tenantId, open, session));
      });
    } finally {
      await ask(this.#auth, 'select internal.close_session($1)', [session.id]);
    }
  }

  /** Ends every connection, after the work that is under way. */
  async close(): Promise<void> {
    const pools = [this.#api, this.#auth, this.#worker, this.#platform];
    await Promise.all(pools.map((pool) => pool?.end()));
  }

  async #inSession<T>(
    who: Identity,
    requestId: string,
    options: TransactionOptions,
    work: (open: OpenTransaction, session: Session) => Promise<T>,
  ): Promise<T> {
    const identity = JSON.stringify([who.tenantId, who.role, who.userId, who.subject, who.email]);
    const outer = current.getStore();
    if (outer?.database === this && outer.open.isOpen) {
      if (outer.identity !== identity) {
        throw new NestedTransactionError(
          'a transaction inside of another one has the same tenant and person',
        );
      }
      if (Object.keys(options).length > 0) {
        throw new NestedTransactionError('the options of a transaction are those of its outermost call');
      }
      return outer.open.savepoint(() => work(outer.open, outer.session));
    }

    let open: OpenTransaction | undefined;
    const attempt = async (session: Session): Promise<T> =>
      transaction(this.#api, this.#entry(`commerce_${who.role}`, session.id, requestId, options), (begun) => {
        open = begun;
        return current.run({ database: this, identity, open: begun, session }, () => work(begun, session));
      });
    const session = await this.sessions.open(who);
    try {
      return await attempt(session);
    } catch (error) {
      // Only what one of this transaction's own queries was told; the work may have met one elsewhere.
      if (!(error instanceof InvalidSessionError && error.cause === open?.failure)) throw error;
      await this.sessions.forget(who, session);
      return attempt(await this.sessions.open(who));
    }
  }

  #entry(role: string, sessionId: string, requestId: string, options: TransactionOptions): Entry {
    const { statementTimeout, idleInTransactionTimeout: idleTimeout, onQuery } = this.#options;
    return { role, sessionId, requestId, options, statementTimeout, idleTimeout, onQuery };
  }
}

/** Throws a TypeError that names the first option that makes no sense. */
export function createDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

function ofTenant(tenantId: string, open: OpenTransaction, session: Session): TenantTransaction {
  return {
    tenantId,
    session,
    requestId: open.requestId,
    run: <P, R>(query: PreparedQuery<P, R>, params: Omit<P, 'tenantId'>) =>
      open.run(query, { ...params, tenantId } as P),
    stream: <P, R>(
      query: PreparedQuery<P, R>,
      params: Omit<P, 'tenantId' | 'first'>,
      options?: StreamOptions,
    ) => open.stream(query, { ...params, tenantId } as P, options),
    sql: (text, values) => open.sql(text, values),
    savepoint: (work) => open.savepoint(work),
  };
}

function createPool(options: DatabaseOptions, connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    application_name: options.applicationName ?? 'conversational-commerce-db',
    connectionTimeoutMillis: options.connectionTimeout ?? 30_000,
    ...(options.ssl !== undefined && { ssl: options.ssl }),
    // BEGIN and the session travel in one round trip.
    pipeline: true,
  } as pg.PoolConfig);
  // A connection that is lost fails the work that runs on it, or is replaced if none does; without
  // these listeners, one for idle connections and one for those in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function ask(pool: pg.Pool, text: string, values: unknown[]): Promise<pg.QueryResult> {
  return pool.query(text, values).catch((error: unknown) => {
    throw toCommerceError(error);
  });
}

const connectionStrings = [
  'connectionString',
  'authConnectionString',
  'workerConnectionString',
  'platformConnectionString',
] as const;
const wholeNumbers = [
  'maxConnections',
  'connectionTimeout',
  'statementTimeout',
  'idleInTransactionTimeout',
  'sessionCacheSize',
  'sessionLifetime',
] as const;

function checkOptions(options: DatabaseOptions): void {
  for (const name of connectionStrings) {
    const value: unknown = options[name];
    const isNeeded = name === 'connectionString' || name === 'authConnectionString';
    if (
      isNeeded ? typeof value !== 'string' || value === '' : value !== undefined && typeof value !== 'string'
    ) {
      throw new TypeError(
        `createDatabase: ${name} must be a connection string, like postgres://login@host/database`,
      );
    }
  }
  for (const name of wholeNumbers) {
    const value = options[name];
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 1 || value > 2_147_483_647)) {
      throw new TypeError(`createDatabase: ${name} must be a whole number from 1`);
    }
  }
  if (options.onQuery !== undefined && typeof options.onQuery !== 'function') {
    throw new TypeError('createDatabase: onQuery must be a function');
  }
}

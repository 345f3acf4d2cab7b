import { randomUUID } from 'node:crypto';
import type { PreparedQuery } from '@pgtyped/runtime';
import pg from 'pg';
import { ConcurrentChangeError, commerceError, InvalidSessionError, toCommerceError } from './errors.ts';
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

export type TenantIdentity = Omit<Identity, 'tenantId'> & {
  tenantId: string;
  /** Stands in audit.log; a new UUID unless given, at most 255 characters. */
  requestId?: string;
};

export type TransactionOptions = {
  readOnly?: boolean;
  /** `read committed` unless said. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often the work is tried again after 40001 or 40P01; 0 unless said. */
  retries?: number;
};

/** One open transaction. */
export type Transaction = {
  readonly requestId: string;
  /** Runs a generated query; the tenant is filled in. Returns its rows. Throws a CommerceError. */
  run<P, R>(query: PreparedQuery<P, R>, params: Omit<P, 'tenantId'>): Promise<R[]>;
  /** Runs SQL of your own, under the same session and policies. Throws a CommerceError. */
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
};

export type TenantTransaction = Transaction & { readonly tenantId: string; readonly session: Session };

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
      // A connection that is lost while idle is replaced; without a listener it would end the process.
      created.on('error', () => {});
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
   */
  async withTenant<T>(
    identity: TenantIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { requestId = randomUUID(), ...who } = identity;
    if (!who.tenantId) throw commerceError('SCTEN', 'withTenant needs a tenantId');
    if (requestId.length > 255) throw commerceError('SCVAL', 'requestId must have at most 255 characters');

    const attempt = async (session: Session): Promise<T> =>
      transaction(
        this.#api,
        { role: `commerce_${who.role}`, sessionId: session.id, requestId, options },
        (tx) => work({ ...tx, tenantId: who.tenantId, session }),
        who.tenantId,
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
  async asWorker<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (this.#worker === undefined) throw new TypeError('asWorker needs workerConnectionString');
    return transaction(
      this.#worker,
      { role: 'commerce_worker', sessionId: '', requestId: randomUUID(), options },
      work,
    );
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
  tenantId?: string,
): Promise<T> {
  for (let retriesLeft = entry.options.retries ?? 0; ; retriesLeft--) {
    try {
      return await once(pool, entry, work, tenantId);
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
  tenantId?: string,
): Promise<T> {
  const client = await pool.connect();
  let isClean = false;
  try {
    const begun = client.query(beginStatement(options));
    await Promise.all([begun, client.query(enterStatement, [role, sessionId, requestId])]);
    const result = await work({
      requestId,
      run: (query, params) =>
        typed(query.run({ ...params, tenantId } as Parameters<typeof query.run>[0], client)),
      sql: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
        (await typed(client.query<R>(text, values))).rows,
    });
    await client.query('commit');
    isClean = true;
    return result;
  } catch (error) {
    isClean = await client.query('rollback').then(
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

async function typed<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw toCommerceError(error);
  }
}

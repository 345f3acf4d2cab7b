import { randomUUID } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import type pg from 'pg';
import { parseUrl } from '../operations/login-urls.ts';
import { claim } from './clean-connection.ts';
import { type Limits, requestLimits, transactionSettings } from './connection-settings.ts';
import { enterSession } from './enter-session.ts';
import {
  ConnectionTakenError,
  commerceError,
  NestedTransactionError,
  ofLogin,
  ofParameter,
  VersionConflictError,
} from './errors.ts';
import { orAborted } from './or-aborted.ts';
import { ask, createPool } from './pool.ts';
import { askOn, type Connection } from './prepared-query.ts';
import { presentRow } from './present-row.ts';
import { resolveTenant } from './resolve-tenant.ts';
import { type Identity, keyOf, type Session, SessionCache } from './session.ts';
import { Standby } from './standby.ts';
import { ofTenant, type TenantTransaction } from './tenant-transaction.ts';
import type { OnQuery } from './tracing.ts';
import {
  type Entry,
  type OpenTransaction,
  type Transaction,
  type TransactionOptions,
  transaction,
  transactionOn,
} from './transaction.ts';
import { valueTypes } from './value-types.ts';

/** Where the database is, and how much a process may ask of it at once. */
export type DatabaseOptions = {
  /** Login `commerce_api`: what requests run on. */
  connectionString: string;
  /** Login `commerce_auth`: opens and closes sessions, nothing else. */
  authConnectionString: string;
  /**
   * Login `commerce_api` on a streaming standby: transactions that are `readOnly` run there, if it has replayed
   * what their session has written. The other connections lead to the primary.
   */
  standbyConnectionString?: string;
  /** Login `commerce_worker_login`: only where webhooks and jobs run. */
  workerConnectionString?: string;
  /** Login `commerce_platform_login`: only in the platform's back office. */
  platformConnectionString?: string;
  /** Connections for requests, and for each of the other logins at most; 10 unless said. */
  maxConnections?: number;
  /** How long a request waits for a connection, in milliseconds; 30,000 unless said. */
  connectionTimeout?: number;
  /**
   * How long one statement may run, in milliseconds; a minute unless said. A server that is silent for two
   * seconds more is UNAVAILABLE.
   */
  statementTimeout?: number;
  /** How long a transaction may wait for the application between two statements, in milliseconds; five minutes unless said. */
  idleInTransactionTimeout?: number;
  /** TLS as node:tls takes it, instead of what the connection strings say. */
  ssl?: boolean | ConnectionOptions;
  /** What pg_stat_activity shows. */
  applicationName?: string;
  /** Sessions that are kept for the next requests; 10,000 unless said. */
  sessionCacheSize?: number;
  /** How long a session is kept, in milliseconds; unless said, until shortly before it ends (an hour). */
  sessionLifetime?: number;
  /** Is called with every statement that a transaction runs; for tracing. */
  onQuery?: OnQuery;
};

type Request = {
  /** Stands in audit.log; a new UUID unless given, at most 255 characters. Inside of another call, that one's. */
  requestId?: string;
};

/** The identity that acts for a tenant: a person by users id or subject, or a visitor (role `anonymous`) without either. */
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

/** How much longer than a statement its answer may take. */
const silenceMilliseconds = 2_000;

/** The login, the identity, and how its session is opened. */
type Door = Pick<Entry, 'pool' | 'standby' | 'identity' | 'role' | 'open' | 'forget'>;

/** A program's way to the database, as `createDatabase` makes it. */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #limits: Limits;
  readonly #api: pg.Pool;
  readonly #auth: pg.Pool;
  readonly #worker: pg.Pool | undefined;
  readonly #platform: pg.Pool | undefined;
  readonly #reading: pg.Pool | undefined;
  readonly #standby: Standby | undefined;
  #closing: Promise<unknown> | undefined;
  /** The sessions that are kept; `close` logs an identity out. */
  readonly sessions: SessionCache;

  constructor(options: DatabaseOptions) {
    checkOptions(options);
    const { maxConnections: max = 10, sessionCacheSize, sessionLifetime } = options;
    this.#limits = limitsOf(options);
    // The server says that a statement takes too long; where it says nothing in time, nobody is there.
    const answerTimeout = this.#limits.statement_timeout + silenceMilliseconds;
    const pool = (connectionString: string, connections = max): pg.Pool =>
      createPool(
        {
          connectionString,
          max: connections,
          types: valueTypes,
          application_name: options.applicationName ?? 'conversational-commerce-db',
          connectionTimeoutMillis: options.connectionTimeout ?? 30_000,
          limits: this.#limits,
          ...(options.ssl !== undefined && { ssl: options.ssl }),
        },
        { answerTimeout },
      );
    this.#options = options;
    this.#api = pool(options.connectionString);
    this.#auth = pool(options.authConnectionString, Math.min(max, 4));
    const { workerConnectionString, platformConnectionString, standbyConnectionString } = options;
    this.#worker = workerConnectionString === undefined ? undefined : pool(workerConnectionString);
    this.#platform = platformConnectionString === undefined ? undefined : pool(platformConnectionString);
    this.#reading = standbyConnectionString === undefined ? undefined : pool(standbyConnectionString);
    this.#standby = this.#reading && new Standby(this.#reading);
    this.sessions = new SessionCache(this.#auth, {
      size: sessionCacheSize,
      lifetime: sessionLifetime,
      hasStandby: this.#standby !== undefined,
    });
  }

  /**
   * Runs the work in one transaction of the tenant; what it returns is returned after the commit.
   *
   * A session that the database no longer knows is opened anew once if the transaction's first query finds
   * that out: nothing has been done yet, the query runs again, and the work does not notice. Later it is
   * InvalidSessionError, and everything is taken back. The work itself never runs twice for a session.
   * Work that returns although one of its queries failed is rolled back, and that failure is thrown.
   *
   * Inside of another call's work for the same identity it joins that transaction, as a savepoint of it; for
   * another one, or with options, it is refused (NestedTransactionError): it would need a second connection,
   * and might wait for the first one's locks for ever. The same holds for the other ways below.
   */
  async withTenant<T>(
    identity: TenantIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { requestId, ...who } = identity;
    requireTenant(who);
    return this.#inSession(who, requestId, options, (open) => work(ofTenant(who.tenantId, open)));
  }

  /** Runs the work as a visitor of the storefront at this host. NOT_FOUND when no tenant has it. */
  async asAnonymous<T>(
    host: string,
    work: (tx: TenantTransaction) => Promise<T>,
    { requestId, ...options }: Request & TransactionOptions = {},
  ): Promise<T> {
    const tenantId = await orAborted(resolveTenant(this.#auth, host), options.signal);
    const identity: TenantIdentity = { tenantId, role: 'anonymous' };
    return this.withTenant(requestId === undefined ? identity : { ...identity, requestId }, work, options);
  }

  /**
   * Runs the work for a person before there is a tenant: to ask which ones know the person, or to answer an
   * invitation. No row of any tenant is seen.
   */
  async asPerson<T>(
    { requestId, ...who }: PersonIdentity,
    work: (tx: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    return this.#inSession({ ...who, role: 'buyer', tenantId: null }, requestId, options, work);
  }

  /**
   * Runs the work as a machine: no tenant until one of its functions finds and adopts one. With a `tenantId`, as jobs
   * have one, it is filled in for every query.
   */
  async asWorker<T>(
    work: (tx: TenantTransaction) => Promise<T>,
    options: Request & TransactionOptions & { tenantId: string },
  ): Promise<T>;
  async asWorker<T>(
    work: (tx: Transaction) => Promise<T>,
    options?: Request & TransactionOptions,
  ): Promise<T>;
  async asWorker<T>(
    work: (tx: TenantTransaction) => Promise<T>,
    { requestId, tenantId, ...options }: Request & TransactionOptions & { tenantId?: string } = {},
  ): Promise<T> {
    if (this.#worker === undefined) throw new TypeError('asWorker needs workerConnectionString');
    const door: Door = { pool: this.#worker, identity: 'worker', role: 'commerce_worker' };
    return this.#enter(door, requestId, options, (tx) =>
      // Without a tenant, the queries are typed to be given it.
      work(tenantId === undefined ? (tx as never) : ofTenant(tenantId, tx)),
    );
  }

  /**
   * Runs the work as a system administrator, who reads one tenant. The session with its reason, and what is
   * about to be read, stand in the tenant's log whatever becomes of the work. FORBIDDEN, INVALID_INPUT.
   */
  async asPlatform<T>(
    { adminId, tenantId, reason, reading, requestId }: PlatformIdentity,
    work: (tx: TenantTransaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    if (this.#platform === undefined) throw new TypeError('asPlatform needs platformConnectionString');
    let session: Promise<Session> | undefined;
    const open = async (): Promise<Session> => {
      const [opened] = (await ask<Omit<Session, 'tenantId'>>(
        this.#auth,
        'select session_id as id, expires_at as "expiresAt" from internal.open_platform_session($1, $2, $3, 60)',
        [adminId, tenantId, reason],
      ).catch((error: unknown) => {
        throw ofLogin(ofParameter(error, ['adminId', 'tenantId']));
      })) as [Omit<Session, 'tenantId'>];
      return { tenantId, ...opened };
    };
    const door: Door = {
      pool: this.#platform,
      identity: JSON.stringify([adminId, tenantId, reason]),
      role: 'commerce_platform',
      open: () => {
        // One for all tries.
        session ??= open();
        return session;
      },
    };
    try {
      return await this.#enter(door, requestId, options, async (tx) => {
        await tx.ask('select api.announce_read($1)', [reading]);
        return work(ofTenant(tenantId, tx));
      });
    } finally {
      const opened = await session?.catch(() => undefined);
      if (opened) await ask(this.#auth, 'select internal.close_session($1)', [opened.id]);
    }
  }

  /**
   * Enters the identity's session in a transaction that you have begun yourself on a connection of
   * `commerce_api`, until its end: the queries' own `run` then takes the connection. A session that has been
   * revoked meanwhile makes your first query INVALID_SESSION; `sessions.close` forgets it for the next time.
   *
   * What you have run on the connection may have left something on it, which another merchant would meet: from
   * now on it takes this identity only (ConnectionTakenError) until `cleanConnection` has cleaned it.
   */
  async enter(identity: TenantIdentity, connection: Connection): Promise<void> {
    const { requestId = randomUUID(), ...who } = identity;
    requireTenant(who);
    if ('idleCount' in connection) throw new TypeError('enter takes one connection, not a pool of them');
    const { id } = await this.sessions.open(who);
    if (!claim(connection, keyOf(who))) throw new ConnectionTakenError();
    const entered = { role: roleOf(who), sessionId: id, requestId };
    await askOn(connection, enterSession(entered, transactionSettings()));
  }

  /** Ends every connection, after the work that is under way. Once is enough, twice does no harm. */
  async close(): Promise<void> {
    const pools = [this.#api, this.#auth, this.#worker, this.#platform, this.#reading];
    this.#closing ??= Promise.all(pools.map((pool) => pool?.end()));
    await this.#closing;
  }

  async #inSession<T>(
    who: Identity,
    requestId: string | undefined,
    options: TransactionOptions,
    work: (open: OpenTransaction) => Promise<T>,
  ): Promise<T> {
    const door: Door = {
      pool: this.#api,
      standby: this.#standby,
      identity: keyOf(who),
      role: roleOf(who),
      open: () => this.sessions.open(who),
      forget: (session) => this.sessions.forget(who, session),
    };
    return this.#enter(door, requestId, options, work);
  }

  async #enter<T>(
    door: Door,
    requestId: string = randomUUID(),
    options: TransactionOptions,
    work: (open: OpenTransaction) => Promise<T>,
  ): Promise<T> {
    const outer = transactionOn(door.pool);
    if (outer === undefined) {
      const { onQuery } = this.#options;
      const entry = { ...door, requestId, options, limits: this.#limits, onQuery };
      return transaction(entry, work).catch(async (error: unknown) => {
        if (error instanceof VersionConflictError) {
          // The row is an addition: that it cannot be read is no failure of its own.
          error.present = await transaction({ ...entry, options: {} }, (tx) =>
            presentRow((text, values) => tx.ask(text, values), error.details),
          ).catch(() => null);
        }
        throw error;
      });
    }
    if (outer.identity !== door.identity) {
      throw new NestedTransactionError('a transaction inside of another one has the same tenant and person');
    }
    if (Object.keys(options).length > 0) {
      throw new NestedTransactionError('the options of a transaction are those of its outermost call');
    }
    return outer.savepoint(() => work(outer));
  }
}

function limitsOf({ statementTimeout, idleInTransactionTimeout }: DatabaseOptions): Limits {
  const { statement_timeout, lock_timeout, idle_in_transaction_session_timeout } = requestLimits;
  return {
    statement_timeout: statementTimeout ?? statement_timeout,
    lock_timeout,
    idle_in_transaction_session_timeout: idleInTransactionTimeout ?? idle_in_transaction_session_timeout,
  };
}

function requireTenant({ tenantId }: Identity): void {
  if (!tenantId) throw commerceError('SCTEN', 'a tenantId is needed');
}

function roleOf({ role }: Identity): string {
  return `commerce_${role}`;
}

/**
 * Makes a program's way to the database. A process needs one of them, and closes it at its end:
 *
 *     const db = createDatabase({
 *       connectionString: process.env.DATABASE_API_URL,
 *       authConnectionString: process.env.DATABASE_AUTH_URL,
 *     });
 *     const shopper = { tenantId, role: 'buyer', subject: token.sub } as const;
 *     const mugs = await db.withTenant(shopper, (tx) => tx.run(searchProducts, { query: 'mug', first: 20 }));
 *     await db.close();
 *
 * No connection is made before the first call. Each call (`withTenant`, `asAnonymous`, `asPerson`, `asWorker`,
 * `asPlatform`) takes one from a pool, becomes the caller's role, enters the caller's session and runs the work
 * in one transaction, which is committed when the work returns and rolled back when it throws. Row-level security
 * then shows the rows of that tenant and person and of nobody else; no query has to say so. Sessions are opened
 * through `authConnectionString`, whose login can do nothing else, and are kept for the next calls.
 *
 * What the database refuses is thrown as a CommerceError with a stable `code`.
 *
 * Throws a TypeError that names the first option that makes no sense.
 */
export function createDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

type Check = { is(value: unknown): boolean; must: string; isNeeded?: true };

const connectionString: Check = {
  must: 'a connection string, like postgres://login@host/database',
  is: (value) => {
    try {
      return typeof value === 'string' && parseUrl(value) !== undefined;
    } catch {
      return false;
    }
  },
};
const wholeNumber: Check = {
  must: 'a whole number from 1',
  is: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 2_147_483_647,
};

const checks: Record<keyof DatabaseOptions, Check> = {
  connectionString: { ...connectionString, isNeeded: true },
  authConnectionString: { ...connectionString, isNeeded: true },
  standbyConnectionString: connectionString,
  workerConnectionString: connectionString,
  platformConnectionString: connectionString,
  maxConnections: wholeNumber,
  connectionTimeout: wholeNumber,
  statementTimeout: wholeNumber,
  idleInTransactionTimeout: wholeNumber,
  ssl: {
    must: 'a boolean or options of node:tls',
    is: (value) => typeof value === 'boolean' || (typeof value === 'object' && value !== null),
  },
  applicationName: { must: 'a text', is: (value) => typeof value === 'string' },
  sessionCacheSize: wholeNumber,
  sessionLifetime: wholeNumber,
  onQuery: { must: 'a function', is: (value) => typeof value === 'function' },
};

function checkOptions(options: DatabaseOptions): void {
  const given: Readonly<Record<string, unknown>> = options;
  for (const [name, { is, must, isNeeded }] of Object.entries(checks)) {
    const isAbsent = given[name] === undefined && !isNeeded;
    if (!isAbsent && !is(given[name])) throw new TypeError(`createDatabase: ${name} must be ${must}`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(checks, name)) throw new TypeError(`createDatabase: ${name} is no option`);
  }
}

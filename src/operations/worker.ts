import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { UserError } from './user-error.ts';

type Failure = { code?: string; message: string };

/** One line of the log: a run of a job, how many rows it dealt with, or why it failed. */
export type JobRun = { at: string; job: string; ms: number; count: number; error?: Failure };

/** One line of the log: what the worker does when it has begun or ceased to work. */
export type WorkerState = {
  at: string;
  worker: 'working' | 'waiting' | 'disconnected';
  /** For which other worker it waits. */
  for?: string;
  error?: Failure;
};

export type WorkerOptions = {
  /** The login commerce_worker_login's; through a pooler in transaction mode as well. */
  connectionString: string;
  signal: AbortSignal;
  log: (line: JobRun | WorkerState) => void;
  /** Replaces every job's pause, in milliseconds. */
  every?: number;
  /** Each job once, and the end. */
  once?: boolean;
  /** How long a statement may run, in milliseconds; a minute unless said. */
  statementTimeout?: number;
};

type Job = {
  /** The function's, by which a database finds the merchants for whom it has work. */
  name: string;
  /** Returns one number; `$1` is a merchant where the job is done for each. */
  sql: string;
  perTenant?: true;
  /** As long as a call deals with this many, there may be more. */
  batch?: number;
  /** Milliseconds between two runs. */
  every: number;
};

const minute = 60_000;

const jobs: Job[] = [
  { name: 'ensure_partitions', sql: 'internal.ensure_partitions(3)', every: 60 * minute },
  { name: 'purge_sessions', sql: 'internal.purge_sessions(1000)', batch: 1000, every: 5 * minute },
  {
    name: 'purge_idempotency_keys',
    sql: 'internal.purge_idempotency_keys(1000)',
    batch: 1000,
    every: 60 * minute,
  },
  {
    name: 'purge_pending_receipts',
    sql: 'internal.purge_pending_receipts(1000)',
    batch: 1000,
    every: 60 * minute,
  },
  {
    name: 'wake_snoozed_threads',
    sql: 'internal.wake_snoozed_threads($1, 100)',
    batch: 100,
    perTenant: true,
    every: minute,
  },
  {
    name: 'expire_unpaid_orders',
    sql: 'internal.expire_unpaid_orders($1, p_batch => 100)',
    batch: 100,
    perTenant: true,
    every: 5 * minute,
  },
  {
    name: 'expire_payments',
    sql: 'internal.expire_payments($1, 100)',
    batch: 100,
    perTenant: true,
    every: 5 * minute,
  },
  {
    name: 'expire_store_credit',
    sql: 'internal.expire_store_credit($1, 100)',
    batch: 100,
    perTenant: true,
    every: 60 * minute,
  },
  {
    name: 'expire_team_invites',
    sql: 'internal.expire_team_invites($1, 100)',
    batch: 100,
    perTenant: true,
    every: 60 * minute,
  },
  {
    name: 'expire_violations',
    sql: 'internal.expire_violations($1, 100)',
    batch: 100,
    perTenant: true,
    every: 60 * minute,
  },
  {
    name: 'expire_kyc_documents',
    sql: 'internal.expire_kyc_documents($1, 100)',
    batch: 100,
    perTenant: true,
    every: 60 * minute,
  },
  {
    name: 'expire_domain_claims',
    sql: 'internal.expire_domain_claims($1)',
    perTenant: true,
    every: 60 * minute,
  },
  {
    name: 'purge_deleted',
    // What was deleted can be restored for ninety days.
    sql: `(select removed + blanked from internal.purge_deleted($1, '90 days', 500))`,
    batch: 500,
    perTenant: true,
    every: 60 * minute,
  },
  { name: 'seal_audit_log', sql: 'internal.seal_audit_log(50000)', batch: 50_000, every: minute },
];

/** What a worker does, by the names under which it is recorded. */
export const jobNames = jobs.map(({ name }) => name);

const milliseconds = {
  /** Between two looks whether the other worker is gone, and two signs of life; the lease lasts for 30 s. */
  heartbeat: 5_000,
  statement: minute,
  /** How much later than the server the client gives a statement up, and the connection with it. */
  grace: 5_000,
  /** How long a job has to finish its batch when the worker is to stop. */
  stop: 10_000,
  connect: 15_000,
  retry: 500,
};

/** Another worker has taken over. */
class LeaseLost extends Error {
  readonly holder: string;

  constructor(holder: string) {
    super(`${holder} works`);
    this.holder = holder;
  }
}

function describe(error: unknown): Failure {
  const { message, code } = error as Error & { code?: string };
  const words = error instanceof Error ? message || String(code) : String(error);
  return typeof code === 'string' ? { code, message: words } : { message: words };
}

/** The worker's one connection. Whatever happens to it, each promise of it ends. */
class Connection {
  readonly #client: pg.Client;
  readonly #name: string;
  readonly #timeout: number;
  isLost = false;

  constructor(connectionString: string, name: string, timeout: number) {
    this.#name = name;
    this.#timeout = timeout;
    this.#client = new pg.Client({
      connectionString,
      application_name: 'ccdb worker',
      keepAlive: true,
      connectionTimeoutMillis: milliseconds.connect,
      query_timeout: timeout + milliseconds.grace,
    });
    const lose = (): void => {
      this.isLost = true;
    };
    this.#client.on('error', lose).on('end', lose);
  }

  async open(): Promise<void> {
    await this.#client.connect();
  }

  /** A transaction of the worker's role, as short as a batch, which begins with its lease. Throws LeaseLost. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    try {
      await this.#send(
        `begin;
         select set_config('role', 'commerce_worker', true),
                set_config('statement_timeout', '${this.#timeout}', true),
                set_config('idle_in_transaction_session_timeout', '${this.#timeout}', true)`,
      );
      const [lease] = await this.#send<{ holder: string | null }>(
        'select internal.hold_worker_lease($1) as holder',
        [this.#name],
      );
      if (lease?.holder) throw new LeaseLost(lease.holder);
      const rows = await this.#send<Row>(sql, values);
      await this.#send('commit');
      return rows;
    } catch (error) {
      if (!this.isLost) await this.#send('rollback').catch(() => {});
      throw error;
    }
  }

  /** What the server does not answer in time is no failure of a job: the connection is dead. */
  async #send<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    try {
      return (await this.#client.query<Row>(sql, values)).rows;
    } catch (error) {
      const isAnswer = error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? '');
      if (!isAnswer) this.cut();
      throw error;
    }
  }

  cut(): void {
    this.isLost = true;
    this.#client.connection.stream.destroy();
  }

  async close(): Promise<void> {
    if (!this.isLost) {
      await this.query('select internal.end_worker_lease($1)', [this.#name]).catch(() => {});
      await this.#client.end().catch(() => {});
    }
    this.cut();
  }
}

/** The next merchants who need the job. */
async function tenants(db: Connection, { name }: Job, after: string | null): Promise<string[]> {
  const sql = 'select id from internal.tenants_with_work($1, $2) as id';
  const rows = await db.query<{ id: string }>(sql, [name, after]);
  return rows.map(({ id }) => id);
}

/** Batch after batch, until one is not full or the worker is to stop. */
async function batches(db: Connection, job: Job, signal: AbortSignal, values: unknown[]): Promise<number> {
  let total = 0;
  for (;;) {
    const [row] = await db.query<{ count: number }>(`select ${job.sql} as count`, values);
    const count = row?.count ?? 0;
    total += count;
    if (job.batch === undefined || count < job.batch || signal.aborted) return total;
  }
}

/** Whether a job failed, and the worker can go on with the next one. */
function isJobs(db: Connection, error: unknown): boolean {
  return error instanceof pg.DatabaseError && !db.isLost;
}

function isMoving(error: unknown): boolean {
  return (error as pg.DatabaseError).code === 'SCMOV';
}

async function runJob(db: Connection, job: Job, signal: AbortSignal): Promise<number> {
  if (!job.perTenant) return batches(db, job, signal, []);
  let total = 0;
  let failure: unknown;
  for (let after: string | null = null; !signal.aborted; ) {
    const page = await tenants(db, job, after);
    if (page.length === 0) break;
    for (const tenantId of page) {
      if (signal.aborted) break;
      try {
        total += await batches(db, job, signal, [tenantId]);
      } catch (error) {
        if (!isJobs(db, error)) throw error;
        // The others have their turn all the same. One that has just begun to move has it where it goes.
        if (!isMoving(error)) failure ??= error;
      }
    }
    after = page.at(-1) ?? null;
  }
  if (failure !== undefined) throw failure;
  return total;
}

async function pause(duration: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, duration), undefined, { signal }).catch(() => {});
}

const now = (): string => new Date().toISOString();

/** What lasts longer than a connection does. */
class Worker {
  readonly #options: WorkerOptions;
  readonly #name = `${hostname()}:${process.pid}:${randomUUID()}`;
  /** When each job is due, by this process's own clock, which is never set. */
  readonly #due = new Map(jobs.map((job) => [job, 0]));
  readonly failed = new Set<string>();
  hasWorked = false;
  #state: WorkerState | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Until the signal or, where each job is run once, until all have been. Throws what the connection died of. */
  async run(db: Connection): Promise<void> {
    const { signal, once = false } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#work(db);
        if (once) return;
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
        this.say({ worker: 'waiting', for: error.holder });
        await pause(milliseconds.heartbeat, signal);
      }
    }
  }

  connect(): Connection {
    const { connectionString, statementTimeout = milliseconds.statement } = this.#options;
    return new Connection(connectionString, this.#name, statementTimeout);
  }

  /** Says what is new. */
  say(state: Omit<WorkerState, 'at'>): void {
    if (state.worker === this.#state?.worker && state.for === this.#state.for) return;
    this.#state = { at: now(), ...state };
    this.#options.log(this.#state);
  }

  async #work(db: Connection): Promise<void> {
    const { signal, once = false } = this.#options;
    await db.query('select');
    this.hasWorked = true;
    // Alone and once, there is nothing to say but what was done.
    if (!once || this.#state !== undefined) this.say({ worker: 'working' });
    for (;;) {
      for (const [job, at] of this.#due) {
        if (signal.aborted) return;
        if (at <= performance.now()) await this.#run(db, job);
      }
      if (once || signal.aborted) return;
      const next = Math.min(...this.#due.values()) - performance.now();
      await pause(Math.max(10, Math.min(next, milliseconds.heartbeat)), signal);
      if (next > milliseconds.heartbeat && !signal.aborted) await db.query('select');
    }
  }

  async #run(db: Connection, job: Job): Promise<void> {
    const { signal, log, every = job.every } = this.#options;
    const began = performance.now();
    const run: JobRun = { at: now(), job: job.name, ms: 0, count: 0 };
    try {
      run.count = await runJob(db, job, signal);
      this.failed.delete(job.name);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      run.error = describe(error);
      this.failed.add(job.name);
      if (!isJobs(db, error)) {
        log(run);
        throw error;
      }
    }
    run.ms = Math.round(performance.now() - began);
    log(run);
    this.#due.set(job, began + every);
    await db.query('select internal.record_job_run($1, $2)', [
      job.name,
      run.error === undefined ? null : (run.error.code ?? 'unknown'),
    ]);
  }
}

/** Reasons that do not go away by trying again: a wrong login, or a wrong database. */
function isMistake(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(28|3D|42)/.test(error.code ?? '');
}

/**
 * Runs the periodic jobs until the signal; the batch that is running then has ten seconds to end. A database
 * that is gone is tried again and again. Of workers on one database one works, and the others wait for it.
 * Throws a UserError where the login is wrong or, when each job is run once, one has failed.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { signal, once = false } = options;
  const worker = new Worker(options);
  while (!signal.aborted) {
    const db = worker.connect();
    const cut = (): void => void setTimeout(() => db.cut(), milliseconds.stop).unref();
    signal.addEventListener('abort', cut, { once: true });
    try {
      await db.open();
      await worker.run(db);
      if (once) break;
    } catch (error) {
      const { message } = describe(error);
      if (once || (isMistake(error) && !worker.hasWorked)) {
        throw new UserError(`the worker cannot use its database: ${message}`, { cause: error });
      }
      if (signal.aborted) break;
      worker.say({ worker: 'disconnected', error: describe(error) });
      await pause(milliseconds.retry, signal);
    } finally {
      signal.removeEventListener('abort', cut);
      await db.close();
    }
  }
  if (once && worker.failed.size > 0) throw new UserError(`failed: ${[...worker.failed].join(', ')}`);
}

export type RunningWorker = {
  /** Rejects when the worker ends by itself. */
  failed: Promise<never>;
  stop(): Promise<void>;
};

/** A worker beside something else in this process. */
export function startWorker(options: Omit<WorkerOptions, 'signal' | 'once'>): RunningWorker {
  const stopping = new AbortController();
  const ended = runWorker({ ...options, signal: stopping.signal });
  const failed = ended.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});
  return {
    failed,
    async stop() {
      stopping.abort();
      await ended.catch(() => {});
    },
  };
}

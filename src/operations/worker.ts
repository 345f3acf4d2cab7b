import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withClient } from './client.ts';

/** One line of the log: a run of a job, how many rows it dealt with, or why it failed. */
export type JobRun = {
  at: string;
  job: string;
  ms: number;
  count: number;
  error?: { code?: string; message: string };
};

export type WorkerOptions = {
  /** The login commerce_worker_login's. */
  connectionString: string;
  signal: AbortSignal;
  log: (run: JobRun) => void;
  /** Replaces every job's pause, in milliseconds. */
  every?: number;
  /** Each job once, and the end. */
  once?: boolean;
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

/** Two workers on one database: one works, the other waits to take its place. */
const lock = `pg_try_advisory_lock(hashtextextended('commerce.worker', 0))`;
const lockPause = 5_000;

/** A transaction of the worker's role, as short as a batch. */
async function query<Row extends pg.QueryResultRow>(
  client: pg.Client,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  try {
    await client.query(`begin; select set_config('role', 'commerce_worker', true)`);
    const { rows } = await client.query<Row>(sql, values);
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** The next merchants who need the job. */
async function tenants(client: pg.Client, { name }: Job, after: string | null): Promise<string[]> {
  const sql = 'select id from internal.tenants_with_work($1, $2) as id';
  const rows = await query<{ id: string }>(client, sql, [name, after]);
  return rows.map(({ id }) => id);
}

/** Batch after batch, until one is not full or the worker is to stop. */
async function batches(client: pg.Client, job: Job, signal: AbortSignal, values: unknown[]): Promise<number> {
  let total = 0;
  for (;;) {
    const [row] = await query<{ count: number }>(client, `select ${job.sql} as count`, values);
    const count = row?.count ?? 0;
    total += count;
    if (job.batch === undefined || count < job.batch || signal.aborted) return total;
  }
}

async function runJob(client: pg.Client, job: Job, signal: AbortSignal): Promise<number> {
  if (!job.perTenant) return batches(client, job, signal, []);
  let total = 0;
  let failure: unknown;
  for (let after: string | null = null; !signal.aborted; ) {
    const page = await tenants(client, job, after);
    if (page.length === 0) break;
    for (const tenantId of page) {
      if (signal.aborted) break;
      try {
        total += await batches(client, job, signal, [tenantId]);
      } catch (error) {
        // The others have their turn all the same.
        failure ??= error;
      }
    }
    after = page.at(-1) ?? null;
  }
  if (failure !== undefined) throw failure;
  return total;
}

function describe(error: unknown): NonNullable<JobRun['error']> {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  return code === undefined ? { message } : { code, message };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

/** Runs the periodic jobs until the signal; what is running then is finished first. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { connectionString, signal, log, once = false } = options;
  await withClient(connectionString, async (client) => {
    while (!signal.aborted) {
      const { rows } = await client.query<{ locked: boolean }>(`select ${lock} as locked`);
      if (rows[0]?.locked) break;
      await pause(lockPause, signal);
    }
    const due = new Map(jobs.map((job) => [job, 0]));
    while (!signal.aborted) {
      for (const [job, at] of due) {
        if (signal.aborted || at > Date.now()) continue;
        const began = Date.now();
        const run: JobRun = { at: new Date(began).toISOString(), job: job.name, ms: 0, count: 0 };
        try {
          run.count = await runJob(client, job, signal);
        } catch (error) {
          if (!(error instanceof pg.DatabaseError)) throw error;
          run.error = describe(error);
        }
        run.ms = Date.now() - began;
        log(run);
        due.set(job, began + (options.every ?? job.every));
      }
      if (once) return;
      await pause(Math.max(10, Math.min(...due.values()) - Date.now()), signal);
    }
    // The lock goes with the connection.
  });
}

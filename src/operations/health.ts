import type pg from 'pg';

/** What internal.operational_state says of the whole database. Ages are in seconds. */
export type OperationalState = {
  is_working: boolean;
  jobs: { job: string; successSeconds: number | null; failures: number; error: string | null }[];
  queued_messages: string;
  queued_seconds: number;
  unsealed_rows: string;
  unsealed_seconds: number;
  partitions_end_at: Date;
  partitions_seconds: number;
};

const day = 86_400;

/** When somebody has to act, long before a request fails. A worker makes partitions for three months. */
const limits = { partitions: 60 * day, unsealed: day / 24, failures: 3 };

/** As commerce_auth, commerce_worker or commerce_owner. */
export async function readState(db: pg.Pool | pg.Client): Promise<OperationalState> {
  const { rows } = await db.query<OperationalState>('select * from internal.operational_state()');
  return rows[0] as OperationalState;
}

/** A sentence for each thing that fails, or will. */
export function warningsOf(state: OperationalState): string[] {
  const { jobs, partitions_seconds: covered, partitions_end_at: end, unsealed_seconds: unsealed } = state;
  const warnings = jobs
    .filter(({ failures }) => failures >= limits.failures)
    .map(({ job, failures, error }) => `the job ${job} has failed ${failures} times, with ${error}`);
  if (covered <= 0) {
    warnings.push('the audit log has no partition for now, so that every change fails: run ccdb up');
  } else if (covered < limits.partitions) {
    const until = end.toISOString().slice(0, 10);
    warnings.push(`the audit log has partitions until ${until} only: let ccdb worker run`);
  }
  if (unsealed > limits.unsealed) {
    const hours = Math.floor(unsealed / 3600);
    const why = 'no worker runs, or a transaction does not end';
    warnings.push(`rows of the audit log have waited for their seal for ${hours} hours: ${why}`);
  }
  return warnings;
}

import pg from 'pg';
import { withClient } from './client.ts';
import { UserError } from './user-error.ts';

/** A month of the audit log. */
export type Partition = {
  name: string;
  begins_at: Date;
  ends_at: Date;
  bytes: string;
  is_sealed: boolean;
  is_detaching: boolean;
};

/** The log belongs to commerce_audit, which the owner's connection becomes for the time of the work. */
async function asAudit<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ may: boolean }>(
      `select pg_has_role('commerce_audit', 'member') as may`,
    );
    const isLent = rows[0]?.may === false;
    if (isLent) await client.query('grant commerce_audit to current_user');
    try {
      await client.query('set role commerce_audit');
      return await work(client);
    } finally {
      await client.query('reset role');
      if (isLent) await client.query('revoke commerce_audit from current_user');
    }
  });
}

async function read(client: pg.Client): Promise<Partition[]> {
  return (await client.query<Partition>('select * from audit.partitions()')).rows;
}

export async function listPartitions(connectionString: string): Promise<Partition[]> {
  return asAudit(connectionString, read);
}

/**
 * Drops the partitions that ended before the time, oldest first, and reports each. Writers go on:
 * DETACH CONCURRENTLY waits for transactions that still read it, and one that was broken off is finished first.
 * A partition with rows that no seal covers stays, or the log could not be proven any more.
 */
export async function dropPartitions(
  connectionString: string,
  before: Date,
  onDrop: (partition: Partition) => void,
): Promise<void> {
  await asAudit(connectionString, async (client) => {
    for (const partition of await read(client)) {
      const { name, ends_at, is_sealed, is_detaching } = partition;
      if (ends_at > before) return;
      if (!is_sealed)
        throw new UserError(`audit.${name} is not sealed to its end: let ccdb worker run first`);
      const table = `audit.${pg.escapeIdentifier(name)}`;
      await client.query(
        `alter table audit.log detach partition ${table} ${is_detaching ? 'finalize' : 'concurrently'}`,
      );
      await client.query(`drop table ${table}`);
      onDrop(partition);
    }
  });
}

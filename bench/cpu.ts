import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/** CPU seconds that a process of this machine's Linux has used; 0 where that cannot be read. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0');
  return Number(stat.split(' ')[0]) / 1e9;
}

/** What some work costs the backend of a connection. */
export async function backendCpu(client: pg.Client, work: () => Promise<unknown>): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  const before = await cpuSeconds(pid);
  await work();
  return (await cpuSeconds(pid)) - before;
}

/** What some work costs all connections of the client's database. */
export async function databaseCpu(client: pg.Client, work: () => Promise<unknown>): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`,
  );
  const sum = async () => {
    const each = await Promise.all(rows.map(({ pid }) => cpuSeconds(pid)));
    return each.reduce((total, seconds) => total + seconds, 0);
  };
  const before = await sum();
  await work();
  return (await sum()) - before;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

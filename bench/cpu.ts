import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/** CPU seconds that a process of this machine's Linux has used; 0 where that cannot be read. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}

/** What some work costs the backend of a connection. */
export async function backendCpu(client: pg.Client, work: () => Promise<unknown>): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  const before = await cpuSeconds(pid);
  await work();
  return (await cpuSeconds(pid)) - before;
}

import pg from 'pg';
import {
  createMigratedDatabase,
  databaseUrls,
  dropDatabase,
  openThrowAwayServer,
} from '../src/embedded/throw-away.ts';
import { cpuSeconds } from './cpu.ts';

/**
 * `node bench/audit_seal.ts`: rows a second that audit.seal and audit.verify get through, by the clock and, where
 * the server is on this machine's Linux, by the CPU time of its process.
 */
const rows = Number(process.env.ROWS ?? 400_000);

const fill = `
  insert into audit.log (
    id, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key, old_values, new_values
  )
  select internal.uuid_v7(), md5((n % 100)::text)::uuid, gen_random_uuid(),
         'commerce_member', gen_random_uuid(), gen_random_uuid()::text, 'update', 'products', gen_random_uuid()::text,
         jsonb_build_object('price', n, 'name', 'Ankara dress ' || n), jsonb_build_object('price', n + 1, 'name', 'Dress ' || n)
    from generate_series(1, $1) as n`;

async function measure(client: pg.Client, name: string, work: () => Promise<number>): Promise<void> {
  const { rows: backend } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = backend[0]?.pid ?? 0;
  const [began, cpu] = [performance.now(), await cpuSeconds(pid)];
  const count = await work();
  const seconds = (performance.now() - began) / 1000;
  const busy = (await cpuSeconds(pid)) - cpu;
  const rate = (by: number): string => (by > 0 ? Math.round(count / by).toLocaleString('en') : 'unknown');
  console.log(`${name}: ${count} rows, ${rate(seconds)} rows/s by the clock, ${rate(busy)} rows/s of CPU`);
}

const server = await openThrowAwayServer(process.env.DATABASE_URL);
const name = `${server.prefix}audit_seal`;
try {
  await createMigratedDatabase(server, name, process.env);
  const client = new pg.Client({ connectionString: databaseUrls(server, name, process.env).DATABASE_URL });
  await client.connect();
  await client.query(fill, [rows]);
  await client.query('vacuum analyze audit.log');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await measure(client, 'audit.seal', async () => {
    let total = 0;
    for (;;) {
      const { rows: sealed } = await client.query<{ count: number }>(
        `select audit.seal(p_clock_step => '0') as count`,
      );
      const count = sealed[0]?.count ?? 0;
      total += count;
      if (count === 0) return total;
    }
  });
  await measure(client, 'audit.verify', async () => {
    const { rows: verdicts } = await client.query<{ row_count: string; reason: string | null }>(
      'select row_count, reason from audit.verify()',
    );
    if (verdicts[0]?.reason !== null) throw new Error(`the log is ${verdicts[0]?.reason}`);
    return Number(verdicts[0]?.row_count);
  });
  await client.end();
  await dropDatabase(server.url, name);
} finally {
  await server.close();
}

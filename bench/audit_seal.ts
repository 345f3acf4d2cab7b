import { backendCpu } from './cpu.ts';
import type { Measured } from './report.ts';
import type { Stage } from './stage.ts';

const rows = Number(process.env.ROWS ?? 100_000);
const rounds = Number(process.env.ROUNDS ?? 3);

const fill = `
  insert into audit.log (
    id, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key, old_values, new_values
  )
  select internal.uuid_v7(), md5((n % 100)::text)::uuid, gen_random_uuid(),
         'commerce_member', gen_random_uuid(), gen_random_uuid()::text, 'update', 'products', gen_random_uuid()::text,
         jsonb_build_object('price', n, 'name', 'Ankara dress ' || n), jsonb_build_object('price', n + 1, 'name', 'Dress ' || n)
    from generate_series(1, $1) as n`;

async function seal({ client }: Stage): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await client.query<{ count: number }>(`select audit.seal(p_clock_step => '0') as count`);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count === 0) return total;
  }
}

async function verify({ client }: Stage): Promise<number> {
  const { rows } = await client.query<{ row_count: string; reason: string | null }>(
    'select row_count, reason from audit.verify()',
  );
  if (rows[0]?.reason !== null) throw new Error(`the log is ${rows[0]?.reason}`);
  return Number(rows[0]?.row_count);
}

/** Rows that the work gets through in a second of the backend's CPU. */
async function rate(stage: Stage, work: (stage: Stage) => Promise<number>): Promise<number> {
  let count = 0;
  const seconds = await backendCpu(stage.client, async () => {
    count = await work(stage);
  });
  return count / seconds;
}

export const benchmark = {
  title: 'Seal of the audit log',
  async run(stage: Stage): Promise<Measured> {
    const sealed: number[] = [];
    const verified: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await stage.client.query(fill, [rows]);
      await stage.client.query('vacuum analyze audit.log');
      // A row is sealed when the transactions of its second have ended.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      sealed.push(await rate(stage, seal));
      verified.push(await rate(stage, verify));
    }
    return {
      figures: [
        { what: 'rows sealed in a second of CPU', rounds: sealed, atLeast: 200_000 },
        { what: 'rows verified in a second of CPU', rounds: verified },
      ],
    };
  },
};

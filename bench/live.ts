/**
 * What subscriptions cost those who write messages: transactions per second without the trigger, with it, and
 * with a notification in every transaction instead. Only a server that syncs its commits shows the last:
 *   DATABASE_URL=… npm run -s with-database -- --seed node bench/live.ts [--seconds 5]
 */
import { parseArgs } from 'node:util';
import pg from 'pg';

const { values: flags } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '3' } },
});
const { DATABASE_URL, DATABASE_WORKER_URL } = process.env;
const installer = new pg.Client({ connectionString: DATABASE_URL });
await installer.connect();
const { rows } = await installer.query<{ account: string }>(
  `select external_account_id as account from commerce.channel where channel_type = 'whatsapp' limit 1`,
);
await installer.query(`
  create function public.tg__always() returns trigger language plpgsql security definer as
  $$ begin
    perform pg_notify((internal.live_topic(new.tenant_id, 'messages')).channel, '');
    return null;
  end $$;
  create trigger _801_always after insert on commerce.conversation_history
    for each row execute function public.tg__always()`);

const variants = {
  'no trigger': ['disable trigger _800_live', 'disable trigger _801_always'],
  'wakes who sleeps': ['enable trigger _800_live', 'disable trigger _801_always'],
  'always notifies': ['disable trigger _800_live', 'enable trigger _801_always'],
};
let count = 0;

/** Each connection writes to a thread of its own. */
async function write(connections: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: DATABASE_WORKER_URL });
      await client.connect();
      return client;
    }),
  );
  const end = performance.now() + Number(flags.seconds) * 1000;
  let done = 0;
  await Promise.all(
    clients.map(async (client, index) => {
      while (performance.now() < end) {
        await client.query(`begin; select set_config('role', 'commerce_worker', true)`);
        await client.query(`select from internal.receive_message('whatsapp', $1, $2, $3, 'Is it there?')`, [
          rows[0]?.account,
          `23481000000${index + 10}`,
          `bench.${count++}`,
        ]);
        await client.query('commit');
        done += 1;
      }
      await client.end();
    }),
  );
  return done / Number(flags.seconds);
}

for (const connections of [1, 20]) {
  const rates: Record<string, number[]> = {};
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const [name, changes] of Object.entries(variants)) {
      await installer.query(`alter table commerce.conversation_history ${changes.join(', ')}`);
      rates[name] = [...(rates[name] ?? []), await write(connections)];
    }
  }
  for (const [name, each] of Object.entries(rates)) {
    const median = each.toSorted((a, b) => a - b)[each.length >> 1] ?? Number.NaN;
    console.log(`${connections} writers, ${name}: ${median.toFixed(0)}/s`);
  }
}
await installer.end();

import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { getOrder, listOrders, readPage, setOrderMetadata } from '../../src/index.ts';
import { generateMigration } from '../../src/migrations/generate.ts';
import { migrateDown, migrateUp } from '../../src/migrations/index.ts';
import { connect, demoTenant } from '../database/package.ts';
import { copyOfProject } from '../support/checkout.ts';
import { createTestDatabase } from '../support/database.ts';

/*
 * A release with a new column, check, index, function, policy and view is applied and taken back while clients
 * work on the table that it alters. LONG=1 takes a million orders and fifty clients that pause for a
 * second between their units of work, so that the server has room for the migration.
 */
const [orders, clients, pause] = process.env.LONG ? [1_000_000, 50, 1_000] : [5_000, 8, 20];

const scene = await createTestDatabase(t);
const { owner, tenantId, sellerId } = await demoTenant(scene, 1);
const root = await copyOfProject(t);
const directory = join(root, 'migrations');

/** Their ids are known, so that each client can have orders of its own. */
const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
await scene.installer.query(
  `begin;
   set local session_replication_role = replica;
   set local synchronous_commit = off;
   insert into commerce.orders (id, tenant_id, seller_id, customer_id, currency_code, channel, status, order_number, placed_at,
                                created_at)
   select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '${tenantId}', '${sellerId}',
          (select id from commerce.customer where tenant_id = '${tenantId}' limit 1), 'NGN', 'whatsapp', 'delivered',
          'LOAD-' || n, now() - n * interval '1 minute', now() - n * interval '1 minute'
     from generate_series(0, ${orders - 1}) as n;
   commit;
   analyze commerce.orders`,
);

/** The release: what the generator writes, and two steps that must not stand in its transaction. */
async function writeRelease(): Promise<number> {
  await writeFile(
    join(root, 'functions/api/views/wrapped_order.sql'),
    `create or replace view api.wrapped_order
  with (security_invoker = true)
as
select o.id, o.tenant_id, o.gift_message from commerce.orders as o where o.gift_message is not null;

select internal.copy_comments('api.wrapped_order', 'commerce.orders');
grant select on api.wrapped_order to commerce_member;
`,
  );
  await writeFile(
    join(root, 'functions/api/is_wrapped.sql'),
    `create or replace function api.is_wrapped(p_order_id uuid)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (select from api.wrapped_order as o where o.tenant_id = (select internal.tenant_id()) and o.id = p_order_id)
$$;

grant execute on function api.is_wrapped(uuid) to commerce_member;
comment on function api.is_wrapped(uuid) is 'Whether the order is a gift.';
`,
  );
  await appendFile(
    join(root, 'policies/orders.sql'),
    `
create policy hide_wrapped on commerce.orders as restrictive for select to commerce_anonymous
  using (gift_message is null);
grant select (gift_message) on commerce.orders to commerce_member;
`,
  );
  const { path } = await generateMigration('add_gift_message', [], {
    root,
    databaseUrl: process.env.DATABASE_URL,
    sql: `alter table commerce.orders add column gift_message text
  constraint orders_gift_message_length check (length(gift_message) <= 500);
comment on column commerce.orders.gift_message is 'What the card says.'`,
  });
  const number = Number(/(\d{4})_add_gift_message/.exec(path)?.[1]);
  const next = (plus: number, name: string) =>
    join(directory, `${String(number + plus).padStart(4, '0')}_${name}.sql`);
  await writeFile(
    next(1, 'check_gift_message'),
    `-- Up Migration
set local lock_timeout = '2s';
set local role commerce_owner;
alter table commerce.orders add constraint orders_gift_message_not_blank check (gift_message <> '') not valid;
alter table commerce.orders validate constraint orders_gift_message_not_blank;

-- Down Migration
set local lock_timeout = '2s';
set local role commerce_owner;
alter table commerce.orders drop constraint orders_gift_message_not_blank;
`,
  );
  await writeFile(
    next(2, 'index_gift_message'),
    `-- Up Migration
-- no transaction
set role commerce_owner;
create index concurrently orders_gift_message_idx on commerce.orders (tenant_id, id) where gift_message is not null;

-- Down Migration
-- no transaction
set role commerce_owner;
drop index concurrently commerce.orders_gift_message_idx;
`,
  );
  return 3;
}

type Tally = { done: number; failures: string[] };

/** One client, on orders that no other one changes, until it is over. */
async function work(db: ReturnType<typeof connect>, number: number, tally: Tally, isOver: () => boolean) {
  for (let round = 0; !isOver(); round++) {
    const orderId = idOf((number + clients * (round % 50)) % orders);
    try {
      await db.withTenant(
        owner,
        async (tx) => {
          await readPage(tx, listOrders, { statuses: ['delivered'], first: 10 });
          const order = await tx.run(getOrder, { orderId });
          if (order === null) throw new Error(`no order ${orderId}`);
          const metadata = { round };
          await tx.run(setOrderMetadata, { orderId, metadata, expectedVersion: order.version });
        },
        { retries: 5 },
      );
      tally.done += 1;
    } catch (error) {
      tally.failures.push(String(error));
    }
    await sleep(pause);
  }
}

t.test('no client fails, and nobody waits longer than a lock may take', async (t) => {
  const steps = await writeRelease();
  const db = connect(scene, { maxConnections: clients });
  const tally: Tally = { done: 0, failures: [] };
  let isOver = false;
  let longest = 0;
  const watch = async (): Promise<void> => {
    for (; !isOver; await sleep(50)) {
      const { rows } = await scene.installer.query<{ ms: number }>(
        `select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)) * 1000, 0)::float8 as ms
           from pg_locks as l join pg_database as d on d.oid = l.database
          where d.datname = current_database() and not l.granted and l.waitstart is not null`,
      );
      longest = Math.max(longest, rows[0]?.ms ?? 0);
    }
  };
  const working = Promise.all([
    watch(),
    ...Array.from({ length: clients }, (_, number) => work(db, number, tally, () => isOver)),
  ]);
  const during = async (what: string, alter: () => Promise<unknown>): Promise<void> => {
    const before = tally.done;
    while (tally.done < before + clients && tally.failures.length === 0) await sleep(50);
    const start = performance.now();
    await alter();
    t.comment(`${what}: ${Math.round(performance.now() - start)} ms, ${tally.done - before} units of work`);
  };
  const connectionString = scene.urls.DATABASE_URL;
  try {
    await during('up', () => migrateUp({ connectionString, directory }));
    const { rows } = await scene.installer.query(
      `select to_regclass('api.wrapped_order') is not null as view, to_regclass('commerce.orders_gift_message_idx') is not null as index`,
    );
    t.same(rows, [{ view: true, index: true }], 'the release is there');
    await during('down', () => migrateDown({ connectionString, directory, count: steps }));
    await during('after', async () => {});
  } finally {
    isOver = true;
    await working;
    await db.close();
  }
  t.comment(`longest wait for a lock: ${Math.round(longest)} ms; ${tally.done} units by ${clients} clients`);
  // A statement that had waited longer than its lock_timeout would be among them, as BUSY.
  t.same(tally.failures, []);
  const { rows } = await scene.installer.query(`select to_regclass('api.wrapped_order') is null as gone`);
  t.same(rows, [{ gone: true }], 'and taken back');
});

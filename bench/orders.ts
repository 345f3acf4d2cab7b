/**
 * What an order costs the database, as CPU time of the backend, beside the least that stores the same durably: one
 * prepared statement that takes stock and writes order, line and payment.
 *   npm run -s with-database -- --seed node bench/orders.ts
 * Both sides take turns in batches of one run; the medians count. An order of one line may cost 8 times its floor,
 * and one of twenty lines three times an order of one.
 */
import pg from 'pg';
import { createDatabase } from '../src/index.ts';
import { backendCpu, median } from './cpu.ts';

const rounds = Number(process.env.ROUNDS ?? 9);
const batch = Number(process.env.BATCH ?? 100);
const limits = { floor: 8, lines: 3 };

const { DATABASE_URL, DATABASE_API_URL = '', DATABASE_AUTH_URL = '' } = process.env;

const floorTables = `
  create schema bench;
  create table bench.products (id uuid primary key, stock integer not null check (stock >= 0));
  create table bench.orders (
    id uuid primary key default gen_random_uuid(), customer_id uuid not null, number bigserial,
    total numeric not null, placed_at timestamptz not null default now());
  create table bench.lines (
    id uuid primary key default gen_random_uuid(), order_id uuid not null references bench.orders,
    product_id uuid not null references bench.products, quantity integer not null, price numeric not null);
  create table bench.payments (
    id uuid primary key default gen_random_uuid(), order_id uuid not null references bench.orders, amount numeric not null);
  create index on bench.orders (customer_id, placed_at);
  create index on bench.lines (order_id);
  create index on bench.payments (order_id);
  insert into bench.products select id, 1000000 from commerce.products`;

const floor = {
  name: 'floor',
  text: `with taken as (
           update bench.products set stock = stock - 1 where id = $1 and stock >= 1 returning id
         ), placed as (
           insert into bench.orders (customer_id, total) select $2, 2500 from taken returning id
         ), line as (
           insert into bench.lines (order_id, product_id, quantity, price)
           select p.id, t.id, 1, 2500 from placed as p, taken as t
         )
         insert into bench.payments (order_id, amount) select id, 2500 from placed returning order_id`,
};

const installer = new pg.Client({ connectionString: DATABASE_URL });
await installer.connect();
await installer.query(floorTables);
const { rows } = await installer.query(`select id from commerce.tenant where domain = 'demo-1.example'`);
const tenantId = rows[0]?.id as string;
await installer.query(
  `update commerce.products
      set inventory_count = 1000000, track_inventory = true, tax_rate = 0, version = version
    where tenant_id = $1`,
  [tenantId],
);

const db = createDatabase({ connectionString: DATABASE_API_URL, authConnectionString: DATABASE_AUTH_URL });
const buyer = { tenantId, subject: 'demo-buyer-1', role: 'buyer' } as const;
const sessionId = await db.withTenant(buyer, async (tx) => {
  await tx.sql('select'); // A session is opened by the first statement.
  return tx.session.id;
});
await db.close();
const { rows: sold } = await installer.query<{ id: string; price: string; currency_code: string }>(
  `select id, price, currency_code from commerce.products
    where tenant_id = $1 and seller_id = (
        select seller_id from commerce.products where tenant_id = $1 group by seller_id order by count(*) desc limit 1
      )
      and is_active and not is_deleted and coalesce('web_chat' = any (visible_channels), true)
    order by id`,
  [tenantId],
);

const client = new pg.Client({ connectionString: DATABASE_API_URL });
await client.connect();

let keys = 0;
async function order(lines: number): Promise<void> {
  keys += 1;
  const products = Array.from({ length: lines }, (_, i) => sold[(keys + i) % sold.length]);
  const asked = products.map((product, i) => ({
    product_id: product?.id,
    quantity: 1,
    metadata: { piece: i },
  }));
  const total = products.reduce((sum, product) => sum + Number(product?.price), 0);
  const expected = [{ currency_code: products[0]?.currency_code, total_amount: total.toFixed(2) }];
  await client.query('begin');
  await client.query(
    `select set_config('role', 'commerce_buyer', true), set_config('commerce.session', $1, true)`,
    [sessionId],
  );
  await client.query({
    name: 'ours',
    text: `select *
             from api.place_order(
               p_idempotency_key => $1, p_lines => $2, p_channel => 'web_chat', p_expected_totals => $3)`,
    values: [`bench ${keys}`, JSON.stringify(asked), JSON.stringify(expected)],
  });
  await client.query('commit');
}

const repeat = async (work: () => Promise<unknown>) => {
  for (let i = 0; i < batch; i += 1) await work();
};
const sides = {
  floor: () => repeat(() => installer.query({ ...floor, values: [sold[0]?.id, tenantId] })),
  'one line': () => repeat(() => order(1)),
  'twenty lines': () => repeat(() => order(20)),
};
const spent = new Map<string, number[]>();
for (let round = 0; round <= rounds; round += 1) {
  for (const [side, work] of Object.entries(sides)) {
    const cpu = await backendCpu(side === 'floor' ? installer : client, work);
    // The first round warms up, on tables whose rows nobody has counted yet.
    if (round === 0) await installer.query('analyze');
    else spent.set(side, [...(spent.get(side) ?? []), (cpu * 1000) / batch]);
  }
}
const cost = (side: keyof typeof sides) => median(spent.get(side) ?? []);
for (const side of Object.keys(sides) as (keyof typeof sides)[])
  console.log(`${side}: ${cost(side).toFixed(2)} ms`);
const ratios = { floor: cost('one line') / cost('floor'), lines: cost('twenty lines') / cost('one line') };
console.log(`one line is ${ratios.floor.toFixed(1)} times the floor (at most ${limits.floor})`);
console.log(`twenty lines are ${ratios.lines.toFixed(1)} times one line (at most ${limits.lines})`);
if (ratios.floor > limits.floor || ratios.lines > limits.lines) process.exitCode = 1;
await Promise.all([client.end(), installer.end()]);

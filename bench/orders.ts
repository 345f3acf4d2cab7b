import { backendCpu } from './cpu.ts';
import type { Measured } from './report.ts';
import { inTransaction, open, type Stage } from './stage.ts';
import { ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 9);
const batch = Number(process.env.BATCH ?? 50);

/** The tables of the floor. */
export const floorTables = `
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

/** The least that stores an order of one line durably: of the product $1 for the customer $2. */
export const floor = {
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

/** The rows of an order of one line in our tables, by one statement without rights, functions, triggers or foreign keys. */
const rowsAlone = {
  name: 'rows alone',
  text: `with taken as (
           update commerce.products
              set inventory_count = inventory_count - 1, reserved_count = reserved_count + 1
            where id = $1
           returning *
         ), placed as (
           insert into commerce.orders (
             tenant_id, product_id, seller_id, customer_id, currency_code, subtotal_amount, placed_at, order_number,
             channel, status, buyer_name
           )
           select tenant_id, id, seller_id, $2, currency_code, price, now(), $3, 'web_chat', 'pending', 'Buyer' from taken
           returning *
         ), line as (
           insert into commerce.order_items (
             tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price, currency_code,
             product_name
           )
           select o.tenant_id, o.id, o.customer_id, o.seller_id, 1, t.id, 1, t.price, t.currency_code, t.name
             from placed as o, taken as t
           returning *
         ), moved as (
           insert into commerce.inventory_movement (
             tenant_id, product_id, order_item_id, delta, balance_after, reason
           )
           select l.tenant_id, l.product_id, l.id, -1, t.inventory_count, 'sale' from line as l, taken as t
         ), channel as (
           insert into commerce.order_channel_meta (tenant_id, order_id, seller_id, channel_type)
           select tenant_id, id, seller_id, channel from placed
         ), history as (
           insert into commerce.order_status_history (
             tenant_id, order_id, customer_id, seller_id, field, to_value, changed_by
           )
           select tenant_id, id, customer_id, seller_id, 'status', status, null from placed
         ), key as (
           insert into internal.idempotency_key (tenant_key, tenant_id, operation, key, request_hash, result)
           select tenant_id, tenant_id, 'place_order', $3, sha256('order'), to_jsonb(id) from placed
         )
         insert into audit.log (tenant_key, tenant_id, actor_role, action, table_name, record_key, new_values)
         select tenant_id, tenant_id, 'commerce_buyer', 'insert', 'orders', id::text, to_jsonb(o) from placed as o
         union all
         select tenant_id, tenant_id, 'commerce_buyer', 'insert', 'order_items', id::text, to_jsonb(l) from line as l`,
};

const ours = {
  name: 'ours',
  text: `select *
           from api.place_order(
             p_idempotency_key => $1, p_lines => $2, p_channel => 'web_chat', p_expected_totals => $3)`,
};

export const benchmark = {
  title: 'Orders, against one prepared statement that takes stock and writes order, line and payment',
  async run({ urls, client, tenantId, openSession }: Stage): Promise<Measured> {
    await client.query(floorTables);
    await client.query(
      `update commerce.products
          set inventory_count = 1000000, track_inventory = true, tax_rate = 0, version = version
        where tenant_id = $1`,
      [tenantId],
    );
    const { rows: sold } = await client.query<{ id: string; price: string; currency_code: string }>(
      `select id, price, currency_code from commerce.products
        where tenant_id = $1 and seller_id = (
            select seller_id from commerce.products where tenant_id = $1 group by seller_id order by count(*) desc limit 1
          )
          and is_active and not is_deleted and coalesce('web_chat' = any (visible_channels), true)
        order by id`,
      [tenantId],
    );
    const buyer = { role: 'commerce_buyer', sessionId: await openSession('buyer', 'demo-buyer-1') };
    const api = await open(urls.DATABASE_API_URL);

    let keys = 0;
    const order = (lines: number) => {
      keys += 1;
      const products = Array.from({ length: lines }, (_, i) => sold[(keys + i) % sold.length]);
      const asked = products.map((product, i) => ({
        product_id: product?.id,
        quantity: 1,
        metadata: { piece: i },
      }));
      const total = products.reduce((sum, product) => sum + Number(product?.price), 0);
      const expected = [{ currency_code: products[0]?.currency_code, total_amount: total.toFixed(2) }];
      const values = [`bench ${keys}`, JSON.stringify(asked), JSON.stringify(expected)];
      return inTransaction(api, buyer, () => api.query({ ...ours, values }));
    };
    const sides = {
      floor: () =>
        backendCpu(client, () =>
          repeat(batch, () => client.query({ ...floor, values: [sold[0]?.id, tenantId] })),
        ),
      rowsAlone: async () => {
        await client.query('set session_replication_role = replica');
        const cpu = await backendCpu(client, () =>
          repeat(batch, () => {
            keys += 1;
            return client.query({ ...rowsAlone, values: [sold[0]?.id, tenantId, `alone ${keys}`] });
          }),
        );
        await client.query('reset session_replication_role');
        return cpu;
      },
      one: () => backendCpu(api, () => repeat(batch, () => order(1))),
      twenty: () => backendCpu(api, () => repeat(batch, () => order(20))),
    };
    try {
      // Until then nobody has counted the rows of these tables.
      for (const side of Object.values(sides)) await side();
      await client.query('analyze');
      const costs = await takeTurns(rounds, sides);
      return {
        figures: [
          { what: 'order of one line: CPU', rounds: ratios(costs.one, costs.floor), atMost: 8 },
          {
            what: 'order of twenty lines, against one of one line: CPU',
            rounds: ratios(costs.twenty, costs.one),
            atMost: 3,
          },
          { what: 'its rows alone, against the floor: CPU', rounds: ratios(costs.rowsAlone, costs.floor) },
          {
            what: 'milliseconds of CPU of the floor',
            rounds: costs.floor.map((cost) => (cost * 1000) / batch),
          },
        ],
      };
    } finally {
      await api.end();
    }
  },
};

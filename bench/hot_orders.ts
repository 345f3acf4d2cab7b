import { type Buy, buyers, connections, raceAll, title } from './race.ts';
import type { Measured } from './report.ts';
import { inTransaction, openMany, type Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 3);

/** A buyer's number is that of their session, user and customer. */
const idOf = (buyer: number) => `b0000000-0000-7000-8000-${buyer.toString().padStart(12, '0')}`;

/** That of the installer, whose role is none. */
const installerSession = 'c0000000-0000-7000-8000-000000000000';

/** Buyers who are registered and logged in, and where pieces are sold to them. */
const register = (tenantId: string) => `
  create temporary table buyer as
  select ('${idOf(0).slice(0, 24)}' || lpad(n::text, 12, '0'))::uuid as id, 'Buyer ' || n as name
    from generate_series(0, ${buyers - 1}) as n;
  set session_replication_role = replica;
  insert into commerce.users (id, tenant_key, tenant_id, display_name)
  select id, '${tenantId}', '${tenantId}', name from buyer;
  insert into commerce.customer (id, tenant_id, display_name) select id, '${tenantId}', name from buyer;
  insert into commerce.buyer_profile (id, tenant_id, user_id, full_name) select id, '${tenantId}', id, name from buyer;
  reset session_replication_role;
  insert into internal.session (id, tenant_id, user_id, customer_id, role, expires_at)
  select id, '${tenantId}', id, id, 'commerce_buyer', now() + interval '1 hour' from buyer;
  insert into internal.session (id, tenant_id, role, expires_at)
  values ('${installerSession}', '${tenantId}', 'none', now() + interval '1 hour')`;

const shop = (tenantId: string) => ({
  stock: `
    insert into commerce.products (
      id, tenant_id, seller_id, name, price, currency_code, is_active, inventory_count
    )
    select $1::uuid, '${tenantId}', p.seller_id, 'Wax print', 2500, 'NGN', true, $2::integer
      from commerce.products as p
     where p.tenant_id = '${tenantId}'
     group by p.seller_id order by count(*) desc limit 1`,
  outcome: `
    select p.inventory_count as left,
           (select sum(i.quantity)::integer from commerce.order_items as i where i.product_id = p.id) as sold
      from commerce.products as p where p.id = $1`,
});

const placeOrder: Buy = async (client, product, buyer) => {
  const session = { role: 'commerce_buyer', sessionId: idOf(buyer) };
  const text = `
    select from api.place_order(
      p_idempotency_key => $1, p_channel => 'storefront', p_lines => $2,
      p_expected_totals => '[{"currency_code": "NGN", "total_amount": "2500.00"}]')`;
  const values = [`${product} ${buyer}`, JSON.stringify([{ product_id: product, quantity: 1 }])];
  try {
    await inTransaction(client, session, () => client.query({ name: 'place', text, values }));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'SCSTK') return false;
    throw error;
  }
};

/**
 * The client locks the stock, looks at it, and writes the rows that place_order writes, as the installer, past
 * row-level security. The triggers are the same: history, log, sums and limits.
 */
const forUpdate: Buy = async (client, product, buyer) => {
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  const id = idOf(buyer);
  await client.query('begin');
  await run('enter', `select set_config('commerce.session', $1, true)`, [installerSession]);
  const { rows } = await run(
    'lock',
    'select tenant_id, seller_id, inventory_count from commerce.products where id = $1 for update',
    [product],
  );
  const { tenant_id: tenant, seller_id: seller, inventory_count: left } = rows[0];
  if (left < 1) {
    await client.query('rollback');
    return false;
  }
  await run(
    'stock',
    'update commerce.products set inventory_count = inventory_count - 1, reserved_count = reserved_count + 1 where id = $1',
    [product],
  );
  const placed = await run(
    'order',
    `insert into commerce.orders (
       tenant_id, product_id, seller_id, customer_id, currency_code, subtotal_amount, placed_at, order_number,
       channel, status, buyer_name
     )
     values ($1, $2, $3, $4, 'NGN', 2500, now(), internal.next_number('orders', $1), 'storefront', 'pending', 'Buyer')
     returning id`,
    [tenant, product, seller, id],
  );
  const order = placed.rows[0].id;
  const line = await run(
    'line',
    `insert into commerce.order_items (
       tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price, currency_code,
       product_name
     )
     values ($1, $2, $3, $4, 1, $5, 1, 2500, 'NGN', 'Wax print')
     returning id`,
    [tenant, order, id, seller, product],
  );
  await run(
    'movement',
    `insert into commerce.inventory_movement (
       tenant_id, product_id, order_item_id, created_by, delta, balance_after, reason
     )
     values ($1, $2, $3, $4, -1, $5, 'sale')`,
    [tenant, product, line.rows[0].id, id, left - 1],
  );
  await run(
    'channel',
    `insert into commerce.order_channel_meta (tenant_id, order_id, seller_id, channel_type)
     values ($1, $2, $3, 'storefront')`,
    [tenant, order, seller],
  );
  await run(
    'key',
    `insert into internal.idempotency_key (tenant_id, operation, key, request_hash, result)
     values ($1, 'place_order', $2, sha256(convert_to($2, 'UTF8')), to_jsonb(array[$3::uuid]))`,
    [tenant, `${product} ${buyer}`, order],
  );
  await client.query('commit');
  return true;
};

export const benchmark = {
  title: `Hot product, api.place_order: ${title}`,
  async run({ urls, client, tenantId }: Stage): Promise<Measured> {
    await client.query(register(tenantId));
    await client.query('vacuum analyze');
    const requests = await openMany(urls.DATABASE_API_URL, connections);
    const installers = await openMany(urls.DATABASE_URL, connections);
    try {
      const figures = await raceAll(
        rounds,
        { client, ...shop(tenantId) },
        {
          ours: [requests, placeOrder],
          locks: [installers, forUpdate],
          queue: [requests.slice(0, 1), placeOrder],
        },
      );
      return { figures };
    } finally {
      await Promise.all([...requests, ...installers].map((each) => each.end()));
    }
  },
};

import t from 'tap';
import { addShopper, one, openShop } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { openSession } from '../support/session.ts';
import { nodesRun, readersOf } from './plan-nodes.ts';

/**
 * What an order reads does not grow with the shop: not with its seller's catalogue, and not with the keys of
 * earlier calls. A planner that knows nothing of a new shop, and one that has counted it, read the same few rows.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const products = 5_000;
const keys = 5_000;

t.test('an order reads its own lines, products and key', async (t) => {
  const shop = await openShop(db);
  const shopper = await addShopper(db, shop, 'shopper');
  const client = await db.installer.connect();
  t.teardown(() => client.release());
  await client.query(`load 'auto_explain'; set session_replication_role = replica`);
  await client.query(
    `insert into commerce.products (tenant_id, seller_id, price, currency_code, name, inventory_count)
     select $1, $2, n, 'NGN', 'product ' || n, 100 from generate_series(1, $3::integer) as n`,
    [shop.tenantId, shop.sellerId, products],
  );
  await client.query(
    `insert into internal.idempotency_key (tenant_key, tenant_id, operation, key, request_hash)
     select $1, $1, 'place_order', 'earlier-' || n, '\\x00' from generate_series(1, $2::integer) as n`,
    [shop.tenantId, keys],
  );
  await client.query('set session_replication_role = origin');
  const member = { role: 'commerce_member', session: await openSession(db, 'member', shop.owner) };
  const { ids } = await one<{ ids: string[] } & { id: string; version: number }>(
    client,
    `select array_agg(id) as ids from (select id from commerce.products where tenant_id = $1 limit 20) as p`,
    [shop.tenantId],
  );

  for (const statistics of ['without statistics', 'with statistics']) {
    if (statistics === 'with statistics')
      await client.query('analyze commerce.products, internal.idempotency_key');
    for (const lines of [1, 20]) {
      const nodes = await nodesRun(
        client,
        member,
        `select * from api.place_order('key', p_lines => $1, p_customer_id => $2, p_channel => 'web_chat')`,
        [
          JSON.stringify(ids.slice(0, lines).map((id) => ({ product_id: id, quantity: 1 }))),
          shopper.customerId,
        ],
      );
      t.ok(nodes.length > 50, 'the plans of its functions are seen', { nodes: nodes.length });
      t.strictSame(readersOf(nodes, 400), [], `${lines} lines, ${statistics}`);
    }
  }
});

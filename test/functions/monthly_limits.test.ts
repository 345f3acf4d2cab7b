import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import {
  addChatCustomer,
  addProduct,
  addShopper,
  asRead,
  one,
  openShop,
  refused,
  type Shop,
} from './shop.ts';

/** What a plan allows in a month, at every door. */
const db = await createTestDatabase(t, { template: 'empty' });

let plans = 0;
async function setPlan({ tenantId }: Shop, limits: Record<string, number>) {
  const code = `plan_${plans++}`;
  await db.installer.query('insert into commerce.subscription_plan (code, name) values ($1, $1)', [code]);
  for (const [metric, limit] of Object.entries(limits)) {
    await db.installer.query(`update commerce.subscription_plan set ${metric} = $2 where code = $1`, [
      code,
      limit,
    ]);
  }
  await db.installer.query(
    'update commerce.tenant set subscription_tier = $2, version = version where id = $1',
    [tenantId, code],
  );
}

let keys = 0;
const over = (metric: string, limit: number) => ({ metric, limit, used: limit });

t.test('orders of a month, by the shopper, by staff and by a program', async (t) => {
  const shop = await openShop(db);
  const shopper = await addShopper(db, shop, 'ada');
  const product = await addProduct(db, shop, { stock: 100 });
  const line = JSON.stringify([{ product_id: product, quantity: 1 }]);
  const order = (client: pg.PoolClient) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_customer_id => $3, p_channel => 'storefront')`,
      [`order ${keys++}`, line, shopper.customerId],
    );
  const byShopper = () => asBuyer(db, shopper, order);
  const byStaff = () => asMember(db, shop.owner, order);

  await byShopper();
  // What was placed before the plan counts as well, also what was cancelled since.
  const second = await byStaff();
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.cancel_order($1, 'a mistake', $2)`, [second.id, second.version]),
  );
  await setPlan(shop, { max_orders_per_month: 4 });
  const basket = await asBuyer(db, shopper, async (client) => {
    const { id, version } = await one(client, `select * from api.start_order($1, 'storefront')`, [
      shop.sellerId,
    ]);
    return one(client, 'select * from api.set_order_line($1, $2, 1, $3)', [id, product, version]);
  });
  await byShopper();
  await byStaff();
  await refused(t, byShopper(), 'SCLIM', over('orders_per_month', 4));
  await refused(t, byStaff(), 'SCLIM', over('orders_per_month', 4));
  await refused(
    t,
    asBuyer(db, shopper, (client) =>
      client.query('select api.place_order($1, $2, $3)', [`order ${keys++}`, basket.id, basket.version]),
    ),
    'SCLIM',
    over('orders_per_month', 4),
  );
  const { status } = await asBuyer(db, shopper, (client) =>
    one(client, 'select id, version, status from api.orders where id = $1', [basket.id]),
  );
  t.equal(status, 'draft', 'the basket is as it was');

  // The next month begins in the shop's zone, and begins at nought.
  await db.installer.query(
    `update commerce.orders set placed_at = placed_at - interval '32 days', version = version
      where tenant_id = $1 and placed_at is not null`,
    [shop.tenantId],
  );
  await db.installer.query(
    `update internal.tenant_counter set name = 'orders_per_month 2000-01' where tenant_id = $1 and name like 'orders_per%'`,
    [shop.tenantId],
  );
  await byShopper();
  await setPlan(shop, { max_orders_per_month: 1 });
  await refused(t, byStaff(), 'SCLIM', over('orders_per_month', 1));
  await setPlan(shop, { max_orders_per_month: 2 });
  await byStaff();
  await setPlan(shop, {});
  await byStaff();
  await setPlan(shop, { max_orders_per_month: 4 });
  await byShopper();
  await refused(t, byStaff(), 'SCLIM', over('orders_per_month', 4));
});

t.test('messages of a month: what we are asked to send, and not what has been sent', async (t) => {
  const shop = await openShop(db);
  await setPlan(shop, { max_messages_per_month: 2 });
  const { threadId } = await addChatCustomer(db, shop, '2348035550001');
  const send = () =>
    asMember(db, shop.owner, (client) =>
      client.query(`select api.queue_message($1, $2, 'Hello')`, [threadId, `message ${keys++}`]),
    );
  await send();
  await send();
  await refused(t, send(), 'SCLIM', over('messages_per_month', 2));
  // What was sent while no plan counted counts again afterwards.
  await setPlan(shop, {});
  await send();
  await setPlan(shop, { max_messages_per_month: 3 });
  await refused(t, send(), 'SCLIM', over('messages_per_month', 3));
  // A fact from outside is never refused: the customer writes, and the phone of the shop answers.
  await addChatCustomer(db, shop, '2348035550002');
  await t.resolves(
    asWorker(db, (client) =>
      client.query(
        `select internal.receive_message('whatsapp', $1, '2348035550001', 'wamid.echo', 'From the phone', p_direction => 'outbound')`,
        [shop.account],
      ),
    ),
  );
  const { sent } = await one<{ sent: string }>(
    db.installer,
    `select count(*) as sent from commerce.conversation_history where tenant_id = $1 and direction = 'outbound'`,
    [shop.tenantId],
  );
  t.equal(Number(sent), 4);
});

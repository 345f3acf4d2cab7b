import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addChatCustomer, addProduct, addShopper, ledgerAgrees, one, openShop, refused } from './shop.ts';

/** Every function that takes an idempotency key: twenty times at once it happens once, and all get the same answer. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { tenantId } = shop;
const product = await addProduct(db, shop, { stock: 100 });
const shopper = await addShopper(db, shop, 'shopper');
const { customerId } = shopper;
await asMember(db, shop.owner, (client) =>
  client.query(`select api.connect_channel('web_chat', 'Chat', 'chat')`),
);
const { thread_id: chatId } = await asBuyer(db, shopper, (client) =>
  one(client, `select thread_id from api.start_conversation('first', 'Hello')`),
);
const { threadId } = await addChatCustomer(db, shop, '2348030000001');

type Mutation = {
  /** Called with the key, and with 1 or, for another request under the same key, 2. */
  sql: string;
  values?: unknown[];
  as?: 'worker' | 'shopper';
  /** The rows that it makes, counted. */
  counts: string;
};

async function newOrder(key: string): Promise<{ id: string; total: string }> {
  return asMember(db, shop.owner, (client) =>
    one(
      client,
      `select id, total_amount as total from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
      [key, JSON.stringify([{ product_id: product, quantity: 3 }]), customerId],
    ),
  );
}

const order = await newOrder('to be paid');
const paid = await newOrder('paid');
const split = await newOrder('split');
/** What the provider reports of a payment under its reference. */
const report = (reference: string, event: string, amount: string) =>
  asWorker(db, (client) =>
    client.query(`select from internal.record_payment_result('paystack', $1, $2, p_amount => $3)`, [
      reference,
      event,
      amount,
    ]),
  );
const pay = async ({ id, total }: { id: string; total: string }, reference: string) => {
  const made = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.create_payment($1, 'card', 'paystack', $2, $3, null, $3)`, [
      id,
      total,
      reference,
    ]),
  );
  await report(reference, 'succeeded', total);
  return made;
};
const payment = await pay(paid, 'paid');
// More went back than came in: it was refunded, and then the dispute was lost as well.
const lost = await newOrder('lost');
const { id: lostId } = await pay(lost, 'lost');
const refund = await asMember(db, shop.owner, (client) =>
  one(client, `select * from api.request_refund($1, $2, 'lost')`, [lostId, lost.total]),
);
await asWorker(db, (client) =>
  client.query(`select internal.record_refund_result($1, $2, 'succeeded')`, [tenantId, refund.id]),
);
await report('lost', 'dispute_lost', lost.total);
for (const call of [
  'confirm_order($1, $2)',
  'start_processing($1, $2)',
  `ship_order($1, 'DHL', 'T', $2)`,
  'deliver_order($1, $2)',
]) {
  await asMember(db, shop.owner, async (client) => {
    const { id, version } = await one(client, 'select id, version from api.orders where id = $1', [paid.id]);
    await client.query(`select api.${call}`, [id, version]);
  });
}
const item = await one(db.installer, 'select id from commerce.order_items where order_id = $1', [paid.id]);

const of = (table: string) =>
  `select count(*)::int as n from commerce.${table} where tenant_id = '${tenantId}'`;
const mutations: Record<string, Mutation> = {
  'internal.provision_tenant': {
    sql: `select internal.provision_tenant('twenty' || $2::int, 'twenty.example', 'a@twenty.example', 'twenty', 'NG', 'NGN', 'en', 'free', $1) as id`,
    as: 'worker',
    counts: `select count(*)::int as n from commerce.tenant`,
  },
  'api.adjust_inventory': {
    sql: `select * from api.adjust_inventory($3, $2::int, 'restock', null, $1)`,
    values: [product],
    counts: of('inventory_movement'),
  },
  'api.count_inventory': {
    sql: `select * from api.count_inventory($3, 100 + $2::int, null, $1)`,
    values: [product],
    counts: of('inventory_movement'),
  },
  'api.place_order': {
    sql: `select * from api.place_order($1, p_lines => jsonb_build_array(jsonb_build_object('product_id', $3::uuid, 'quantity', $2::int)), p_customer_id => $4, p_channel => 'whatsapp')`,
    values: [product, customerId],
    counts: of('orders'),
  },
  'api.create_payment': {
    sql: `select * from api.create_payment($3, 'card', 'paystack', $2::int, $1)`,
    values: [order.id],
    counts: of('payment'),
  },
  'api.request_refund': {
    sql: `select * from api.request_refund($3, $2::int, $1)`,
    values: [payment.id],
    counts: of('refund'),
  },
  'api.request_return': {
    sql: `select * from api.request_return($3, jsonb_build_array(jsonb_build_object('order_item_id', $4::uuid, 'quantity', $2::int, 'reason', 'damaged')), 'damaged', $1)`,
    values: [paid.id, item.id],
    counts: of('order_returns'),
  },
  'api.begin_conversation': {
    sql: `select * from api.begin_conversation((select customer_id from api.conversation_thread where id = $3), (select id from api.channel where channel_type = 'whatsapp'), $1, p_message => 'Hello ' || $2::int)`,
    values: [threadId],
    counts: of('conversation_history'),
  },
  'api.adjust_order': {
    sql: `select * from api.adjust_order($3, -$2::int, 'goods', 'goodwill', $1)`,
    values: [paid.id],
    counts: of('order_adjustment'),
  },
  'api.allocate_money': {
    sql: `select * from api.allocate_money($3, $4, $2::int, 'moved', $1)`,
    values: [payment.id, order.id],
    counts: `${of('money_allocation')} and cause = 'moved' and amount > 0`,
  },
  'api.grant_credit': {
    sql: `select * from api.grant_credit($3, $2::int * 1000, 'NGN', 'sorry', $1)`,
    values: [customerId],
    counts: of('customer_credit'),
  },
  'api.spend_credit': {
    sql: `select * from api.spend_credit($3, $2::int, $1)`,
    values: [split.id],
    counts: of('payment'),
  },
  'api.pay_orders': {
    sql: `select * from api.pay_orders(array[$3]::uuid[], case $2::int when 1 then 'card' else 'ussd' end, 'paystack', $1)`,
    values: [split.id],
    counts: of('payment'),
  },
  'api.write_off_loss': {
    sql: `select * from api.write_off_loss($3, $2::int, 'lost', $1)`,
    values: [lost.id],
    counts: `${of('money_allocation')} and cause = 'written_off' and amount > 0`,
  },
  'api.start_conversation': {
    sql: `select * from api.start_conversation($1, 'Hello ' || $2::int)`,
    as: 'shopper',
    counts: of('conversation_history'),
  },
  'api.send_message': {
    sql: `select * from api.send_message($3, $1, 'Hello ' || $2::int)`,
    values: [chatId],
    as: 'shopper',
    counts: of('conversation_history'),
  },
  'api.queue_message': {
    sql: `select * from api.queue_message($3, $1, 'Hello ' || $2::int)`,
    values: [threadId],
    counts: of('conversation_history'),
  },
};

t.test('every keyed function is here', async (t) => {
  const { rows } = await db.installer.query<{ name: string }>(
    `select distinct pronamespace::regnamespace || '.' || proname as name from pg_proc
      where 'p_idempotency_key' = any (proargnames) order by 1`,
  );
  t.strictSame(
    rows.map(({ name }) => name),
    Object.keys(mutations).sort(),
  );
});

for (const [name, { sql, values = [], as, counts }] of Object.entries(mutations)) {
  t.test(name, async (t) => {
    const call = (request: 1 | 2, key = `key of ${name}`) => {
      const work = (client: pg.PoolClient) => client.query(sql, [key, request, ...values]);
      if (as === 'worker') return asWorker(db, work);
      return as === 'shopper' ? asBuyer(db, shopper, work) : asMember(db, shop.owner, work);
    };
    const count = async () => (await one<{ n: number }>(db.installer, counts)).n;

    const before = await count();
    const results = (await Promise.all(Array.from({ length: 20 }, () => call(1)))).map(({ rows }) => rows);
    t.equal(results[0]?.length, 1);
    t.ok(
      results.every((rows) => isDeepStrictEqual(rows, results[0])),
      'twenty equal results',
    );
    t.equal(await count(), before + 1, 'one row');

    await refused(t, call(2), 'SCIDM');
    t.strictSame((await call(1)).rows, results[0], 'and the first result once more');
    t.equal(await count(), before + 1);
    await refused(t, call(1, ''), 'SCVAL', { field: 'idempotency_key' });
    await refused(t, call(1, 'k'.repeat(256)), 'SCVAL', { field: 'idempotency_key' });
  });
}

t.test('what a key of long ago made is not made again', async (t) => {
  const payLater = async (reference: string, key: string) => {
    const { id, total } = await newOrder(`pays ${reference} ${key}`);
    return asMember(db, shop.owner, (client) =>
      client.query(`select from api.create_payment($1, 'card', 'paystack', $2, $3, null, $4)`, [
        id,
        total,
        key,
        reference,
      ]),
    );
  };
  const refundLater = () =>
    asMember(db, shop.owner, (client) =>
      client.query('select from api.request_refund($1, 1, $2)', [payment.id, 'long ago']),
    );
  await payLater('its own', 'long ago');
  await refundLater();
  await db.installer.query('delete from internal.idempotency_key where tenant_id = $1', [tenantId]);

  await refused(t, payLater('another', 'long ago'), 'SCDUP', { field: 'idempotency_key' });
  await refused(t, payLater('its own', 'another'), 'SCDUP', { field: 'provider_reference' });
  await refused(t, refundLater(), 'SCDUP', { field: 'idempotency_key' });
});

t.test('and the stock is what the ledger says', (t) => ledgerAgrees(t, db, shop));

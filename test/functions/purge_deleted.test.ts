import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import {
  addChatCustomer,
  addProduct,
  addSeller,
  addShopper,
  one,
  openShop,
  type Row,
  refused,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { tenantId } = shop;

const run = (sql: string, values: unknown[] = []) =>
  asMember(db, shop.owner, (client) => client.query(sql, values));
const stored = async (table: string, id: string): Promise<Row | undefined> =>
  (await db.installer.query<Row>(`select * from commerce.${table} where id = $1`, [id])).rows[0];
const parts = async (table: string, column: string, id: string): Promise<number> =>
  (await db.installer.query(`select from ${table} where ${column} = $1`, [id])).rowCount ?? 0;

type Counts = { removed: number; blanked: number };
const purge = (olderThan = '0', batch = 500, tenant = tenantId): Promise<Counts> =>
  asWorker(db, (client) =>
    one<Counts>(client, 'select * from internal.purge_deleted($1, $2, $3)', [tenant, olderThan, batch]),
  );

const line = (product: string) => JSON.stringify([{ product_id: product, quantity: 1 }]);
const address = JSON.stringify([
  { kind: 'shipping', recipient_name: 'Ngozi', street_address: '1 Marina', city: 'Lagos', country: 'NG' },
]);
/** A placed order, cancelled and deleted. */
async function deletedOrder(customerId: string, product: string, key: string): Promise<string> {
  const { id } = await asMember(db, shop.owner, async (client) => {
    const order = await one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_addresses => $3, p_channel => 'whatsapp', p_customer_id => $4)`,
      [key, line(product), address, customerId],
    );
    return one(client, `select * from api.cancel_order($1, 'no longer wanted', $2)`, [
      order.id,
      order.version,
    ]);
  });
  await run('delete from api.orders where id = $1', [id]);
  return id;
}

t.test('what nothing refers to is removed, with its parts', async (t) => {
  const unsold = await addProduct(db, shop, { stock: 4 });
  const sold = await addProduct(db, shop, { stock: 4 });
  const { customerId } = await addShopper(db, shop, 'basket');
  const draft = await asMember(db, shop.owner, async (client) => {
    const { id, version } = await one(client, `select * from api.start_order($1, 'whatsapp', $2)`, [
      shop.sellerId,
      customerId,
    ]);
    await client.query('select api.set_order_line($1, $2, 2, $3)', [id, sold, version]);
    return id;
  });
  for (const [view, id] of Object.entries({ orders: draft, products: unsold })) {
    await run(`delete from api.${view} where id = $1`, [id]);
  }
  t.equal(await parts('commerce.inventory_movement', 'product_id', unsold), 1);
  t.equal(await parts('commerce.order_items', 'order_id', draft), 1);

  t.same(await purge('1 day'), { removed: 0, blanked: 0 }, 'not yet');
  t.same(await purge(), { removed: 2, blanked: 0 });
  t.equal(await stored('products', unsold), undefined);
  t.equal(await stored('orders', draft), undefined);
  t.equal(await parts('commerce.inventory_movement', 'product_id', unsold), 0);
  t.equal(await parts('commerce.order_items', 'order_id', draft), 0);
  t.match(await stored('products', sold), { is_deleted: false }, 'what is not deleted stays');
  await run('delete from api.products where id = $1', [sold]);
  t.same(await purge(), { removed: 1, blanked: 0 }, 'free as soon as nobody refers to it');
  const { rows } = await run('select * from api.check_inventory()');
  t.same(rows, []);
});

t.test('what was never used is removed', async (t) => {
  const { id: storefrontId } = await one(
    db.installer,
    'select id from commerce.storefront where tenant_id = $1',
    [tenantId],
  );
  const unused: Record<string, string> = {
    seller_profile: await addSeller(db, shop, 'never-sold'),
  };
  for (const [table, row] of [
    [
      'storefront_asset',
      `(file_name, file_type, url) values ('unused.png', 'image', 'https://files.example/unused.png')`,
    ],
    ['storefront_banner', `(storefront_id, title) values ('${storefrontId}', 'Unused')`],
    ['storefront_theme', `(name) values ('Unused')`],
  ] as const) {
    const { rows } = await run(`insert into api.${table} ${row} returning id`);
    unused[table] = rows[0].id;
  }
  for (const [table, id] of Object.entries(unused)) {
    await run(`delete from api.${table} where id = $1`, [id]);
    t.match(await stored(table, id), { is_deleted: true }, `${table} is deleted`);
  }
  t.same(await purge(), { removed: Object.keys(unused).length, blanked: 0 });
  for (const [table, id] of Object.entries(unused)) {
    t.equal(await stored(table, id), undefined, `${table} is removed`);
  }
});

t.test('what something refers to stays, without personal data, and comes up once', async (t) => {
  const product = await addProduct(db, shop, { stock: 4 });
  const { customerId } = await addChatCustomer(db, shop, '2348030000001');
  const id = await deletedOrder(customerId, product, 'stays');
  t.match(await stored('orders', id), { buyer_name: String });
  t.equal(await parts('commerce.order_address', 'order_id', id), 1);
  const history = await parts('commerce.order_status_history', 'order_id', id);
  t.ok(history > 0);

  t.same(await purge(), { removed: 0, blanked: 1 });
  const order = await stored('orders', id);
  t.match(order, { buyer_name: null, buyer_phone: null, buyer_email: null, buyer_note: null });
  t.match(order, { status: 'cancelled', is_deleted: true, order_number: String });
  t.equal(await parts('commerce.order_address', 'order_id', id), 0, 'a personal part goes');
  t.equal(await parts('commerce.order_items', 'order_id', id), 1, 'others stay with it');
  t.equal(await parts('commerce.order_status_history', 'order_id', id), history);
  t.same(await purge(), { removed: 0, blanked: 0 });

  await run(`update api.conversation_thread set priority = 'low', version = version where customer_id = $1`, [
    customerId,
  ]);
  await db.installer.query(
    `update commerce.conversation_thread set status = 'closed', closed_at = now(), version = version where customer_id = $1`,
    [customerId],
  );
  await run('delete from api.customer where id = $1', [customerId]);
  t.equal(await parts('commerce.customer_identity', 'customer_id', customerId), 1);
  t.same(await purge(), { removed: 0, blanked: 2 }, 'the customer and the profile of who ordered');
  t.match(await stored('customer', customerId), { display_name: null, phone_number: null, email: null });
  t.match(await stored('buyer_profile', customerId), { full_name: null, phone_number: null });
  t.equal(await parts('commerce.customer_identity', 'customer_id', customerId), 0);
  t.ok((await parts('commerce.conversation_history', 'customer_id', customerId)) > 0);
  t.same(await purge(), { removed: 0, blanked: 0 });
});

t.test('addresses and means of payment go with the buyer, and their secrets first', async (t) => {
  const buyer = await addShopper(db, shop, 'card holder');
  const { user_id: userId } = await one<{ user_id: string }>(
    db.installer,
    'select user_id from commerce.buyer_profile where id = $1',
    [buyer.customerId],
  );
  await asBuyer(db, buyer, async (client) => {
    await client.query(`insert into api.notification_preferences (notification_type) values ('marketing')`);
    await client.query(`select api.save_address('shipping', 'Ada', '1 Marina', 'Lagos', 'NG')`);
  });
  const { id: method } = await one(
    db.installer,
    `insert into commerce.saved_payment_method (tenant_id, user_id, payment_type, provider, phone_last_four)
     values ($1, $2, 'mobile_money', 'mpesa', '1234') returning id`,
    [tenantId, userId],
  );
  await db.installer.query(
    `insert into internal.payment_method_secret values ($1, $2, decode(repeat('00', 32), 'hex'))`,
    [method, tenantId],
  );
  await run('delete from api.customer where id = $1', [buyer.customerId]);
  t.match(await stored('saved_payment_method', method), { is_deleted: true });
  t.same(await purge(), { removed: 4, blanked: 0 }, 'address, means of payment, profile and customer');
  t.equal(await parts('internal.payment_method_secret', 'saved_payment_method_id', method), 0);
  t.equal(await parts('commerce.address_book', 'user_id', userId), 0);

  await db.installer.query(`update commerce.users set is_deleted = true, version = version where id = $1`, [
    userId,
  ]);
  t.same(await purge(), { removed: 1, blanked: 0 }, 'and the person, who acted nowhere');
  t.equal(await parts('commerce.notification_preferences', 'user_id', userId), 0);
});

t.test('what must be kept for a time is kept', async (t) => {
  const { id: onboarding } = await one(
    db.installer,
    'select id from commerce.seller_onboarding where tenant_id = $1',
    [tenantId],
  );
  const { id } = await one(
    db.installer,
    `insert into commerce.kyc_document
       (tenant_id, seller_onboarding_id, document_type, document_url, is_deleted, deleted_at, purge_after)
     values ($1, $2, 'passport', 'kyc/1', true, now() - interval '9 days', now() + interval '1 day') returning id`,
    [tenantId, onboarding],
  );
  t.same(await purge(), { removed: 0, blanked: 0 });
  await db.installer.query(
    `update commerce.kyc_document set purge_after = now() - interval '1 second' where id = $1`,
    [id],
  );
  t.same(await purge(), { removed: 1, blanked: 0 });
});

t.test('a channel goes, and so do the wishes of a person who stays', async (t) => {
  const { id: channel } = await asMember(db, shop.owner, (client) =>
    one(client, `select id from api.connect_channel('telegram', 'For a week', 'for-a-week')`),
  );
  await run('delete from api.channel where id = $1', [channel]);
  t.same(await purge(), { removed: 1, blanked: 0 });
  t.equal(await stored('channel', channel), undefined);

  const buyer = await addShopper(db, shop, 'still a buyer');
  await asBuyer(db, buyer, (client) =>
    client.query(`insert into api.notification_preferences (notification_type) values ('marketing')`),
  );
  const { user_id: userId } = await one<{ user_id: string }>(
    db.installer,
    `update commerce.users as u set is_deleted = true, version = u.version
       from commerce.buyer_profile as b where b.id = $1 and u.id = b.user_id returning b.user_id`,
    [buyer.customerId],
  );
  t.same(await purge(), { removed: 0, blanked: 1 });
  t.equal(await parts('commerce.notification_preferences', 'user_id', userId), 0);
});

t.test('in bounded batches, several at once, and only the tenant’s', async (t) => {
  const theirs = await openShop(db);
  const other = await addProduct(db, theirs);
  await asMember(db, theirs.owner, (client) =>
    client.query('delete from api.products where id = $1', [other]),
  );
  await run(
    `insert into api.products (name, currency_code, price, seller_id) select 'P' || n, 'NGN', 1, $1 from generate_series(1, 40) as n`,
    [shop.sellerId],
  );
  const before = await parts('audit.log', 'table_name', 'products');
  await run(`delete from api.products where name ~ '^P[0-9]+$'`);
  t.same(await purge('0', 7), { removed: 7, blanked: 0 });

  const locker = await db.installer.connect();
  await locker.query('begin');
  await locker.query(
    `select from commerce.products where is_deleted and tenant_id = $1 limit 1 for key share`,
    [tenantId],
  );
  const each = async (): Promise<number> => {
    for (let total = 0; ; ) {
      const { removed } = await purge('0', 4);
      total += removed;
      if (removed === 0) return total;
    }
  };
  const totals = await Promise.all([each(), each(), each()]);
  t.equal(
    totals.reduce((sum, n) => sum + n),
    32,
    'each once, but for the one that somebody is about to refer to',
  );
  await locker.query('rollback');
  locker.release();
  t.same(await purge(), { removed: 1, blanked: 0 });
  t.match(await stored('products', other), { is_deleted: true }, 'the other tenant’s is untouched');
  t.ok((await parts('audit.log', 'table_name', 'products')) >= before + 80, 'the log knows each');
});

t.test('the log of it holds nothing personal', async (t) => {
  const { rows } = await db.installer.query<{ text: string }>(
    `select coalesce(old_values, '{}')::text || coalesce(new_values, '{}')::text as text from audit.log
      where tenant_id = $1 and table_name in ('customer', 'buyer_profile', 'orders', 'address_book', 'saved_payment_method')`,
    [tenantId],
  );
  t.ok(rows.length > 10);
  t.notMatch(rows.map(({ text }) => text).join('\n'), /Ngozi|Marina|234803|card holder|"1234"/);
});

t.test('only a worker may, and only with sense', async (t) => {
  await refused(t, purge('-1 day'), 'SCVAL', { field: 'older_than' });
  await refused(t, purge('0', 0), 'SCVAL', { field: 'batch' });
  await refused(t, run(`select internal.purge_deleted($1, '0')`, [tenantId]), '42501');
  for (const statement of ['delete from commerce.inventory_movement', 'delete from commerce.products']) {
    await refused(
      t,
      asWorker(db, (client) => client.query(statement)),
      '42501',
    );
  }
});

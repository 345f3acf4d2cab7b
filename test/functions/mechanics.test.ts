import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';
import { addChatCustomer, addProduct, addShopper, one, openShop, type Row, refused } from './shop.ts';

/** What every table has in common: deletion, versions, keys, amounts, the log. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { tenantId } = shop;

const asOwner = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  asMember(db, shop.owner, work);
/** As the owner, in a transaction of its own. */
const run = (sql: string, values: unknown[] = []) => asOwner((client) => client.query(sql, values));
const isVisible = async (view: string, id: string): Promise<boolean> =>
  (await run(`select from api.${view} where id = $1`, [id])).rowCount === 1;
const stored = (table: string, id: string): Promise<Row> =>
  one(db.installer, `select * from commerce.${table} where id = $1`, [id]);

t.test('a deleted row is gone from its view and kept in its table', async (t) => {
  const id = await addProduct(db, shop);
  t.equal((await run('delete from api.products where id = $1', [id])).rowCount, 1);
  t.notOk(await isVisible('products', id));
  const row = await stored('products', id);
  t.match(row, { is_deleted: true, deleted_at: Date, version: 2 });
  t.equal((await run('delete from api.products where id = $1', [id])).rowCount, 0);
  t.equal((await run(`update api.products set name = 'Ghost', version = 2 where id = $1`, [id])).rowCount, 0);

  await run(`select api.restore('products', $1)`, [id]);
  t.ok(await isVisible('products', id));
  t.match(await stored('products', id), { is_deleted: false, deleted_at: null, version: 3 });
  await refused(t, run(`select api.restore('products', $1)`, [id]), 'SCNTF');
});

t.test('what goes along is deleted and restored together, and nothing else', async (t) => {
  const { customerId: id } = await addShopper(db, shop, 'goes and comes');
  await run('delete from api.customer where id = $1', [id]);
  const [customer, profile] = [await stored('customer', id), await stored('buyer_profile', id)];
  t.match([customer, profile], [{ is_deleted: true }, { is_deleted: true }]);
  t.same(profile.deleted_at, customer.deleted_at, 'one time names the deletion');
  await refused(t, run(`select api.restore('buyer_profile', $1)`, [id]), 'SCDEP', { table: 'customer' });
  await run(`select api.restore('customer', $1)`, [id]);
  t.ok((await isVisible('customer', id)) && (await isVisible('buyer_profile', id)));

  await run('delete from api.buyer_profile where id = $1', [id]);
  await run('delete from api.customer where id = $1', [id]);
  await run(`select api.restore('customer', $1)`, [id]);
  t.ok(await isVisible('customer', id));
  t.notOk(await isVisible('buyer_profile', id), 'what was deleted before stays deleted');
});

t.test('live rows that depend on a row keep it', async (t) => {
  const productId = await addProduct(db, shop, { stock: 5 });
  const { customerId, threadId } = await addChatCustomer(db, shop, '2348031111111');
  const order = await asOwner(async (client) => {
    const { id } = await one(client, 'select id from api.start_order($1, null, null, $2)', [
      shop.sellerId,
      threadId,
    ]);
    const { version } = await one(client, 'select id, version from api.set_order_line($1, $2, 1, 1)', [
      id,
      productId,
    ]);
    return one(client, `select id, version from api.place_order('depends', $1, $2)`, [id, version]);
  });
  await refused(t, run('delete from api.buyer_profile where id = $1', [customerId]), 'SCDEP', {
    table: 'orders',
    count: 1,
  });
  await refused(t, run('delete from api.customer where id = $1', [customerId]), 'SCDEP', {
    table: 'conversation_thread',
  });
  t.ok(await isVisible('customer', customerId));
  await refused(t, run('delete from api.seller_profile where id = $1', [shop.sellerId]), 'SCDEP');
  await run(`select api.cancel_order($1, 'Changed my mind', $2)`, [order.id, order.version]);
  t.equal(
    (await run('delete from api.buyer_profile where id = $1', [customerId])).rowCount,
    1,
    'a cancelled order lets go',
  );
});

t.test('only those who may restore, and only what can be restored', async (t) => {
  const id = await addProduct(db, shop);
  await run('delete from api.products where id = $1', [id]);
  const other = await openShop(db);
  const foreign = asMember(db, other.owner, (client) =>
    client.query(`select api.restore('products', $1)`, [id]),
  );
  await refused(t, foreign, 'SCNTF');
  const { id: userId } = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id, tenant_id)
     insert into commerce.team_members (tenant_id, user_id, role)
     select tenant_id, id, 'viewer' from person returning user_id as id`,
    [tenantId],
  );
  const viewing = asMember(db, { tenantId, userId }, (client) =>
    client.query(`select api.restore('products', $1)`, [id]),
  );
  await refused(t, viewing, 'SCPRM', { permission: 'records.restore' });
  for (const table of ['tenant', 'nothing', 'pg_class', 'products; drop table commerce.products']) {
    await refused(t, run('select api.restore($1, $2)', [table, id]), 'SCVAL', { field: 'table' });
  }
});

t.test('a unique value that was taken meanwhile keeps a row from coming back', async (t) => {
  const id = await addProduct(db, shop, { sku: 'UNIQUE' });
  await run('delete from api.products where id = $1', [id]);
  await addProduct(db, shop, { sku: 'UNIQUE' });
  await refused(t, run(`select api.restore('products', $1)`, [id]), 'SCDUP', { table: 'products' });
});

t.test('an edit names the version that it read', async (t) => {
  const id = await addProduct(db, shop);
  const update = (columns: string) => run(`update api.products set ${columns} where id = $1`, [id]);
  await refused(t, update(`name = 'Unnamed'`), 'SCVRQ');
  await refused(t, update('name = name'), 'SCVRQ');
  await refused(t, update(`name = 'Stale', version = 7`), 'SCVER', { expected: 7, actual: 1 });
  await refused(t, update(`name = 'Null', version = null`), 'SCVER', { expected: null, actual: 1 });
  await update(`name = 'Fresh', version = 1`);
  t.match(await stored('products', id), { name: 'Fresh', version: 2 });
  await refused(t, update(`name = 'Late', version = 1`), 'SCVER', { expected: 1, actual: 2 });
  t.match(await stored('products', id), { name: 'Fresh', version: 2 });
});

t.test('derived columns neither need nor bump the version', async (t) => {
  const id = await addProduct(db, shop);
  await run(`select api.adjust_inventory($1, 5, 'restock', null, 'derived')`, [id]);
  t.match(await stored('products', id), { inventory_count: 5, version: 1 });
  const { customerId, threadId } = await addChatCustomer(db, shop, '2348032222222');
  t.match(await stored('conversation_thread', threadId), { unread_count: 1, version: 1 });
  t.match(await stored('customer', customerId), { version: 1 });
});

t.test('history is only added to, for every role', async (t) => {
  const id = await addProduct(db, shop, { stock: 3 });
  for (const sql of [
    `update commerce.inventory_movement set delta = 4 where product_id = '${id}'`,
    `delete from commerce.inventory_movement where product_id = '${id}'`,
    'truncate commerce.inventory_movement',
  ]) {
    await refused(t, db.installer.query(sql), 'SCIMM');
  }
  t.match(
    await one(db.installer, 'select delta from commerce.inventory_movement where product_id = $1', [id]),
    { delta: 3 },
  );
});

t.test('a row keeps its key and its tenant, for every role', async (t) => {
  const id = await addProduct(db, shop);
  const other = await openShop(db);
  for (const [column, value] of [
    ['id', '01890000-0000-7000-8000-000000000000'],
    ['tenant_id', other.tenantId],
  ]) {
    const moving = db.installer.query(
      `update commerce.products set ${column} = $2, version = version where id = $1`,
      [id, value],
    );
    await refused(t, moving, 'SCIMM');
    await refused(
      t,
      run(`update api.products set ${column} = $2, version = version where id = $1`, [id, value]),
      '42501',
    );
  }
});

t.test('an amount has no more decimals than its currency', async (t) => {
  const priced = (price: string, currency_code: string) => addProduct(db, shop, { price, currency_code });
  await refused(t, priced('10.005', 'NGN'), 'SCAMT', { field: 'price', minor_unit: 2 });
  await refused(t, priced('10.5', 'JPY'), 'SCAMT', { field: 'price', minor_unit: 0 });
  await refused(t, priced('10.0005', 'KWD'), 'SCAMT', { field: 'price', minor_unit: 3 });
  await refused(t, addProduct(db, shop, { price: '1', compare_at_price: '2.001' }), 'SCAMT', {
    field: 'compare_at_price',
  });
  const id = await priced('10.50', 'NGN');
  await t.resolves(priced('10.00', 'JPY'), 'zeros are no decimals');
  await t.resolves(priced('10.005', 'KWD'));
  await refused(t, run(`update api.products set price = 0.001, version = 1 where id = $1`, [id]), 'SCAMT');
  await refused(
    t,
    run(`update api.products set currency_code = 'JPY', version = 1 where id = $1`, [id]),
    'SCAMT',
  );
});

t.test('e-mail addresses are stored in lower case', async (t) => {
  const { rows } = await run(
    `insert into api.customer (display_name, email) values ('Bisi', ' Bisi@Shop.Example ') returning id, email`,
  );
  t.match(rows, [{ email: 'bisi@shop.example' }]);
  await run(`update api.customer set email = 'B@SHOP.EXAMPLE', version = 1 where id = $1`, [rows[0].id]);
  t.match(await stored('customer', rows[0].id), { email: 'b@shop.example' });
});

t.test('the log', async (t) => {
  const log = async (table: string, id: string) =>
    (
      await db.installer.query(
        `select action, tenant_id, actor_role, actor_user_id is not null as has_actor, session_id is not null as has_session,
                request_id, old_values, new_values
           from audit.log where table_name = $1 and record_key = $2 order by id`,
        [table, id],
      )
    ).rows;
  const by = {
    tenant_id: tenantId,
    actor_role: 'commerce_member',
    has_actor: true,
    has_session: true,
    request_id: 'test',
  };

  await t.test('knows each row’s beginning, what changed of it, and its deletion', async (t) => {
    const id = await addProduct(db, shop, { name: 'Logged', price: '5' });
    await run(
      `update api.products set name = 'Renamed', price = price, description = 'New', version = 1 where id = $1`,
      [id],
    );
    await run('delete from api.products where id = $1', [id]);
    const [inserted, updated, deleted, ...rest] = await log('products', id);
    t.match(inserted, {
      ...by,
      action: 'insert',
      old_values: null,
      new_values: { name: 'Logged', price: 5 },
    });
    for (const column of ['id', 'tenant_id', 'version', 'created_at', 'search_vector']) {
      t.notOk(column in inserted.new_values, `no ${column}`);
    }
    t.match(updated, { ...by, action: 'update' });
    t.same(updated.old_values, { name: 'Logged', description: '' });
    t.same(updated.new_values, { name: 'Renamed', description: 'New' });
    t.match(deleted, { ...by, action: 'update' });
    t.same(deleted.new_values, { is_deleted: true });
    t.same(rest, []);
  });

  await t.test('has a row for a row that is really deleted', async (t) => {
    const id = await addProduct(db, shop, { name: 'Purged' });
    await db.installer.query('delete from commerce.products where id = $1', [id]);
    t.match((await log('products', id)).at(-1), {
      action: 'delete',
      actor_role: 'none',
      has_actor: false,
      old_values: { name: 'Purged' },
      new_values: null,
    });
  });

  await t.test('shows that personal data changed, not what it is', async (t) => {
    const { rows } = await run(
      `insert into api.customer (display_name, email, phone_number, preferred_language)
       values ('Bola', 'bola@shop.example', '+2348033333333', 'yo') returning id`,
    );
    const [{ id }] = rows;
    await run(
      `update api.customer set email = 'new@shop.example', phone_number = null, version = 1 where id = $1`,
      [id],
    );
    const [inserted, updated] = await log('customer', id);
    t.match(inserted.new_values, {
      preferred_language: 'yo',
      display_name: '***',
      email: '***',
      phone_number: '***',
    });
    t.same(updated.old_values, { email: '***', phone_number: '***' });
    t.same(updated.new_values, { email: '***', phone_number: '***' });
    t.notMatch(JSON.stringify(await log('customer', id)), /Bola|shop\.example|234803/);
  });

  await t.test(
    'is silent about what the database derives, and about updates that change nothing',
    async (t) => {
      const id = await addProduct(db, shop);
      await run(`select api.adjust_inventory($1, 5, 'restock', null, 'silent')`, [id]);
      await run('update api.products set name = name, version = 1 where id = $1', [id]);
      t.equal((await log('products', id)).length, 1);
    },
  );

  await t.test('has one row a changed row, however many a statement changes', async (t) => {
    const ids = [
      await addProduct(db, shop, { sku: 'MANY-1' }),
      await addProduct(db, shop, { sku: 'MANY-2' }),
    ];
    await run(`update api.products set price = 7, version = version where sku like 'MANY-%'`);
    for (const id of ids)
      t.same(
        (await log('products', id)).map(({ new_values }) => new_values.price),
        [1000, 7],
      );
  });

  await t.test('goes with the change: taken back together', async (t) => {
    const id = await addProduct(db, shop);
    const failing = asOwner(async (client) => {
      await client.query(`update api.products set name = 'Never', version = 1 where id = $1`, [id]);
      throw new Error('no');
    });
    await t.rejects(failing);
    t.equal((await log('products', id)).length, 1);
  });

  await t.test('is no request’s to read or write', async (t) => {
    for (const sql of [
      'select id from audit.log',
      'delete from audit.log',
      `select audit.log_action('read', 'x', null, null, null)`,
    ]) {
      await refused(t, run(sql), '42501');
    }
  });

  await t.test('leaves omitted columns out', async (t) => {
    const { rows } = await db.installer.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from internal.audit_rule where treatment = 'omit'`,
    );
    await db.installer.query(`insert into internal.audit_rule values ('customer', 'metadata', 'omit')`);
    await db.installer.query(`select audit.attach('commerce.customer')`);
    const { rows: made } = await run(
      `insert into api.customer (display_name, metadata) values ('Omitted', '{"secret": 1}') returning id`,
    );
    await run(`update api.customer set metadata = '{"secret": 2}', version = 1 where id = $1`, [made[0].id]);
    const [inserted, ...rest] = await log('customer', made[0].id);
    t.notOk('metadata' in inserted.new_values);
    t.same(rest, [], 'a change of nothing else has no row');
    t.same(
      rows.filter(({ table }) => table === 'customer'),
      [],
    );
  });
});

t.test('a key belongs to one request', async (t) => {
  const id = await addProduct(db, shop);
  const adjust = (delta: number, key: string | null) =>
    run(`select balance_after from api.adjust_inventory($1, $2, 'restock', null, $3)`, [id, delta, key]);
  const first = await adjust(4, 'once');
  t.same((await adjust(4, 'once')).rows, first.rows);
  await refused(t, adjust(5, 'once'), 'SCIDM');
  for (const key of [null, '', 'x'.repeat(256)])
    await refused(t, adjust(1, key), 'SCVAL', { field: 'idempotency_key' });
  t.match(await stored('products', id), { inventory_count: 4 });

  const other = await openShop(db);
  const theirs = await addProduct(db, other, { stock: 1 });
  const same = asMember(db, other.owner, (client) =>
    one(client, `select balance_after from api.adjust_inventory($1, 7, 'restock', null, 'once')`, [theirs]),
  );
  t.match(await same, { balance_after: 8 }, 'another tenant may use the same key');

  const failing = asOwner(async (client) => {
    await client.query(`select api.adjust_inventory($1, 1, 'restock', null, 'rolled back')`, [id]);
    throw new Error('no');
  });
  await t.rejects(failing);
  t.match(
    (await adjust(2, 'rolled back')).rows,
    [{ balance_after: 6 }],
    'what was taken back did not use the key',
  );
});

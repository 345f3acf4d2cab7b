import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asRole, asVisitor, asWorker, openSession, type Who } from '../support/session.ts';
import { addMember, claim, markSent, queue } from './chat.ts';
import {
  addChatCustomer,
  addProduct,
  addShopper,
  asRead,
  ledgerAgrees,
  one,
  openShop,
  type Row,
  refused,
  type Shop,
  uploadKey,
} from './shop.ts';

/** Two customers who turn out to be one person. */
const db = await createTestDatabase(t, { template: 'empty' });

let keys = 0;
const key = () => `key ${++keys}`;
const customer = (id: unknown): Promise<Row> =>
  one(db.installer, 'select * from commerce.customer where id = $1', [id]);
const staff = <T extends Row = Row>(shop: Shop, sql: string, values: unknown[] = []): Promise<T> =>
  asMember(db, shop.owner, (client) => one<T>(client, sql, values));

/** Merges as somebody, at the versions that the rows have unless others are given. */
async function merge(
  who: Who,
  kept: unknown,
  merged: unknown,
  versions: readonly unknown[] = [],
): Promise<Row> {
  const named =
    versions.length > 0 ? versions : [(await customer(kept)).version, (await customer(merged)).version];
  return asMember(db, who, (client) =>
    one(client, 'select * from api.merge_customers($1, $2, $3, $4)', [kept, merged, ...named]),
  );
}

const order = (shop: Shop, customerId: unknown, productId: string): Promise<Row> =>
  staff(
    shop,
    `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp', p_expected_totals => ${asRead('$2')})`,
    [key(), JSON.stringify([{ product_id: productId, quantity: 1 }]), customerId],
  );
const basket = (shop: Shop, customerId: unknown): Promise<Row> =>
  staff(shop, `select * from api.start_order($1, 'whatsapp', $2)`, [shop.sellerId, customerId]);
const pay = (shop: Shop, of: Row): Promise<Row> =>
  staff(shop, `select * from api.create_payment($1, 'cash_on_delivery', 'till', $2, $3)`, [
    of.id,
    of.total_amount,
    key(),
  ]);
const grant = (shop: Shop, customerId: unknown, amount: number): Promise<Row> =>
  staff(shop, `select * from api.grant_credit($1, $2, 'NGN', 'sorry', $3)`, [customerId, amount, key()]);

async function moneyAgrees(t: { strictSame: (a: unknown, b: unknown, name: string) => unknown }) {
  const { rows } = await db.installer.query('select * from internal.check_money()');
  t.strictSame(rows, [], 'the money adds up');
}

/** In which tables of the merchant rows still name a customer, and how many. */
async function namedBy(id: unknown): Promise<Record<string, number>> {
  const { rows: columns } = await db.installer.query<{ table: string; column: string }>(`
    select format('%I.%I', n.nspname, c.relname) as table, a.attname as column
      from pg_attribute as a
      join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
      join pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('commerce', 'internal')
     where a.attname = 'customer_id' and not a.attisdropped`);
  const found: Record<string, number> = {};
  for (const { table, column } of columns) {
    const { n } = await one<{ n: number }>(
      db.installer,
      `select count(*)::integer as n from ${table} where ${column} = $1`,
      [id],
    );
    if (n > 0) found[table] = n;
  }
  return found;
}

t.test('all that a customer has goes to the other one', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 100 });
  const ann = await addShopper(db, shop, 'ann');
  const chat = await addChatCustomer(db, shop, '2348030000001');
  await staff(
    shop,
    `update api.customer set tags = '{vip,late}', metadata = '{"size": "L", "colour": "red"}', email = 'chat@x.example',
            version = version where id = $1 returning id, version`,
    [chat.customerId],
  );
  await staff(
    shop,
    `update api.customer set tags = '{late,shop}', metadata = '{"size": "M"}', version = version where id = $1 returning id, version`,
    [ann.customerId],
  );
  const bought = await order(shop, chat.customerId, product);
  const payment = await pay(shop, bought);
  await staff(shop, `select * from api.verify_manual_payment($1, true, 'counted', $2)`, [
    payment.id,
    payment.version,
  ]);
  // The refund of half of it is store credit: money of the invariant, and not only goodwill.
  await staff(shop, `select * from api.adjust_order($1, -50, 'goods', 'a scratch', $2)`, [bought.id, key()]);
  await staff(
    shop,
    `select id, 1 as version from api.request_refund($1, 50, $2, p_reason => 'sorry', p_method => 'store_credit')`,
    [payment.id, key()],
  );
  await grant(shop, chat.customerId, 50);
  await grant(shop, ann.customerId, 7);
  const spending = await order(shop, chat.customerId, product);
  await staff(shop, 'select * from api.spend_credit($1, 20, $2)', [spending.id, key()]);
  const begun = await basket(shop, chat.customerId);
  const before = await namedBy(chat.customerId);
  const had = await namedBy(ann.customerId);
  const creditOf = async (id: unknown) =>
    (
      await one<{ sum: string }>(
        db.installer,
        'select coalesce(sum(amount), 0) as sum from commerce.customer_credit where customer_id = $1',
        [id],
      )
    ).sum;
  const credit = Number(await creditOf(chat.customerId)) + Number(await creditOf(ann.customerId));
  const session = await openSession(db, 'buyer', ann);

  const merged = await merge(shop.owner, ann.customerId, chat.customerId);
  t.match(merged, {
    id: ann.customerId,
    display_name: 'ann',
    email: 'chat@x.example',
    phone_number: '+2348030000001',
    tags: ['late', 'shop', 'vip'],
    metadata: { size: 'M', colour: 'red' },
    open_order_count: '2',
  });
  t.strictSame(await namedBy(chat.customerId), {}, 'nothing is left with the other one');
  const after = await namedBy(ann.customerId);
  for (const [table, count] of Object.entries(before)) {
    t.equal(after[table], count + (had[table] ?? 0), table);
  }
  t.ok(Object.keys(before).length > 10, `it had rows of ${Object.keys(before).length} tables`);
  t.equal(Number(await creditOf(ann.customerId)), credit, 'the credit of both');
  t.match(await customer(chat.customerId), { is_deleted: true, merged_into_id: ann.customerId });
  t.match(
    await one(
      db.installer,
      `select b.is_deleted as profile, u.is_deleted as person
         from commerce.buyer_profile as b join commerce.users as u on u.id = b.user_id where b.id = $1`,
      [chat.customerId],
    ),
    { profile: true, person: true },
    'with the person without a login, who is purged in time',
  );
  await moneyAgrees(t);
  await ledgerAgrees(t, db, shop);

  // The shopper's session goes on, and sees what was bought in the chat, its credit and the conversation.
  t.match(
    await asRole(db.api, 'commerce_buyer', session, (client) =>
      one(
        client,
        `select (select count(*)::integer from api.orders where id = any ($1)) as orders,
                (select sum(amount)::integer from api.customer_credit) as credit,
                (select count(*)::integer from api.conversation_history) as messages`,
        [[bought.id, spending.id, begun.id]],
      ),
    ),
    { orders: 3, credit, messages: 1 },
  );
  await asBuyer(db, ann, (client) =>
    client.query('select api.spend_credit($1, 30, $2)', [spending.id, key()]),
  );
  await moneyAgrees(t);
  // The next message from the number is Ann's.
  t.match(
    await asWorker(db, (client) =>
      one(
        client,
        `select customer_id, thread_id from internal.receive_message('whatsapp', $1, '2348030000001', 'next', 'Me again')`,
        [shop.account],
      ),
    ),
    { customer_id: ann.customerId, thread_id: chat.threadId },
  );
});

t.test('the log says who merged whom, and each row that moved', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 10 });
  const [kept, gone] = [
    await addChatCustomer(db, shop, '2348030000011'),
    await addChatCustomer(db, shop, '2348030000012'),
  ];
  const bought = await order(shop, gone.customerId, product);
  await merge(shop.owner, kept.customerId, gone.customerId);
  const { rows } = await db.installer.query<{ table_name: string; actor: boolean }>(
    `select l.table_name, l.actor_user_id is not null as actor
       from audit.log as l
      where l.tenant_id = $1 and l.record_key = any ($2) and l.action = 'update'
      order by l.table_name, l.id`,
    [shop.tenantId, [kept.customerId, gone.customerId, gone.threadId, bought.id]],
  );
  const tables = rows.filter(({ actor }) => actor).map(({ table_name: table }) => table);
  t.ok(
    ['conversation_thread', 'customer', 'orders'].every((table) => tables.includes(table)),
    tables.join(),
  );
});

t.test('a repeat changes nothing, whatever versions it names', async (t) => {
  const shop = await openShop(db);
  const [kept, gone] = [
    await addChatCustomer(db, shop, '2348030000021'),
    await addChatCustomer(db, shop, '2348030000022'),
  ];
  const versions = [(await customer(kept.customerId)).version, (await customer(gone.customerId)).version];
  const first = await merge(shop.owner, kept.customerId, gone.customerId, versions);
  t.strictSame(await merge(shop.owner, kept.customerId, gone.customerId, versions), first);
  t.strictSame(await merge(shop.owner, kept.customerId, gone.customerId, [null, null]), first);
});

t.test('what is refused, and with which field', async (t) => {
  const shop = await openShop(db);
  const foreign = await openShop(db);
  const chat = await addChatCustomer(db, shop, '2348030000031');
  const other = await addChatCustomer(db, shop, '2348030000032');
  const stranger = await addChatCustomer(db, foreign, '2348030000031');
  const [ann, ben] = [await addShopper(db, shop, 'ann'), await addShopper(db, shop, 'ben')];
  await refused(t, merge(await addMember(db, shop, 'viewer'), chat.customerId, other.customerId), 'SCPRM', {
    permission: 'customers.manage',
  });
  for (const [kept, merged, code, detail, versions] of [
    [chat.customerId, chat.customerId, 'SCVAL', { field: 'merged_customer_id' }],
    [chat.customerId, stranger.customerId, 'SCNTF', { field: 'merged_customer_id' }],
    [stranger.customerId, chat.customerId, 'SCNTF', { field: 'customer_id' }],
    [null, chat.customerId, 'SCNTF', { field: 'customer_id' }, [1, 1]],
    [chat.customerId, null, 'SCNTF', { field: 'merged_customer_id' }, [1, 1]],
    [chat.customerId, ann.customerId, 'SCVAL', { field: 'merged_customer_id' }],
    [ben.customerId, ann.customerId, 'SCVAL', { field: 'merged_customer_id' }],
    [chat.customerId, other.customerId, 'SCVRQ', { field: 'expected_version' }, [null, 1]],
    [chat.customerId, other.customerId, 'SCVRQ', { field: 'expected_merged_version' }, [1, null]],
    [chat.customerId, other.customerId, 'SCVER', { id: chat.customerId }, [99, 1]],
    [chat.customerId, other.customerId, 'SCVER', { id: other.customerId }, [1, 99]],
  ] as const) {
    const named =
      versions?.[0] === 1 && kept !== null ? [(await customer(kept)).version, versions[1]] : versions;
    await refused(t, merge(shop.owner, kept, merged, named ?? []), code, detail);
  }
  t.strictSame(await namedBy(other.customerId), {
    ...(await namedBy(chat.customerId)),
  });

  // Who was merged is nobody any more: neither restored, nor merged on, nor merged into.
  await merge(shop.owner, chat.customerId, other.customerId);
  await refused(t, staff(shop, `select api.restore('customer', $1)`, [other.customerId]), '23514', {
    faults: [{ constraint: 'customer_merged_is_deleted' }],
  });
  await refused(t, merge(shop.owner, ann.customerId, other.customerId), 'SCNTF', {
    field: 'merged_customer_id',
  });
  await refused(t, merge(shop.owner, other.customerId, chat.customerId), 'SCNTF', { field: 'customer_id' });
});

t.test('a chain ends with one customer', async (t) => {
  const shop = await openShop(db);
  const [a, b, c] = [
    await addChatCustomer(db, shop, '2348030000041'),
    await addChatCustomer(db, shop, '2348030000042'),
    await addChatCustomer(db, shop, '2348030000043'),
  ];
  await merge(shop.owner, b.customerId, a.customerId);
  await merge(shop.owner, c.customerId, b.customerId);
  t.strictSame(await namedBy(a.customerId), {});
  t.strictSame(await namedBy(b.customerId), {});
  t.match(await namedBy(c.customerId), {
    'commerce.conversation_thread': 3,
    'commerce.customer_identity': 3,
    'commerce.conversation_history': 3,
  });
});

t.test(
  "of two open threads of a channel the merged customer's is closed; in other channels it stays open",
  async (t) => {
    const shop = await openShop(db);
    await staff(shop, `select id, 1 as version from api.connect_channel('telegram', 'Telegram', $1)`, [
      shop.account,
    ]);
    const kept = await addChatCustomer(db, shop, '2348030000051');
    const gone = await addChatCustomer(db, shop, '2348030000052');
    const telegram = await asWorker(db, (client) =>
      one(
        client,
        `select * from internal.receive_message('telegram', $1, '77', 't1', 'Hello', p_profile_name => 'Bisi')`,
        [shop.account],
      ),
    );
    await merge(shop.owner, gone.customerId, telegram.customer_id);
    await staff(
      shop,
      `select * from api.snooze_thread($1, now() + interval '1 hour', (select version from api.conversation_thread where id = $1))`,
      [gone.threadId],
    );
    await merge(shop.owner, kept.customerId, gone.customerId);
    const { rows } = await db.installer.query<{ id: string; status: string }>(
      'select id, status from commerce.conversation_thread where customer_id = $1 order by id',
      [kept.customerId],
    );
    t.strictSame(rows, [
      { id: kept.threadId, status: 'open' },
      { id: gone.threadId, status: 'closed' },
      { id: telegram.thread_id, status: 'open' },
    ]);
  },
);

t.test('what waits in a moved thread fails with its reason, and can be sent after a look', async (t) => {
  const shop = await openShop(db);
  const kept = await addChatCustomer(db, shop, '2348030000061');
  const gone = await addChatCustomer(db, shop, '2348030000062');
  const second = await addChatCustomer(db, shop, '2348030000063');
  const own = await queue(db, shop.owner, kept.threadId, { key: key() });
  const [claimed, waiting] = [
    await queue(db, shop.owner, second.threadId, { key: key() }),
    await queue(db, shop.owner, second.threadId, { key: key() }),
  ];
  const [held] = (await claim(db, shop.tenantId)).filter(({ message_id: id }) => id === claimed.id);
  t.ok(held, 'a sender has it');
  const meant = await queue(db, shop.owner, gone.threadId, { key: key() });
  await merge(shop.owner, kept.customerId, gone.customerId);
  await merge(shop.owner, kept.customerId, second.customerId);
  const stateOf = async (id: unknown) =>
    one(
      db.installer,
      'select delivery_status, error_code, identity_id from commerce.conversation_history where id = $1',
      [id],
    );
  t.match(await stateOf(meant.id), { delivery_status: 'failed', error_code: 'customer_merged' });
  t.match(await stateOf(waiting.id), { delivery_status: 'failed', error_code: 'customer_merged' });
  t.match(
    await stateOf(own.id),
    { delivery_status: 'queued', error_code: null },
    'of the other one, nothing changes',
  );
  t.equal(await markSent(db, claimed.id, 'on its way'), 'sent');
  t.strictSame(
    (await claim(db, shop.tenantId)).map(({ message_id: id }) => id),
    [],
    'none of them is given out',
  );
  await staff(shop, 'select * from api.retry_message($1)', [meant.id]);
  t.match(
    (await claim(db, shop.tenantId)).map(({ message_id, external_user_id }) => ({
      message_id,
      external_user_id,
    })),
    [{ message_id: meant.id, external_user_id: '2348030000062' }],
    'to the same recipient',
  );
});

t.test('a second basket of a seller is cancelled, with its lines', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 10 });
  const [kept, gone] = [
    await addChatCustomer(db, shop, '2348030000071'),
    await addChatCustomer(db, shop, '2348030000072'),
  ];
  const [theirs, ours] = [await basket(shop, gone.customerId), await basket(shop, kept.customerId)];
  await staff(shop, `select * from api.set_order_line($1, $2, 1, $3)`, [theirs.id, product, theirs.version]);
  await merge(shop.owner, kept.customerId, gone.customerId);
  const { rows } = await db.installer.query<{ id: string; status: string; customer: string }>(
    'select id, status, customer_id as customer from commerce.orders where id = any ($1) order by id',
    [[theirs.id, ours.id]],
  );
  t.strictSame(rows, [
    { id: theirs.id, status: 'cancelled', customer: kept.customerId },
    { id: ours.id, status: 'draft', customer: kept.customerId },
  ]);
});

t.test('who was blocked stays blocked', async (t) => {
  for (const isKeptBlocked of [true, false]) {
    const shop = await openShop(db);
    const [kept, gone] = [
      await addChatCustomer(db, shop, '2348030000081'),
      await addChatCustomer(db, shop, '2348030000082'),
    ];
    await staff(
      shop,
      'update api.customer set is_blocked = true, version = version where id = $1 returning id, version',
      [isKeptBlocked ? kept.customerId : gone.customerId],
    );
    t.match(await merge(shop.owner, kept.customerId, gone.customerId), { is_blocked: true });
  }
});

t.test("a visitor's token opens nothing of the other customer", async (t) => {
  for (const isKeptVisitor of [true, false]) {
    const shop = await openShop(db);
    await staff(shop, `select id, 1 as version from api.connect_channel('web_chat', 'Chat', $1)`, [
      shop.account,
    ]);
    const visitor = { tenantId: shop.tenantId, subject: 'a browser' };
    const write = (text: string): Promise<Row> =>
      asVisitor(db, visitor, (client) =>
        one(client, 'select * from api.start_conversation($1, $2)', [key(), text]),
      );
    const written = await write('I am Ann');
    await uploadKey(asVisitor, db, visitor, 'chat');
    const open = await openSession(db, 'anonymous', visitor);
    const chat = await addChatCustomer(db, shop, '2348030000091');
    const [kept, gone] = isKeptVisitor
      ? [written.customer_id, chat.customerId]
      : [chat.customerId, written.customer_id];
    await merge(shop.owner, kept, gone);
    const seen = 'select (select count(*)::integer from api.conversation_history) as n';
    for (const session of [open, await openSession(db, 'anonymous', visitor)]) {
      t.match(await asRole(db.api, 'commerce_anonymous', session, (client) => one(client, seen)), { n: 0 });
    }
    const again = await write('Are you there?');
    t.not(again.customer_id, kept, 'and stands for a new visitor');
    t.match(await asVisitor(db, visitor, (client) => one(client, seen)), { n: 1 });
    t.match(await namedBy(kept), { 'commerce.conversation_thread': 2, 'internal.upload': 1 });
    t.strictSame(await namedBy(gone), {});
  }
});

t.test('addresses and means of payment go along, and the default stays', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 10 });
  const ann = await addShopper(db, shop, 'ann');
  const chat = await addChatCustomer(db, shop, '2348030000101');
  await order(shop, chat.customerId, product);
  const save = (user: string) =>
    db.installer.query(
      `with a as (
         insert into commerce.address_book (tenant_id, user_id, is_default, country, recipient_name, street_address, city)
         values ($1, $2, true, 'NG', 'A', 'B', 'C')
       )
       insert into commerce.saved_payment_method (tenant_id, user_id, is_default, payment_type, provider)
       values ($1, $2, true, 'wallet', 'paystack')`,
      [shop.tenantId, user],
    );
  const userOf = async (id: unknown) =>
    String(
      (await one(db.installer, 'select user_id from commerce.buyer_profile where id = $1', [id])).user_id,
    );
  await save(await userOf(ann.customerId));
  await save(await userOf(chat.customerId));
  await merge(shop.owner, ann.customerId, chat.customerId);
  t.match(
    await asBuyer(db, ann, (client) =>
      one(
        client,
        `select (select array_agg(is_default order by is_default) from api.address_book) as addresses,
                (select array_agg(is_default order by is_default) from api.saved_payment_method) as methods`,
      ),
    ),
    { addresses: [false, true], methods: [false, true] },
  );
});

t.test('who has bought without a login can be merged into one who has not bought', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 10 });
  const [kept, gone] = [
    await addChatCustomer(db, shop, '2348030000111'),
    await addChatCustomer(db, shop, '2348030000112'),
  ];
  const bought = await order(shop, gone.customerId, product);
  await grant(shop, gone.customerId, 5);
  await merge(shop.owner, kept.customerId, gone.customerId);
  t.match(await one(db.installer, 'select customer_id from commerce.orders where id = $1', [bought.id]), {
    customer_id: kept.customerId,
  });
  t.strictSame(await namedBy(gone.customerId), {});
  await moneyAgrees(t);
});

/**
 * While customers are merged, people write, order, pay, get credit and answer. Whatever comes first, nothing is left
 * with the customer who is gone, and nothing is lost.
 */
t.test('nothing is lost between orders, messages and credit that come at the same time', async (t) => {
  const shop = await openShop(db);
  const product = await addProduct(db, shop, { stock: 100_000 });
  const api = new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, max: 12 });
  const worker = new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, max: 8 });
  t.teardown(() => Promise.all([api.end(), worker.end()]));
  const session = await openSession(db, 'member', shop.owner);
  const asStaff = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
    asRole(api, 'commerce_member', session, work);
  const asSender = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
    asRole(worker, 'commerce_worker', '', work);
  const outcomes = new Map<string, number>();
  /** Errors that tell the caller to try again, or that the customer is gone, are no loss. */
  const settle = async (name: string, work: Promise<unknown>): Promise<boolean> => {
    const code = await work.then(
      () => 'ok',
      (error: { code?: string }) => error.code ?? String(error),
    );
    outcomes.set(`${name} ${code}`, (outcomes.get(`${name} ${code}`) ?? 0) + 1);
    return code === 'ok';
  };
  for (let round = 0; round < 12; round += 1) {
    const numbers = [`23490${String(round).padStart(8, '0')}`, `23491${String(round).padStart(8, '0')}`];
    const [kept, gone] = [
      await addChatCustomer(db, shop, numbers[0] as string),
      await addChatCustomer(db, shop, numbers[1] as string),
    ];
    if (round % 2 === 0) await order(shop, gone.customerId, product);
    if (round % 3 === 0) await order(shop, kept.customerId, product);
    const versions = [(await customer(kept.customerId)).version, (await customer(gone.customerId)).version];
    const lines = JSON.stringify([{ product_id: product, quantity: 1 }]);
    const sent: boolean[] = await Promise.all([
      ...Array.from({ length: 4 }, (_, n) =>
        settle(
          'message',
          asSender((client) =>
            client.query(`select internal.receive_message('whatsapp', $1, $2, $3, 'Hello')`, [
              shop.account,
              numbers[n % 2],
              `race ${round} ${n}`,
            ]),
          ),
        ),
      ),
      settle(
        'merge',
        asStaff((client) =>
          client.query('select api.merge_customers($1, $2, $3, $4)', [
            kept.customerId,
            gone.customerId,
            ...versions,
          ]),
        ),
      ),
      ...Array.from({ length: 2 }, () =>
        settle(
          'order',
          asStaff((client) =>
            client.query(
              `select api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp', p_expected_totals => ${asRead('$2')})`,
              [key(), lines, gone.customerId],
            ),
          ),
        ),
      ),
      settle(
        'credit',
        asStaff((client) =>
          client.query(`select api.grant_credit($1, 1, 'NGN', 'sorry', $2)`, [gone.customerId, key()]),
        ),
      ),
      settle(
        'answer',
        asStaff((client) =>
          client.query(`select api.queue_message($1, $2, 'Hello')`, [gone.threadId, key()]),
        ),
      ),
    ]);
    t.equal(sent.slice(0, 4).every(Boolean), true, 'every message is stored');
    if (sent[4]) {
      t.strictSame(await namedBy(gone.customerId), {}, `round ${round}: nothing is left behind`);
      t.match(await namedBy(kept.customerId), { 'commerce.customer_identity': 2 });
    }
    const { n } = await one<{ n: number }>(
      db.installer,
      `select count(*)::integer as n from commerce.conversation_history where customer_id = any ($1) and direction = 'inbound'`,
      [[kept.customerId, gone.customerId]],
    );
    t.equal(n, 6, 'every message is with one of the two');
  }
  t.comment(Object.fromEntries(outcomes));
  for (const outcome of outcomes.keys()) t.match(outcome, / (ok|SCNTF|SCVER|SCTRN|SCVAL)$/, outcome);
  t.ok((outcomes.get('merge ok') ?? 0) > 0, 'customers were merged');
  await moneyAgrees(t);
  await ledgerAgrees(t, db, shop);
});

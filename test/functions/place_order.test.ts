import pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asRole, openSession } from '../support/session.ts';
import {
  addChatCustomer,
  addProduct,
  addSeller,
  addShopper,
  asRead,
  ledgerAgrees,
  one,
  openShop,
  type Row,
  refused,
  type Shop,
  stockOf,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

const home = {
  kind: 'shipping',
  recipient_name: 'Ngozi Eze',
  street_address: '12 Awolowo Road',
  city: 'Lagos',
  country: 'NG',
};

const placeLines = `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_customer_id => $3, p_channel => 'storefront')`;

type Line = { product_id: string; quantity: number; metadata?: object };

async function place(shop: Shop, key: string, lines: Line[], customerId: string): Promise<Row[]> {
  return asMember(db, shop.owner, async (client) => {
    const { rows } = await client.query<Row>(placeLines, [key, JSON.stringify(lines), customerId]);
    return rows;
  });
}

async function countOrders(shop: Shop): Promise<number> {
  const { n } = await one<{ n: number }>(
    db.installer,
    'select count(*)::integer as n from commerce.orders where tenant_id = $1',
    [shop.tenantId],
  );
  return n;
}

t.test('a basket of a conversation becomes an order', async (t) => {
  const product = await addProduct(db, shop, { price: '1999.99', stock: 5, sku: 'DRESS', tax_rate: '0.075' });
  const { threadId, messageId, customerId } = await addChatCustomer(db, shop, '2348030000001');
  const order = await asMember(db, shop.owner, async (client) => {
    const basket = await one(client, 'select * from api.start_order($1, null, p_thread_id => $2)', [
      shop.sellerId,
      threadId,
    ]);
    const filled = await one(client, 'select * from api.set_order_line($1, $2, 3, $3)', [
      basket.id,
      product,
      basket.version,
    ]);
    await client.query(
      `update api.products set name = 'Ankara gown', price = 2000.01, version = version where id = $1`,
      [product],
    );
    const renewed = await one(client, 'select * from api.refresh_basket($1, $2)', [
      basket.id,
      filled.version,
    ]);
    return one(client, 'select * from api.place_order($1, $2, $3, p_addresses => $4, p_channel_data => $5)', [
      'basket',
      basket.id,
      renewed.version,
      JSON.stringify([home, { ...home, kind: 'billing', latitude: 6.45, longitude: 3.4 }]),
      { catalogue: 'autumn' },
    ]);
  });

  t.match(order, {
    status: 'pending',
    order_number: 'ORD-000001',
    channel: 'whatsapp',
    product_id: product,
    customer_id: customerId,
    thread_id: threadId,
    subtotal_amount: '6000.03',
    // 450.00225, half up to two decimals.
    tax_amount: '450.00',
    total_amount: '6450.03',
    buyer_name: 'Ngozi',
    buyer_phone: '+2348030000001',
    placed_at: Date,
  });
  await asMember(db, shop.owner, async (client) => {
    t.match(
      await one(client, 'select * from api.order_items where order_id = $1', [order.id]),
      { product_name: 'Ankara gown', sku: 'DRESS', unit_price: '2000.01', quantity: 3 },
      'the line is the product as it was when the order was placed',
    );
    t.match(
      await one(client, 'select * from api.inventory_movement where product_id = $1 and reason = $2', [
        product,
        'sale',
      ]),
      { delta: -3, balance_after: 2 },
    );
    t.match(await one(client, 'select * from api.order_channel_meta where order_id = $1', [order.id]), {
      channel_type: 'whatsapp',
      channel_data: { catalogue: 'autumn' },
      conversation_history_id: messageId,
      channel_id: String,
    });
    t.match(await one(client, `select * from api.conversation_event where event_type = 'order_placed'`), {
      conversation_id: messageId,
      thread_id: threadId,
      order_id: order.id,
    });
    const { rows } = await client.query(
      'select kind, city, latitude from api.order_address where order_id = $1 order by kind',
      [order.id],
    );
    t.strictSame(rows, [
      { kind: 'billing', city: 'Lagos', latitude: '6.450000' },
      { kind: 'shipping', city: 'Lagos', latitude: null },
    ]);
    const history = await client.query(
      `select from_value, to_value from api.order_status_history where order_id = $1 order by id`,
      [order.id],
    );
    t.strictSame(history.rows, [
      { from_value: null, to_value: 'draft' },
      { from_value: 'draft', to_value: 'pending' },
    ]);
  });
  t.equal(await stockOf(db, product), 2);
  await ledgerAgrees(t, db, shop);
});

t.test('lines are split by seller, and a product on several lines is taken once', async (t) => {
  const secondSeller = await addSeller(db, shop);
  const shopper = await addShopper(db, shop, 'splitter');
  const ours = await addProduct(db, shop, { stock: 5 });
  const theirs = await addProduct(db, shop, { stock: 5, sellerId: secondSeller });
  const lines = [
    { product_id: ours, quantity: 2, metadata: { size: 'M' } },
    { product_id: theirs, quantity: 1 },
    { product_id: ours, quantity: 3, metadata: { size: 'L' } },
  ];
  const orders = await place(shop, 'split', lines, shopper.customerId);
  t.equal(orders.length, 2);
  t.strictSame(new Set(orders.map(({ seller_id }) => seller_id)), new Set([shop.sellerId, secondSeller]));

  const mine = orders.find(({ seller_id }) => seller_id === shop.sellerId);
  const { rows: items } = await asMember(db, shop.owner, (client) =>
    client.query(
      `select i.line_number, i.quantity, i.metadata, m.delta, m.balance_after
         from api.order_items i join api.inventory_movement m on m.order_item_id = i.id
        where i.order_id = $1 order by i.line_number`,
      [mine?.id],
    ),
  );
  t.strictSame(items, [
    { line_number: 1, quantity: 2, metadata: { size: 'M' }, delta: -2, balance_after: 3 },
    { line_number: 2, quantity: 3, metadata: { size: 'L' }, delta: -3, balance_after: 0 },
  ]);
  t.equal(await stockOf(db, ours), 0);
  t.equal(await stockOf(db, theirs), 4);
  await ledgerAgrees(t, db, shop);
});

t.test('orders that are split are numbered in the order of their sellers', async (t) => {
  const sellers = [shop.sellerId, await addSeller(db, shop, 'third')].toSorted();
  const shopper = await addShopper(db, shop, 'of two sellers');
  const lines: Line[] = [];
  for (const sellerId of sellers) {
    lines.push({ product_id: await addProduct(db, shop, { stock: 10, sellerId }), quantity: 1 });
  }
  for (let time = 0; time < 10; time++) {
    const orders = await place(shop, `of two sellers ${time}`, lines, String(shopper.customerId));
    t.strictSame(
      orders
        .toSorted((a, b) => String(a.order_number).localeCompare(String(b.order_number)))
        .map((o) => o.seller_id),
      sellers,
    );
  }
});

t.test('an order of lines leaves the open basket alone', async (t) => {
  const shopper = await addShopper(db, shop, 'two ways');
  const product = await addProduct(db, shop, { stock: 5 });
  const basket = await asBuyer(db, shopper, async (client) => {
    const { id, version } = await one(client, `select * from api.start_order($1, 'storefront')`, [
      shop.sellerId,
    ]);
    return one(client, 'select * from api.set_order_line($1, $2, 2, $3)', [id, product, version]);
  });
  const [order] = await place(shop, 'beside', [{ product_id: product, quantity: 1 }], shopper.customerId);
  t.not(order?.id, basket.id);
  await asBuyer(db, shopper, async (client) => {
    t.match(await one(client, 'select id, version, status from api.orders where id = $1', [basket.id]), {
      status: 'draft',
      version: basket.version,
    });
  });
});

t.test('all short lines are reported at once, and nothing is changed', async (t) => {
  const shopper = await addShopper(db, shop, 'greedy');
  const [plenty, few, none] = [
    await addProduct(db, shop, { stock: 10 }),
    await addProduct(db, shop, { stock: 2 }),
    await addProduct(db, shop),
  ];
  const before = await countOrders(shop);
  const lines = [
    { product_id: none, quantity: 1 },
    { product_id: few, quantity: 2 },
    { product_id: plenty, quantity: 1 },
    { product_id: few, quantity: 1 },
  ];
  await refused(t, place(shop, 'short', lines, shopper.customerId), 'SCSTK', {
    lines: [
      { product_id: few, requested: 3, available: 2 },
      { product_id: none, requested: 1, available: 0 },
    ],
  });
  t.equal(await countOrders(shop), before);
  t.equal(await stockOf(db, plenty), 10);
  t.equal(await stockOf(db, few), 2);

  const orders = await place(shop, 'short', [{ product_id: few, quantity: 2 }], shopper.customerId);
  t.equal(orders.length, 1, 'the key of the failed call is free');
});

t.test('who comes too late is refused without waiting for whoever holds the product', async (t) => {
  const shopper = await addShopper(db, shop, 'late');
  const product = await addProduct(db, shop);
  const holder = await db.installer.connect();
  try {
    await holder.query('begin');
    await holder.query('select from commerce.products where id = $1 for update', [product]);
    const order = asMember(db, shop.owner, async (client) => {
      await client.query(`set local lock_timeout = '200ms'`);
      await client.query(placeLines, [
        'late',
        JSON.stringify([{ product_id: product, quantity: 1 }]),
        shopper.customerId,
      ]);
    });
    await refused(t, order, 'SCSTK', { lines: [{ product_id: product, requested: 1, available: 0 }] });
  } finally {
    await holder.query('rollback');
    holder.release();
  }
});

t.test(
  'a shopper who asks for a million does not learn what there is, unless the shop wants it',
  async (t) => {
    const curious = await addShopper(db, shop, 'curious');
    const product = await addProduct(db, shop, { stock: 42 });
    const ask = (key: string) =>
      asBuyer(db, curious, (client) =>
        client.query(
          `select api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
          [key, JSON.stringify([{ product_id: product, quantity: 1_000_000 }])],
        ),
      );
    const short = { product_id: product, requested: 1_000_000 };
    await refused(t, ask('a million'), 'SCSTK', { lines: [{ ...short, available: null }] });

    const tell = (settings: string) =>
      asMember(db, shop.owner, (client) =>
        client.query('update api.tenant set settings = $1, version = version', [settings]),
      );
    await tell('{"tellShoppersStock": true}');
    await refused(t, ask('a million'), 'SCSTK', { lines: [{ ...short, available: 42 }] });
    await tell('{}');
  },
);

t.test('services take no stock, and back-orders go below zero', async (t) => {
  const shopper = await addShopper(db, shop, 'patient');
  const service = await addProduct(db, shop, { track_inventory: false, product_type: 'service' });
  const backorder = await addProduct(db, shop, { allow_backorder: true, stock: 1 });
  await place(
    shop,
    'unlimited',
    [
      { product_id: service, quantity: 500 },
      { product_id: backorder, quantity: 4 },
    ],
    shopper.customerId,
  );
  t.equal(await stockOf(db, service), 0);
  t.equal(await stockOf(db, backorder), -3);
  await ledgerAgrees(t, db, shop);
});

t.test('16 clients order the last units: none is sold twice, none waits in a circle', async (t) => {
  const race = await openShop(db);
  const shopper = await addShopper(db, race, 'racer');
  const products = [
    await addProduct(db, race, { stock: 80 }),
    await addProduct(db, race, { stock: 80 }),
    await addProduct(db, race, { stock: 80 }),
  ];
  const session = await openSession(db, 'member', race.owner);
  const clients = new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, max: 16 });
  t.teardown(() => clients.end());

  const codes: Record<string, number> = {};
  const runClient = async (number: number): Promise<void> => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      // Every client names the products in another order.
      const lines = products.map((_, i) => ({
        product_id: products[(number + i * (1 + (attempt % 2))) % 3],
        quantity: 1,
      }));
      const code = await asRole(clients, 'commerce_member', session, (client) =>
        client.query(placeLines, [`${number}-${attempt}`, JSON.stringify(lines), shopper.customerId]),
      ).then(
        () => 'placed',
        (error: { code: string }) => error.code,
      );
      codes[code] = (codes[code] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, number) => runClient(number)));

  t.strictSame(codes, { placed: 80, SCSTK: 16 });
  for (const product of products) t.equal(await stockOf(db, product), 0);
  const { rows } = await asMember(db, race.owner, (client) =>
    client.query('select order_number from api.orders order by order_number'),
  );
  t.strictSame(
    rows.map(({ order_number }) => order_number),
    Array.from({ length: 80 }, (_, i) => `ORD-${String(i + 1).padStart(6, '0')}`),
    'the numbers have no gap',
  );
  await ledgerAgrees(t, db, race);
});

t.test('the same request 20 times at once is one order', async (t) => {
  const shopper = await addShopper(db, shop, 'impatient');
  const product = await addProduct(db, shop, { stock: 50 });
  const session = await openSession(db, 'buyer', shopper);
  const clients = new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, max: 20 });
  t.teardown(() => clients.end());
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      asRole(clients, 'commerce_buyer', session, (client) =>
        one(client, placeLines, ['again', JSON.stringify([{ product_id: product, quantity: 2 }]), null]),
      ),
    ),
  );
  t.equal(new Set(results.map(({ id }) => id)).size, 1);
  t.equal(await stockOf(db, product), 48);

  await refused(
    t,
    asBuyer(db, shopper, (client) =>
      client.query(placeLines, ['again', JSON.stringify([{ product_id: product, quantity: 3 }]), null]),
    ),
    'SCIDM',
  );
  const other = await addShopper(db, shop, 'same key');
  const theirs = await asBuyer(db, other, (client) =>
    one(client, placeLines, ['again', JSON.stringify([{ product_id: product, quantity: 3 }]), null]),
  );
  t.equal(theirs.customer_id, other.customerId, 'a key is its buyer’s own');
});

t.test('a basket placed twice at once is one order', async (t) => {
  const shopper = await addShopper(db, shop, 'double click');
  const product = await addProduct(db, shop, { stock: 5 });
  const basket = await asBuyer(db, shopper, async (client) => {
    const { id, version } = await one(client, `select * from api.start_order($1, 'storefront')`, [
      shop.sellerId,
    ]);
    return one(client, 'select * from api.set_order_line($1, $2, 1, $3)', [id, product, version]);
  });
  const outcomes = await Promise.allSettled(
    ['first', 'second'].map((key) =>
      asBuyer(db, shopper, (client) =>
        one(client, 'select * from api.place_order($1, $2, $3)', [key, basket.id, basket.version]),
      ),
    ),
  );
  t.strictSame(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  t.equal(await stockOf(db, product), 4);
});

t.test('what is refused', async (t) => {
  const shopper = await addShopper(db, shop, 'careless');
  const product = await addProduct(db, shop, { stock: 5 });
  const line = { product_id: product, quantity: 1 };
  const before = await countOrders(shop);
  let calls = 0;
  const order = (lines: unknown, { customer = shopper.customerId, channel = 'storefront', ...more } = {}) => {
    calls += 1;
    const {
      addresses = [],
      data = {},
      note = null,
      key = `refused ${calls}`,
    } = more as Record<string, unknown>;
    return asMember(db, shop.owner, (client) =>
      client.query(
        `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => $4,
                                       p_addresses => $5, p_channel_data => $6, p_buyer_note => $7)`,
        [
          key,
          JSON.stringify(lines),
          customer,
          channel,
          JSON.stringify(addresses),
          JSON.stringify(data),
          note,
        ],
      ),
    );
  };
  const field = (name: string) => ({ field: name });

  for (const lines of [null, {}, [], Array(101).fill(line)]) {
    await refused(t, order(lines), 'SCVAL', field('lines'));
  }
  await refused(t, order([line, 7]), 'SCVAL', field('lines[1]'));
  for (const id of [undefined, null, 7, 'x']) {
    await refused(t, order([{ ...line, product_id: id }]), 'SCVAL', field('lines[0].product_id'));
  }
  for (const quantity of [undefined, null, 0, -1, 1.5, '1', 1_000_001, 1e12]) {
    await refused(t, order([{ ...line, quantity }]), 'SCVAL', field('lines[0].quantity'));
  }
  await refused(t, order([{ ...line, metadata: [] }]), 'SCVAL', field('lines[0].metadata'));
  await refused(t, order([{ ...line, metadata: { a: 'x'.repeat(70_000) } }]), 'SCVAL', field('lines[0]'));
  for (const channel of ['carrier pigeon', null]) {
    await refused(t, order([line], { channel: channel as string }), 'SCVAL', field('channel'));
  }
  await refused(t, order([line], { customer: null as unknown as string }), 'SCVAL', field('customer_id'));
  for (const [address, name] of [
    [7, 'addresses[0]'],
    [{ ...home, kind: 'pickup' }, 'addresses[0].kind'],
    [{ ...home, city: ' ' }, 'addresses[0].city'],
    [{ ...home, city: 'x'.repeat(201) }, 'addresses[0].city'],
    [{ ...home, state: 'x'.repeat(201) }, 'addresses[0].state'],
    [{ ...home, country: 'Nigeria' }, 'addresses[0].country'],
    [{ ...home, phone_number: '0803' }, 'addresses[0].phone_number'],
    [{ ...home, latitude: 91 }, 'addresses[0].latitude'],
    [{ ...home, longitude: 'east' }, 'addresses[0].longitude'],
    [{ ...home, source_address_id: 'x' }, 'addresses[0].source_address_id'],
  ] as const) {
    await refused(t, order([line], { addresses: [address] } as object), 'SCVAL', field(name));
  }
  await refused(t, order([line], { addresses: {} } as object), 'SCVAL', field('addresses'));
  await refused(t, order([line], { addresses: [home, home] } as object), 'SCVAL', field('addresses[1].kind'));
  await refused(t, order([line], { data: [] } as object), 'SCVAL', field('channel_data'));
  await refused(t, order([line], { note: 'x'.repeat(65_537) } as object), 'SCVAL', field('buyer_note'));
  for (const key of [null, '', 'x'.repeat(256)]) {
    await refused(t, order([line], { key } as object), 'SCVAL', field('idempotency_key'));
  }

  const foreign = await openShop(db);
  const foreignProduct = await addProduct(db, foreign, { stock: 5 });
  for (const id of [foreignProduct, '01900000-0000-7000-8000-000000000000']) {
    await refused(t, order([line, { ...line, product_id: id }]), 'SCNTF', field('lines[1].product_id'));
  }
  const foreignShopper = await addShopper(db, foreign, 'elsewhere');
  await refused(t, order([line], { customer: foreignShopper.customerId }), 'SCNTF', field('customer_id'));

  const inactive = await addProduct(db, shop, { stock: 5, is_active: false });
  const deleted = await addProduct(db, shop, { stock: 5 });
  await asMember(db, shop.owner, (client) =>
    client.query('delete from api.products where id = $1', [deleted]),
  );
  const inChatOnly = await addProduct(db, shop, { stock: 5, visible_channels: ['whatsapp'] });
  const inDollars = await addProduct(db, shop, { stock: 5, currency_code: 'USD' });
  for (const id of [inactive, deleted, inChatOnly, inDollars]) {
    await refused(t, order([line, { ...line, product_id: id }]), 'SCVAL', {
      field: 'lines[1].product_id',
      product_id: id,
    });
  }
  const [dollars] = await place(
    shop,
    'dollars',
    [{ product_id: inDollars, quantity: 1 }],
    shopper.customerId,
  );
  t.equal(dollars?.currency_code, 'USD', 'an order has the currency of its first line');
  t.equal(await countOrders(shop), before + 1, 'nothing of all this made an order');

  const basket = await asBuyer(db, shopper, (client) =>
    one(client, `select * from api.start_order($1, 'storefront')`, [shop.sellerId]),
  );
  const placeBasket = (key: string, id: string | null, version: number | null, lines: unknown = null) =>
    asBuyer(db, shopper, (client) =>
      client.query('select * from api.place_order($1, $2, $3, $4)', [
        key,
        id,
        version,
        lines === null ? null : JSON.stringify(lines),
      ]),
    );
  await refused(t, placeBasket('both', basket.id, 1, [line]), 'SCVAL', field('order_id'));
  await refused(t, placeBasket('neither', null, null), 'SCVAL', field('order_id'));
  await refused(t, placeBasket('empty', basket.id, basket.version), 'SCVAL', field('order_id'));
  await refused(t, placeBasket('no version', basket.id, null), 'SCVRQ');
  await refused(t, placeBasket('stale', basket.id, 7), 'SCVER', { expected: 7, actual: basket.version });
  await refused(t, placeBasket('unknown', foreignProduct, 1), 'SCNTF', field('order_id'));

  const [placed] = await place(shop, 'placed', [line], shopper.customerId);
  await refused(t, placeBasket('twice', placed?.id ?? null, placed?.version ?? null), 'SCTRN', {
    machine: 'orders.status',
    from: 'pending',
    to: 'pending',
  });
  const other = await addShopper(db, shop, 'nosy');
  await refused(
    t,
    asBuyer(db, other, (client) =>
      client.query('select * from api.place_order($1, $2, $3)', ['nosy', basket.id, basket.version]),
    ),
    'SCNTF',
    field('order_id'),
  );
  await refused(
    t,
    asBuyer(db, other, (client) =>
      client.query(placeLines, ['for you', JSON.stringify([line]), shopper.customerId]),
    ),
    'SCNTF',
    field('customer_id'),
  );
  await refused(
    t,
    asBuyer(db, { tenantId: shop.tenantId, subject: 'unregistered' }, (client) =>
      client.query(placeLines, ['who', JSON.stringify([line]), null]),
    ),
    'SCPRM',
  );
});

/** What an address may be, by hand: each is accepted by the address book and by an order, or refused by both. */
const long = (length: number): string => 'x'.repeat(length);
const changedAddresses: [change: Record<string, string | null>, refused?: string][] = [
  [{}],
  [{ recipient_name: long(200) }],
  [{ recipient_name: long(201) }, 'recipient_name'],
  [{ recipient_name: ' ' }, 'recipient_name'],
  [{ street_address: long(500) }],
  [{ street_address: long(501) }, 'street_address'],
  [{ city: long(201) }, 'city'],
  [{ country: 'ng' }, 'country'],
  [{ country: null }, 'country'],
  [{ apartment: long(201) }, 'apartment'],
  [{ landmark: long(500) }],
  [{ landmark: long(501) }, 'landmark'],
  [{ state: long(201) }, 'state'],
  [{ postal_code: long(32) }],
  [{ postal_code: long(33) }, 'postal_code'],
  [{ phone_number: '+2348031234567' }],
  [{ phone_number: '08031234567' }, 'phone_number'],
  [{ phone_number: '+234 803 123 4567' }, 'phone_number'],
  [{ delivery_note: long(2000) }],
  [{ delivery_note: long(2001) }, 'delivery_note'],
];

t.test('an address that was saved can be ordered to, and one that cannot is not saved', async (t) => {
  const shopper = await addShopper(db, shop, 'addressed');
  const product = await addProduct(db, shop, { stock: 100 });
  const line = [{ product_id: product, quantity: 1 }];
  const save = (address: Record<string, unknown>) =>
    asBuyer(db, shopper, (client) =>
      client.query(
        `select api.save_address(
           'shipping', a ->> 'recipient_name', a ->> 'street_address', a ->> 'city', a ->> 'country', a ->> 'state',
           a ->> 'postal_code', a ->> 'phone_number', a ->> 'apartment', a ->> 'landmark', a ->> 'delivery_note')
           from cast($1 as jsonb) as a`,
        [JSON.stringify(address)],
      ),
    );
  const order = (key: string, address: Record<string, unknown>) =>
    asBuyer(db, shopper, async (client) => {
      const { id } = await one(
        client,
        `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront', p_addresses => $3)`,
        [key, JSON.stringify(line), JSON.stringify([address])],
      );
      return one(client, 'select * from api.order_address where order_id = $1', [id]);
    });

  for (const [index, [change, field]] of changedAddresses.entries()) {
    const address = { ...home, ...change };
    if (field === undefined) {
      await t.resolves(save(address));
      t.match(await order(`address ${index}`, address), change);
    } else {
      await refused(t, save(address), 'SCVAL', { field });
      await refused(t, order(`address ${index}`, address), 'SCVAL', { field: `addresses[0].${field}` });
    }
  }
});

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
const unknown = '01900000-0000-7000-8000-000000000000';

const start = `select * from api.start_order($1, $2, $3, $4)`;
const set = 'select * from api.set_order_line($1, $2, $3, $4, $5)';
const remove = 'select * from api.remove_order_line($1, $2, $3)';

t.test('the first order of a chat customer makes a buyer, once', async (t) => {
  const { threadId, customerId } = await addChatCustomer(db, shop, '2348030000001');
  const baskets = await Promise.all(
    Array.from({ length: 10 }, () =>
      asMember(db, shop.owner, (client) => one(client, start, [shop.sellerId, null, null, threadId])),
    ),
  );
  t.equal(new Set(baskets.map(({ id }) => id)).size, 1, 'ten calls at once find one basket');
  t.match(baskets[0], {
    customer_id: customerId,
    thread_id: threadId,
    channel: 'whatsapp',
    status: 'draft',
    currency_code: 'NGN',
    order_number: null,
  });
  t.match(
    await one(
      db.installer,
      `select b.full_name, b.phone_number, u.auth_subject, u.email,
              (select count(*)::integer from commerce.users where tenant_id = b.tenant_id and auth_subject is null) as guests
         from commerce.buyer_profile b join commerce.users u on u.id = b.user_id
        where b.id = $1`,
      [customerId],
    ),
    { full_name: 'Ngozi', phone_number: '+2348030000001', auth_subject: null, email: null, guests: 1 },
    'with the users row of a person without a login',
  );
});

t.test('a basket follows its customer into a new thread', async (t) => {
  const { threadId } = await addChatCustomer(db, shop, '2348030000002');
  const basket = await asMember(db, shop.owner, (client) =>
    one(client, start, [shop.sellerId, null, null, threadId]),
  );
  await db.installer.query(
    `update commerce.conversation_thread set status = 'closed', closed_at = now(), version = version where id = $1`,
    [threadId],
  );
  const { thread_id: nextThread } = await asWorker(db, (client) =>
    one(
      client,
      `select * from internal.receive_message('whatsapp', $1, '2348030000002', 'next', 'Hello again')`,
      [shop.account],
    ),
  );
  t.not(nextThread, threadId);
  t.match(
    await asMember(db, shop.owner, (client) => one(client, start, [shop.sellerId, null, null, nextThread])),
    { id: basket.id, thread_id: nextThread, version: basket.version + 1 },
  );
});

t.test('lines come, change and go', async (t) => {
  const shopper = await addShopper(db, shop, 'filler');
  const dress = await addProduct(db, shop, { price: '100.10', tax_rate: '0.075', sku: 'D' });
  const scarf = await addProduct(db, shop, { name: 'Scarf', price: '50' });
  await asBuyer(db, shopper, async (client) => {
    const basket = await one(client, start, [shop.sellerId, 'storefront', null, null]);
    const first = await one(client, set, [basket.id, dress, 2, basket.version, { size: 'M' }]);
    t.match(first, {
      version: basket.version + 1,
      product_id: dress,
      subtotal_amount: '200.20',
      // 15.015, half up to two decimals.
      tax_amount: '15.02',
      total_amount: '215.22',
    });
    const second = await one(client, set, [basket.id, scarf, 1, first.version, {}]);
    const third = await one(client, set, [basket.id, dress, 1, second.version, { size: 'M' }]);
    t.match(third, { version: basket.version + 3, subtotal_amount: '150.10' });
    const { rows } = await client.query(
      'select line_number, product_id, product_name, sku, quantity, unit_price from api.order_items where order_id = $1 order by 1',
      [basket.id],
    );
    t.strictSame(
      rows,
      [
        {
          line_number: 1,
          product_id: dress,
          product_name: 'Ankara dress',
          sku: 'D',
          quantity: 1,
          unit_price: '100.10',
        },
        {
          line_number: 2,
          product_id: scarf,
          product_name: 'Scarf',
          sku: null,
          quantity: 1,
          unit_price: '50.00',
        },
      ],
      'a product with the same options has one line: its quantity is replaced',
    );
    const fourth = await one(client, remove, [basket.id, dress, third.version]);
    t.match(fourth, { version: basket.version + 4, product_id: scarf, subtotal_amount: '50.00' });
  });
});

const charge = `select * from api.set_order_charges($1, $2, $3, 'sale', $4, $5)`;

t.test('the same product with other options is another line', async (t) => {
  const shopper = await addShopper(db, shop, 'two sizes');
  const dress = await addProduct(db, shop, { price: '100' });
  await asBuyer(db, shopper, async (client) => {
    let basket: Row = await one(client, start, [shop.sellerId, 'storefront', null, null]);
    for (const [quantity, options] of [
      [2, { size: 'M' }],
      [1, { size: 'L', colour: 'red' }],
      [3, { colour: 'red', size: 'L' }],
      [1, {}],
    ]) {
      basket = await one(client, set, [basket.id, dress, quantity, basket.version, options]);
    }
    const lines = async () =>
      (
        await client.query(
          'select line_number, quantity, metadata from api.order_items where order_id = $1 order by 1',
          [basket.id],
        )
      ).rows;
    t.strictSame(await lines(), [
      { line_number: 1, quantity: 2, metadata: { size: 'M' } },
      { line_number: 2, quantity: 3, metadata: { size: 'L', colour: 'red' } },
      { line_number: 3, quantity: 1, metadata: {} },
    ]);
    const removed = 'select * from api.remove_order_line($1, $2, $3, $4)';
    basket = await one(client, removed, [basket.id, dress, basket.version, { size: 'M' }]);
    t.match(basket, { subtotal_amount: '400.00', line_count: '2' });
    basket = await one(client, removed, [basket.id, dress, basket.version, null]);
    t.strictSame(await lines(), [], 'without options every line of the product goes');
    await refused(t, client.query(removed, [basket.id, dress, basket.version, '[]']), 'SCVAL', {
      field: 'metadata',
    });
  });
});

t.test('a discount stays what staff gave, whatever the basket becomes', async (t) => {
  const { customerId } = await addShopper(db, shop, 'bargain');
  const bag = await addProduct(db, shop, { price: '999.99', tax_rate: '0.075', stock: 99 });
  const belt = await addProduct(db, shop, { price: '33.33', tax_rate: '0.2', stock: 99 });
  await asMember(db, shop.owner, async (client) => {
    let basket: Row = await one(client, start, [shop.sellerId, 'whatsapp', customerId, null]);
    const put = async (product: string, quantity: number) => {
      basket = await one(client, set, [basket.id, product, quantity, basket.version, {}]);
      return basket;
    };
    const give = async (amount: string | null, rate: string | null) => {
      basket = await one(client, charge, [basket.id, 0, amount, basket.version, rate]);
      return basket;
    };
    const state = async () =>
      (
        await client.query(
          `select o.total_amount, i.product_id, i.quantity, i.discount_amount, i.tax_amount
             from api.orders o join api.order_items i on i.order_id = o.id where o.id = $1 order by line_number`,
          [basket.id],
        )
      ).rows;

    await put(bag, 10);
    t.match(await give('999.99', null), { discount_amount: '999.99' }, 'one of ten is free');
    t.match(await put(bag, 1), { subtotal_amount: '999.99', discount_amount: '100.00' }, 'one is not');
    t.match(await put(bag, 20), { discount_amount: '999.99' }, 'a sum is no more for a larger basket');

    await put(bag, 3);
    await put(belt, 3);
    for (const [amount, rate] of [
      ['500.01', null],
      [null, '0.1234'],
      [null, '1'],
      ['0', null],
    ] as const) {
      await give(amount, rate);
      const before = await state();
      for (const quantity of [1, 3, 2, 7, 3]) await put(bag, quantity);
      await put(belt, 1);
      await put(belt, 3);
      t.strictSame(await state(), before, `${amount ?? rate} is where it began`);
      t.match(await give(null, null), { discount_amount: basket.discount_amount }, 'shipping alone');
    }

    await give(null, '0.1');
    t.match(basket, { subtotal_amount: '3099.96', discount_amount: '310.00', discount_rate: '0.1000' });
    basket = await one(client, remove, [basket.id, belt, basket.version]);
    t.match(basket, { subtotal_amount: '2999.97', discount_amount: '300.00' }, 'a share of what is left');
    // 2699.97 at 7.5 % is 202.49775.
    t.match(basket, { tax_amount: '202.50', total_amount: '2902.47' });

    await client.query(
      'update api.products set price = 400, tax_rate = 0.5, version = version where id = $1',
      [bag],
    );
    const place = `select * from api.place_order('bargain', $1, $2)`;
    await client.query('savepoint before');
    await refused(t, client.query(place, [basket.id, basket.version]), 'SCPRC', {
      lines: [
        {
          product_id: bag,
          seen_unit_price: '999.99',
          unit_price: '400.00',
          seen_tax_rate: '0.0750',
          tax_rate: '0.5000',
        },
      ],
    });
    await client.query('rollback to before');
    t.match(await state(), [{ total_amount: '2902.47' }], 'and it still shows what was read');
    basket = await one(client, 'select * from api.refresh_basket($1, $2)', [basket.id, basket.version]);
    t.match(basket, { total_amount: '1620.00' });
    basket = await one(client, place, [basket.id, basket.version]);
    t.match(basket, { subtotal_amount: '1200.00', discount_amount: '120.00', tax_amount: '540.00' });

    await client.query('update api.products set price = 1, tax_rate = 0.9, version = version where id = $1', [
      bag,
    ]);
    basket = await one(client, charge, [basket.id, 50, null, basket.version, null]);
    t.match(basket, { tax_amount: '540.00', total_amount: '1670.00' }, 'what was agreed is not taxed anew');
  });
});

t.test('which discounts are refused', async (t) => {
  const { customerId } = await addShopper(db, shop, 'haggler');
  const bag = await addProduct(db, shop, { price: '1000' });
  await asMember(db, shop.owner, async (client) => {
    const basket = await one(client, start, [shop.sellerId, 'whatsapp', customerId, null]);
    const filled = await one(client, set, [basket.id, bag, 1, basket.version, {}]);
    const give = (amount: unknown, rate: unknown) =>
      client.query(charge, [basket.id, 0, amount, filled.version, rate]);
    await client.query('savepoint before');
    for (const [amount, rate, code, field] of [
      ['1000.01', null, 'SCAMT', 'discount_amount'],
      ['-1', null, 'SCAMT', 'discount_amount'],
      ['1', '0.1', 'SCVAL', 'discount_rate'],
      [null, '1.0001', 'SCVAL', 'discount_rate'],
      [null, '-0.1', 'SCVAL', 'discount_rate'],
      [null, '0.00001', 'SCVAL', 'discount_rate'],
      [null, 'NaN', 'SCVAL', 'discount_rate'],
    ] as const) {
      await refused(t, give(amount, rate), code, { field });
      await client.query('rollback to before');
    }
  });
});

t.test('an empty basket takes the currency of its first product', async (t) => {
  const shopper = await addShopper(db, shop, 'traveller');
  const naira = await addProduct(db, shop);
  const dollars = await addProduct(db, shop, { currency_code: 'USD', price: '9.99' });
  await asBuyer(db, shopper, async (client) => {
    const basket = await one(client, start, [shop.sellerId, 'storefront', null, null]);
    const filled = await one(client, set, [basket.id, dollars, 1, basket.version, {}]);
    t.match(filled, { currency_code: 'USD', total_amount: '9.99' });
    await refused(t, client.query(set, [basket.id, naira, 1, filled.version, {}]), 'SCVAL', {
      field: 'product_id',
      product_id: naira,
    });
  });
});

t.test('of two changes to one version, one wins', async (t) => {
  const shopper = await addShopper(db, shop, 'two devices');
  const products = [await addProduct(db, shop), await addProduct(db, shop)];
  const basket = await asBuyer(db, shopper, (client) =>
    one(client, start, [shop.sellerId, 'storefront', null, null]),
  );
  const outcomes = await Promise.allSettled(
    products.map((product) =>
      asBuyer(db, shopper, (client) => one(client, set, [basket.id, product, 1, basket.version, {}])),
    ),
  );
  t.match(
    outcomes.find(({ status }) => status === 'rejected'),
    { reason: { code: 'SCVER' } },
  );
  t.ok(outcomes.some(({ status }) => status === 'fulfilled'));
});

t.test('what is refused', async (t) => {
  const shopper = await addShopper(db, shop, 'careless');
  const other = await addShopper(db, shop, 'nosy');
  const product = await addProduct(db, shop, { stock: 5 });
  const begin = (values: unknown[]) => asMember(db, shop.owner, (client) => client.query(start, values));
  const foreign = await openShop(db);
  const { threadId: foreignThread } = await addChatCustomer(db, foreign, '2348030000009');
  const { threadId, customerId } = await addChatCustomer(db, shop, '2348030000003');
  const field = (name: string) => ({ field: name });

  for (const seller of [null, unknown, foreign.sellerId]) {
    await refused(t, begin([seller, 'whatsapp', customerId, null]), 'SCNTF', field('seller_id'));
  }
  for (const channel of [null, 'pigeon']) {
    await refused(t, begin([shop.sellerId, channel, customerId, null]), 'SCVAL', field('channel'));
  }
  await refused(t, begin([shop.sellerId, 'whatsapp', null, null]), 'SCVAL', field('customer_id'));
  await refused(t, begin([shop.sellerId, 'whatsapp', unknown, null]), 'SCNTF', field('customer_id'));
  for (const thread of [unknown, foreignThread]) {
    await refused(t, begin([shop.sellerId, null, null, thread]), 'SCNTF', field('thread_id'));
  }
  await refused(t, begin([shop.sellerId, 'sms', null, threadId]), 'SCVAL', field('channel'));
  await refused(t, begin([shop.sellerId, null, shopper.customerId, threadId]), 'SCVAL', field('customer_id'));

  const basket = await asBuyer(db, shopper, (client) =>
    one(client, start, [shop.sellerId, 'storefront', null, null]),
  );
  const asOther = (sql: string, values: unknown[]) =>
    asBuyer(db, other, (client) => client.query(sql, values));
  await refused(
    t,
    asOther(start, [shop.sellerId, 'storefront', shopper.customerId, null]),
    'SCNTF',
    field('customer_id'),
  );
  await refused(t, asOther(start, [shop.sellerId, null, null, threadId]), 'SCNTF', field('thread_id'));
  await refused(t, asOther(set, [basket.id, product, 1, basket.version, {}]), 'SCNTF', field('order_id'));
  await refused(t, asOther(remove, [basket.id, product, basket.version]), 'SCNTF', field('order_id'));

  const change = (
    product: unknown,
    quantity: unknown,
    version: unknown = basket.version,
    metadata: unknown = {},
  ) =>
    asBuyer(db, shopper, (client) =>
      client.query(set, [
        basket.id,
        product,
        quantity,
        version,
        metadata === null ? null : JSON.stringify(metadata),
      ]),
    );
  for (const quantity of [null, 0, -1, 1_000_001]) {
    await refused(t, change(product, quantity), 'SCVAL', field('quantity'));
  }
  for (const metadata of [null, [], { a: 'x'.repeat(70_000) }]) {
    await refused(t, change(product, 1, basket.version, metadata), 'SCVAL', field('metadata'));
  }
  await refused(t, change(product, 1, null), 'SCVRQ');
  await refused(t, change(product, 1, 9), 'SCVER', { expected: 9, actual: basket.version });
  for (const id of [null, unknown, await addProduct(db, foreign)]) {
    await refused(t, change(id, 1), 'SCNTF', field('product_id'));
  }
  for (const id of [
    await addProduct(db, shop, { is_active: false }),
    await addProduct(db, shop, { visible_channels: ['whatsapp'] }),
    await addProduct(db, shop, { sellerId: await addSeller(db, shop) }),
  ]) {
    await refused(t, change(id, 1), 'SCVAL', field('product_id'));
  }
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(remove, [basket.id, product, basket.version])),
    'SCNTF',
    field('product_id'),
  );

  const placed = await asBuyer(db, shopper, async (client) => {
    const { version } = await one(client, set, [basket.id, product, 1, basket.version, {}]);
    return one(client, `select * from api.place_order('place', $1, $2)`, [basket.id, version]);
  });
  await refused(t, change(product, 2, placed.version), 'SCIMM');
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(remove, [basket.id, product, placed.version])),
    'SCIMM',
  );
});

t.test('an order has at most 100 lines', async (t) => {
  const shopper = await addShopper(db, shop, 'hoarder');
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query<{ id: string }>(
      `insert into api.products (seller_id, name, price, currency_code)
       select $1, 'Button ' || n, 1, 'NGN' from generate_series(1, 101) as n returning id`,
      [shop.sellerId],
    ),
  );
  await asBuyer(db, shopper, async (client) => {
    let basket: Row = await one(client, start, [shop.sellerId, 'storefront', null, null]);
    for (const { id } of rows.slice(0, 100))
      basket = await one(client, set, [basket.id, id, 1, basket.version, {}]);
    await refused(t, client.query(set, [basket.id, rows[100]?.id, 1, basket.version, {}]), 'SCVAL', {
      field: 'product_id',
    });
  });
});

t.test('persons without the right are refused', async (t) => {
  const { rows } = await db.installer.query<{ role: string }>(
    `insert into commerce.users (tenant_id, auth_subject) values ($1, 'viewer') returning id as role`,
    [shop.tenantId],
  );
  await db.installer.query(
    `insert into commerce.team_members (tenant_id, user_id, role) values ($1, $2, 'viewer')`,
    [shop.tenantId, rows[0]?.role],
  );
  await refused(
    t,
    asMember(db, { tenantId: shop.tenantId, subject: 'viewer' }, (client) =>
      client.query(start, [shop.sellerId, 'storefront', null, null]),
    ),
    'SCPRM',
    { permission: 'orders.manage' },
  );
  await refused(
    t,
    asBuyer(db, { tenantId: shop.tenantId, subject: 'unregistered' }, (client) =>
      client.query(start, [shop.sellerId, 'storefront', null, null]),
    ),
    'SCPRM',
  );
  await refused(
    t,
    asWorker(db, (client) => client.query(start, [shop.sellerId, 'storefront', null, null])),
    'SCTEN',
  );
});

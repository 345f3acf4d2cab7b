import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import {
  addProduct,
  addShopper,
  ledgerAgrees,
  one,
  openShop,
  type Row,
  refused,
  type Shop,
  uploadKey,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const shopper = await addShopper(db, shop, 'Ada');
let key = 0;

type Line = { product_id: string; quantity: number; metadata?: Record<string, unknown> };

const place = (lines: Line[], at = shop, who = shopper): Promise<Row> =>
  asMember(db, at.owner, (client) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'storefront')`,
      [`order ${key++}`, JSON.stringify(lines), who.customerId],
    ),
  );
const linesOf = async (order: Row): Promise<Row[]> =>
  (
    await db.installer.query('select * from commerce.order_items where order_id = $1 order by line_number', [
      order.id,
    ])
  ).rows;
const current = (order: Row): Promise<Row> =>
  one(db.installer, 'select * from commerce.orders where id = $1', [order.id]);
const step = async (order: Row, call: string, at: Shop = shop): Promise<Row> => {
  const { version } = await current(order);
  return asMember(db, at.owner, (client) => one(client, `select * from api.${call}`, [order.id, version]));
};
type Correction = { lines?: unknown; added?: unknown; reason?: unknown; version?: unknown; at?: Shop };
const correct = async (
  order: Row,
  { lines = [], added = [], reason = 'asked for', version, at = shop }: Correction,
): Promise<Row> => {
  const { version: read } = await current(order);
  return asMember(db, at.owner, (client) =>
    one(client, 'select * from api.correct_order_lines($1, $2, $3, $4, $5)', [
      order.id,
      reason,
      version ?? read,
      JSON.stringify(lines),
      JSON.stringify(added),
    ]),
  );
};
const stock = (product: string) =>
  one(
    db.installer,
    `select inventory_count as sellable, reserved_count as reserved, on_hand_count as on_hand
       from commerce.products where id = $1`,
    [product],
  );
const reprice = (product: string, price: string, taxRate: string) =>
  db.installer.query(
    'update commerce.products set price = $2, tax_rate = $3, version = version where id = $1',
    [product, price, taxRate],
  );

t.test('kept lines cost what was agreed, new ones what they cost today', async (t) => {
  const product = await addProduct(db, shop, { price: '1000', tax_rate: '0.1', stock: 20 });
  const other = await addProduct(db, shop, { price: '70', stock: 20 });
  const order = await place([
    { product_id: product, quantity: 3 },
    { product_id: other, quantity: 1 },
  ]);
  t.match(order, { total_amount: '3370.00' });
  await reprice(product, '1500', '0.2');
  const [first, second] = await linesOf(order);
  // 5 × 1000 + 10 %, and 1 × 1500 + 20 %; the 70 are taken out.
  const corrected = await correct(order, {
    lines: [
      { order_item_id: first?.id, quantity: 5 },
      { order_item_id: second?.id, quantity: 0 },
    ],
    added: [{ product_id: product, quantity: 1, metadata: { size: 'L' } }],
    reason: 'Two more, and one large',
  });
  t.match(corrected, {
    total_amount: '7300.00',
    due_amount: '7300.00',
    product_id: product,
    version: order.version + 1,
  });
  t.match(await linesOf(order), [
    { quantity: 5, unit_price: '1000.00', tax_rate: '0.1000', tax_amount: '500.00' },
    { quantity: 0, unit_price: '70.00', subtotal: '0.00' },
    { quantity: 1, unit_price: '1500.00', tax_rate: '0.2000', tax_amount: '300.00', metadata: { size: 'L' } },
  ]);
  t.match(await stock(product), { sellable: 14, reserved: 6, on_hand: 20 });
  t.match(await stock(other), { sellable: 20, reserved: 0, on_hand: 20 });
  await ledgerAgrees(t, db, shop);

  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query(
      `select field, from_value, to_value, reason, changed_by is not null as by_someone
         from api.order_status_history where order_id = $1 and field = 'lines'`,
      [order.id],
    ),
  );
  t.strictSame(rows, [
    {
      field: 'lines',
      from_value: '3370.00',
      to_value: '7300.00',
      reason: 'Two more, and one large',
      by_someone: true,
    },
  ]);
  const { rows: seen } = await asBuyer(db, shopper, (client) =>
    client.query(`select kind, status, detail from api.order_timeline($1) where kind = 'lines'`, [order.id]),
  );
  t.strictSame(seen, [{ kind: 'lines', status: '7300.00', detail: '3370.00' }], 'the buyer sees it');
  const { rows: logged } = await db.installer.query(
    `select old_values ->> 'quantity' as old, new_values ->> 'quantity' as new from audit.log
      where table_name = 'order_items' and record_key = $1 and action = 'update'`,
    [first?.id],
  );
  t.ok(
    logged.some(({ old, new: now }) => old === '3' && now === '5'),
    'the log has it',
  );
});

t.test("an order keeps the shop's rule for taxes that it was placed with", async (t) => {
  const other = await openShop(db);
  const rule = (included: boolean) =>
    asMember(db, other.owner, (client) =>
      client.query('update api.tenant set prices_include_tax = $1, version = version', [included]),
    );
  const product = await addProduct(db, other, { price: '116', tax_rate: '0.16', stock: 50 });
  const odd = await addProduct(db, other, { price: '99.99', tax_rate: '0.075', stock: 50 });
  const buyer = await addShopper(db, other, 'before the rule changed');
  // 116 + 18.56 where the tax is added, 116 where it is contained; 99.99 + 7.50, and 99.99.
  for (const [included, placed, oneMore, withNew] of [
    [false, '134.56', '269.12', '485.11'],
    [true, '116.00', '232.00', '474.05'],
  ] as const) {
    await rule(included);
    const order = await place([{ product_id: product, quantity: 1 }], other, buyer);
    t.match(order, { total_amount: placed, prices_include_tax: included });
    await rule(!included);
    const [line] = await linesOf(order);
    t.match(
      await correct(order, { lines: [{ order_item_id: line?.id, quantity: 2 }], at: other }),
      { total_amount: oneMore, prices_include_tax: included },
      'more of the same costs what was agreed',
    );
    const added = [
      { product_id: product, quantity: 1, unit_price: '116', tax_rate: '0.16' },
      { product_id: odd, quantity: 1 },
    ];
    t.match(
      await correct(order, { added, at: other }),
      { total_amount: withNew, prices_include_tax: included },
      'what is new costs what it costs today',
    );
  }
});

t.test('the balance follows: more is due, and what was paid too much can be refunded', async (t) => {
  const product = await addProduct(db, shop, { price: '500', stock: 9 });
  const order = await place([{ product_id: product, quantity: 4 }]);
  const payment = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.create_payment($1, 'card', 'till', 2000, $2, null, $2)`, [
      order.id,
      `pay ${order.id}`,
    ]),
  );
  await asWorker(db, (client) =>
    client.query(`select from internal.record_payment_result('till', $1, 'succeeded')`, [`pay ${order.id}`]),
  );
  const [line] = await linesOf(order);
  const to = (quantity: number) => correct(order, { lines: [{ order_item_id: line?.id, quantity }] });
  t.match(await to(5), { due_amount: '500.00', payment_status: 'partially_paid' });
  t.match(await to(3), { due_amount: '-500.00', payment_status: 'overpaid' });
  const refund = (amount: number) =>
    asMember(db, shop.owner, (client) =>
      client.query('select api.request_refund($1, $2, $3)', [payment.id, amount, `back ${key++}`]),
    );
  await refund(500);
  const { rows } = await asWorker(db, (client) =>
    client.query('select * from internal.check_money($1)', [shop.tenantId]),
  );
  t.strictSame(rows, []);
  t.match(await to(2), { due_amount: '-1000.00' }, 'the refund is still on its way');
});

t.test('a courier collects what is due, whatever staff change', async (t) => {
  const product = await addProduct(db, shop, { price: '500', stock: 9 });
  const order = await place([{ product_id: product, quantity: 2 }]);
  const payment = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.create_payment($1, 'cash_on_delivery', 'till', 1000, $2)`, [
      order.id,
      `cash ${order.id}`,
    ]),
  );
  const asked = async () =>
    (await one(db.installer, 'select amount from commerce.payment where id = $1', [payment.id])).amount;
  const [line] = await linesOf(order);
  const steps: [work: () => Promise<unknown>, due: string][] = [
    [() => step(order, `set_order_charges($1, 40, null, 'far away', $2)`), '1040.00'],
    [() => step(order, `set_order_fee($1, 'cash_on_delivery', 10, 0, $2)`), '1050.00'],
    [() => step(order, `set_order_charges($1, 40, 100, 'a regular', $2)`), '950.00'],
    [() => correct(order, { lines: [{ order_item_id: line?.id, quantity: 1 }] }), '500.00'],
    [() => correct(order, { lines: [{ order_item_id: line?.id, quantity: 4 }] }), '1950.00'],
    [() => step(order, `adjust_order($1, -50, 'goods', 'late', 'late ' || $2::integer)`), '1900.00'],
  ];
  for (const [work, due] of steps) {
    await work();
    t.match(await current(order), { due_amount: due });
    t.equal(await asked(), due);
  }
  const verify = (version: unknown) =>
    asMember(db, shop.owner, (client) =>
      one(client, 'select * from api.verify_manual_payment($1, true, null, $2)', [payment.id, version]),
    );
  await refused(t, verify(payment.version), 'SCVER');
  const { version } = await one(db.installer, 'select version from commerce.payment where id = $1', [
    payment.id,
  ]);
  await verify(version);
  t.match(await current(order), { paid_amount: '1900.00', due_amount: '0.00', payment_status: 'paid' });
});

t.test('what a shopper has handed in a proof for stays as it was asked', async (t) => {
  const product = await addProduct(db, shop, { price: '500', stock: 9 });
  const order = await place([{ product_id: product, quantity: 2 }]);
  const payment = await asBuyer(db, shopper, (client) =>
    one(client, `select * from api.create_payment($1, 'cash_on_delivery', 'till', 1000, $2)`, [
      order.id,
      `proof ${order.id}`,
    ]),
  );
  const proof = await uploadKey(asBuyer, db, shopper, 'payment_proof');
  await asBuyer(db, shopper, (client) =>
    client.query(`select api.attach_payment_proof($1, 'receipt.png', $2, $3)`, [
      payment.id,
      proof,
      payment.version,
    ]),
  );
  const [line] = await linesOf(order);
  await correct(order, { lines: [{ order_item_id: line?.id, quantity: 1 }] });
  await step(order, `adjust_order($1, -500, 'goods', 'late', 'all ' || $2::integer)`);
  t.match(await current(order), { due_amount: '0.00' });
  t.match(await one(db.installer, 'select * from commerce.payment where id = $1', [payment.id]), {
    amount: '1000.00',
    status: 'pending',
  });
});

t.test('sums come out at every scale, and end where they began', async (t) => {
  // Price, tax rate, pieces and discount, then the total of 3, of 1 and of 3 again, by hand.
  const shops: [currency: string, price: string, rate: string, off: string, three: string, one: string][] = [
    // 3 × 333 − 100 = 899, and 10 % = 89.9 → 90. Of 1: 333 − 33 (100/3) = 300, and 30.
    ['JPY', '333', '0.1', '100', '989', '330'],
    // 3.999 − 0.100 = 3.899, and 0.2924… → 0.292. Of 1: 1.333 − 0.033 = 1.300, and 0.0975 → 0.098.
    ['KWD', '1.333', '0.075', '0.1', '4.191', '1.398'],
    // 3 × 1001 − 1 = 3002, and 540.36 → 540. Of 1: 1001 − 0 (0.33 → 0) = 1001, and 180.18 → 180.
    ['UGX', '1001', '0.18', '1', '3542', '1181'],
    // 30.03 − 5.00 = 25.03, and 1.87725 → 1.88. Of 1: 10.01 − 1.67 = 8.34, and 0.6255 → 0.63.
    ['NGN', '10.01', '0.075', '5', '26.91', '8.97'],
  ];
  for (const [currency, price, taxRate, off, three, single] of shops) {
    const at = await openShop(db, { currency });
    const who = await addShopper(db, at, `buyer of ${currency}`);
    const product = await addProduct(db, at, { currency_code: currency, price, tax_rate: taxRate, stock: 5 });
    const order = await place([{ product_id: product, quantity: 3 }], at, who);
    await asMember(db, at.owner, (client) =>
      client.query(`select api.set_order_charges($1, 0, $2, 'a regular', $3)`, [
        order.id,
        off,
        order.version,
      ]),
    );
    const [line] = await linesOf(order);
    const to = async (quantity: number) =>
      (await correct(order, { lines: [{ order_item_id: line?.id, quantity }], at })).total_amount;
    t.equal((await current(order)).total_amount, three, `${currency}: three`);
    t.equal(await to(1), single, `${currency}: one`);
    t.equal(await to(3), three, `${currency}: three again`);
    await ledgerAgrees(t, db, at);
  }
});

t.test('what there is not cannot be added, and then nothing changes', async (t) => {
  const product = await addProduct(db, shop, { stock: 4 });
  const rare = await addProduct(db, shop, { stock: 1 });
  const order = await place([{ product_id: product, quantity: 3 }]);
  const before = await current(order);
  const [line] = await linesOf(order);
  await refused(
    t,
    correct(order, {
      lines: [{ order_item_id: line?.id, quantity: 9 }],
      added: [{ product_id: rare, quantity: 2 }],
    }),
    'SCSTK',
    {
      lines: [
        { product_id: product, requested: 6, available: 1 },
        { product_id: rare, requested: 2, available: 1 },
      ],
    },
  );
  t.strictSame(await current(order), before);
  t.match(await stock(product), { sellable: 1, reserved: 3 });
  await correct(order, { lines: [{ order_item_id: line?.id, quantity: 4 }] });
  t.match(await stock(product), { sellable: 0, reserved: 4 }, 'the last one');
  // Three of the four move to another line.
  await correct(order, {
    lines: [{ order_item_id: line?.id, quantity: 1 }],
    added: [{ product_id: product, quantity: 3 }],
  });
  t.match(await stock(product), { sellable: 0, reserved: 4 });
  await step(order, `cancel_order($1, 'mind', $2)`);
  t.match(await stock(product), { sellable: 4, reserved: 0 }, 'all comes back');
  await ledgerAgrees(t, db, shop);
});

t.test('a line that took nothing of the stock gives nothing back', async (t) => {
  const product = await addProduct(db, shop, { track_inventory: false });
  const order = await place([{ product_id: product, quantity: 5 }]);
  await db.installer.query(
    'update commerce.products set track_inventory = true, inventory_count = 0, version = version where id = $1',
    [product],
  );
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.adjust_inventory($1, 10, 'restock', null, $2)`, [product, `stock ${key++}`]),
  );
  const [line] = await linesOf(order);
  const to = (quantity: number) => correct(order, { lines: [{ order_item_id: line?.id, quantity }] });
  await to(3);
  t.match(await stock(product), { sellable: 10, reserved: 0 });
  await to(4);
  t.match(await stock(product), { sellable: 9, reserved: 1 }, 'what is added now is taken');
  await to(1);
  t.match(await stock(product), { sellable: 9, reserved: 1 });
  await to(0).catch(() => null);
  await step(order, `cancel_order($1, 'mind', $2)`);
  t.match(await stock(product), { sellable: 10, reserved: 0 });
  await ledgerAgrees(t, db, shop);
});

t.test('an order of which a line was taken out is cancelled', async (t) => {
  const product = await addProduct(db, shop, { stock: 5 });
  const other = await addProduct(db, shop, { stock: 5 });
  const order = await place([
    { product_id: product, quantity: 2 },
    { product_id: other, quantity: 1 },
  ]);
  const [line] = await linesOf(order);
  await correct(order, { lines: [{ order_item_id: line?.id, quantity: 0 }] });
  t.match(await step(order, `cancel_order($1, 'mind', $2)`), { status: 'cancelled' });
  t.match(await stock(product), { sellable: 5, reserved: 0 });
  await ledgerAgrees(t, db, shop);
});

t.test('which corrections are refused', async (t) => {
  const product = await addProduct(db, shop, { stock: 50 });
  const dollars = await addProduct(db, shop, { currency_code: 'USD', stock: 50 });
  const hidden = await addProduct(db, shop, { is_active: false, stock: 50 });
  const order = await place([{ product_id: product, quantity: 2 }]);
  const another = await place([{ product_id: product, quantity: 1 }]);
  const [line] = await linesOf(order);
  const [foreign] = await linesOf(another);
  const same = { order_item_id: line?.id, quantity: 2 };
  const before = await current(order);
  const bad: [Correction, string, string][] = [
    [{}, 'SCVAL', 'lines'],
    [{ lines: null }, 'SCVAL', 'lines'],
    [{ lines: {} }, 'SCVAL', 'lines'],
    [{ lines: Array(101).fill(same) }, 'SCVAL', 'lines'],
    [{ lines: [1] }, 'SCVAL', 'lines[0]'],
    [{ lines: [{ quantity: 1 }] }, 'SCVAL', 'lines[0].order_item_id'],
    [{ lines: [same, same] }, 'SCVAL', 'lines[1].order_item_id'],
    [{ lines: [{ ...same, quantity: -1 }] }, 'SCVAL', 'lines[0].quantity'],
    [{ lines: [{ ...same, quantity: 1.5 }] }, 'SCVAL', 'lines[0].quantity'],
    [{ lines: [{ ...same, quantity: 1_000_001 }] }, 'SCVAL', 'lines[0].quantity'],
    [{ lines: [{ ...same, quantity: 0 }] }, 'SCVAL', 'lines'],
    [{ lines: [same, { order_item_id: foreign?.id, quantity: 1 }] }, 'SCNTF', 'lines[1].order_item_id'],
    [{ added: null }, 'SCVAL', 'new_lines'],
    [{ added: [{ product_id: product, quantity: 0 }] }, 'SCVAL', 'new_lines[0].quantity'],
    [{ added: [{ product_id: order.id, quantity: 1 }] }, 'SCNTF', 'new_lines[0].product_id'],
    [{ added: [{ product_id: dollars, quantity: 1 }] }, 'SCVAL', 'new_lines[0].product_id'],
    [{ added: [{ product_id: hidden, quantity: 1 }] }, 'SCVAL', 'new_lines[0].product_id'],
    [{ lines: [same], reason: ' ' }, 'SCVAL', 'reason'],
  ];
  for (const [correction, code, field] of bad) await refused(t, correct(order, correction), code, { field });
  await refused(t, correct(order, { lines: [same], version: order.version + 1 }), 'SCVER');
  await refused(
    t,
    correct(order, { added: [{ product_id: product, quantity: 1, unit_price: '999' }] }),
    'SCPRC',
    { lines: [{ product_id: product, unit_price: '1000.00' }] },
  );
  await refused(
    t,
    asBuyer(db, shopper, (client) =>
      client.query(`select api.correct_order_lines($1, 'mine', 1, '[]')`, [order.id]),
    ),
    '42501',
  );
  const elsewhere = await openShop(db);
  await refused(t, correct(order, { lines: [same], at: elsewhere }), 'SCNTF', { field: 'order_id' });
  t.strictSame(await current(order), before, 'nothing has changed');

  await step(order, 'confirm_order($1, $2)');
  await step(order, 'start_processing($1, $2)');
  await correct(order, { lines: [{ ...same, quantity: 1 }] });
  await step(order, `ship_order($1, 'DHL', 'T1', $2)`);
  await refused(t, correct(order, { lines: [same] }), 'SCIMM', { status: 'shipped' });
});

t.test('two who correct at once: one is told, and the stock is right', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await place([{ product_id: product, quantity: 1 }]);
  const [line] = await linesOf(order);
  const outcomes = await Promise.allSettled(
    [2, 3, 4, 5].map((quantity) =>
      correct(order, { lines: [{ order_item_id: line?.id, quantity }], version: order.version }),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCVER'));
  await ledgerAgrees(t, db, shop);

  // Two orders whose lines name the same two products the other way round, corrected at once, many times.
  const second = await addProduct(db, shop, { stock: 100 });
  const both = await Promise.all(
    [
      [product, second],
      [second, product],
    ].map((products) => place(products.map((product_id) => ({ product_id, quantity: 1 })))),
  );
  for (let round = 0; round < 10; round++) {
    await Promise.all(
      both.map(async (each) =>
        correct(each, {
          lines: (await linesOf(each)).map(({ id }) => ({ order_item_id: id, quantity: 1 + (round % 2) })),
        }),
      ),
    );
  }
  await ledgerAgrees(t, db, shop);
});

const street = {
  kind: 'shipping',
  recipient_name: 'Ada',
  street_address: '1 Allen Avenue',
  city: 'Lagos',
  country: 'NG',
};
const readdress = async (order: Row, addresses: unknown, at = shop, reason = 'A slip') => {
  const { version } = await current(order);
  return asMember(db, at.owner, (client) =>
    one(client, 'select * from api.correct_order_address($1, $2, $3, $4)', [
      order.id,
      JSON.stringify(addresses),
      reason,
      version,
    ]),
  );
};

t.test('an address is corrected until the goods leave', async (t) => {
  const product = await addProduct(db, shop, { stock: 5 });
  const order = await place([{ product_id: product, quantity: 1 }]);
  const addresses = async () =>
    (
      await asBuyer(db, shopper, (client) =>
        client.query(
          'select kind, street_address, landmark, latitude from api.order_address where order_id = $1 order by kind',
          [order.id],
        ),
      )
    ).rows;
  await readdress(order, [{ ...street, landmark: 'the bank', latitude: 6.5, longitude: 3.3 }]);
  await readdress(order, [
    { ...street, street_address: '2 Allen Avenue' },
    { ...street, kind: 'billing' },
  ]);
  t.strictSame(
    await addresses(),
    [
      { kind: 'billing', street_address: '1 Allen Avenue', landmark: null, latitude: null },
      { kind: 'shipping', street_address: '2 Allen Avenue', landmark: null, latitude: null },
    ],
    'the whole address is another',
  );
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query(
      `select to_value, reason, changed_by is not null as by_someone from api.order_status_history
        where order_id = $1 and field = 'address' order by id`,
      [order.id],
    ),
  );
  t.strictSame(
    rows,
    ['shipping', 'shipping', 'billing'].map((to_value) => ({ to_value, reason: 'A slip', by_someone: true })),
  );
  await refused(t, readdress(order, []), 'SCVAL', { field: 'addresses' });
  await refused(t, readdress(order, [{ ...street, city: '' }]), 'SCVAL', { field: 'addresses[0].city' });
  await refused(t, readdress(order, [street, street]), 'SCVAL', { field: 'addresses[1].kind' });
  await refused(t, readdress(order, [street], shop, ''), 'SCVAL', { field: 'reason' });
  await refused(t, readdress(order, [street], await openShop(db)), 'SCNTF', { field: 'order_id' });
  await step(order, `cancel_order($1, 'mind', $2)`);
  await refused(t, readdress(order, [street]), 'SCIMM');
});

t.test('an order has at most a hundred lines', async (t) => {
  const products = await Promise.all(Array.from({ length: 101 }, () => addProduct(db, shop, { stock: 1 })));
  const [last, hundredth, ...others] = products.map((product_id) => ({ product_id, quantity: 1 }));
  const order = await place(others);
  await correct(order, { added: [hundredth] });
  t.equal((await linesOf(order)).length, 100);
  await refused(t, correct(order, { added: [last] }), 'SCVAL', { field: 'new_lines' });
  t.equal((await linesOf(order)).length, 100);
});

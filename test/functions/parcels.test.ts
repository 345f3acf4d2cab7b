import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addShopper, ledgerAgrees, one, openShop, type Row, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const shopper = await addShopper(db, shop, 'Ada');
let key = 0;

const asOwner = (sql: string, values: unknown[] = []): Promise<Row> =>
  asMember(db, shop.owner, (client) => one(client, sql, values));
const current = (table: string, { id }: Row): Promise<Row> =>
  one(db.installer, `select * from commerce.${table} where id = $1`, [id]);
const linesOf = async (order: Row): Promise<Row[]> =>
  (
    await db.installer.query('select * from commerce.order_items where order_id = $1 order by line_number', [
      order.id,
    ])
  ).rows;

/** A placed order that the shop works on. */
async function inWork(lines: [product: string, quantity: number][], until = 'processing'): Promise<Row> {
  let order = await asOwner(
    `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'storefront')`,
    [
      `order ${key++}`,
      JSON.stringify(lines.map(([product_id, quantity]) => ({ product_id, quantity }))),
      shopper.customerId,
    ],
  );
  for (const call of until === 'pending' ? [] : ['confirm_order', 'start_processing']) {
    order = await asOwner(`select * from api.${call}($1, $2)`, [order.id, order.version]);
  }
  return order;
}
async function pack(order: Row, lines: unknown = null, method: unknown = 'shipping'): Promise<Row> {
  const { version } = await current('orders', order);
  return asOwner('select * from api.pack_order($1, $2, $3, $4)', [
    order.id,
    version,
    lines === null ? null : JSON.stringify(lines),
    method,
  ]);
}
const of = (line: Row | undefined, quantity: unknown) => ({ order_item_id: line?.id, quantity });
async function step(parcel: Row, call: string, ...values: unknown[]): Promise<Row> {
  const { version } = await current('fulfillment', parcel);
  return asOwner(`select * from api.${call}`, [parcel.id, version, ...values]);
}
const ship = (parcel: Row, number: unknown = 'T1') =>
  step(parcel, `ship_fulfillment($1, 'DHL', $3, $2)`, number);
const deliver = (parcel: Row) => step(parcel, 'deliver_fulfillment($1, $2)');
const fail = (parcel: Row, status: string, lines: unknown = []) =>
  step(parcel, 'fail_fulfillment($1, $3, $2, $4)', status, JSON.stringify(lines));
async function ofOrder(order: Row, call: string): Promise<Row> {
  const { version } = await current('orders', order);
  return asOwner(`select * from api.${call}`, [order.id, version]);
}
const stock = (product: string) =>
  one(
    db.installer,
    `select inventory_count as sellable, reserved_count as reserved, on_hand_count as on_hand
       from commerce.products where id = $1`,
    [product],
  );
async function pay(order: Row): Promise<Row> {
  const payment = await asOwner(
    `select p.* from api.orders o, api.create_payment(o.id, 'card', 'till', o.due_amount, $2, null, $2) p where o.id = $1`,
    [order.id, `pay ${order.id}`],
  );
  await asWorker(db, (client) =>
    client.query(`select from internal.record_payment_result('till', $1, 'succeeded')`, [`pay ${order.id}`]),
  );
  return payment;
}
const moneyAgrees = async () => {
  const { rows } = await asWorker(db, (client) =>
    client.query('select * from internal.check_money($1)', [shop.tenantId]),
  );
  t.strictSame(rows, [], 'all money adds up');
};

t.test('an order in two parcels: partially fulfilled, shipped, delivered', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const other = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([
    [product, 4],
    [other, 1],
  ]);
  const [line] = await linesOf(order);
  const first = await pack(order, [of(line, 3)]);
  t.match(first, { status: 'packed', method: 'shipping', carrier: null });
  t.match(await stock(product), { sellable: 6, reserved: 4, on_hand: 10 }, 'it is still on the shelf');
  t.match(await current('orders', order), { status: 'processing', fulfillment_status: 'unfulfilled' });
  await ship(first);
  t.match(await current('orders', order), {
    status: 'processing',
    fulfillment_status: 'partially_fulfilled',
    tracking_number: 'T1',
    shipped_at: null,
  });
  t.match(await stock(product), { sellable: 6, reserved: 1, on_hand: 7 });
  await ledgerAgrees(t, db, shop);
  await deliver(first);
  t.match(await current('orders', order), {
    status: 'processing',
    fulfillment_status: 'partially_fulfilled',
  });

  const second = await pack(order);
  const { rows: packed } = await asBuyer(db, shopper, (client) =>
    client.query(
      `select i.line_number, l.quantity from api.fulfillment_item l join api.order_items i on i.id = l.order_item_id
        where l.fulfillment_id = $1 order by 1`,
      [second.id],
    ),
  );
  t.strictSame(
    packed,
    [
      { line_number: 1, quantity: 1 },
      { line_number: 2, quantity: 1 },
    ],
    'the second has the rest, and its buyer sees it',
  );
  await ship(second, 'T2');
  t.match(await current('orders', order), {
    status: 'shipped',
    fulfillment_status: 'fulfilled',
    tracking_number: 'T2',
    shipped_at: Date,
  });
  t.match(await linesOf(order), [{ shipped_quantity: 4 }, { shipped_quantity: 1 }]);
  await step(second, `correct_tracking($1, 'UPS', 'T3', $2, 'https://ups.example/T3')`);
  t.match(await current('orders', order), { carrier: 'UPS', tracking_number: 'T3' });
  await step(first, `correct_tracking($1, 'DHL', 'T0', $2)`);
  t.match(await current('orders', order), { tracking_number: 'T3' }, 'the latest parcel is shown');
  await deliver(second);
  t.match(await current('orders', order), {
    status: 'delivered',
    fulfillment_status: 'delivered',
    delivered_at: Date,
  });
  t.match(await stock(product), { sellable: 6, reserved: 0, on_hand: 6 });
  await ledgerAgrees(t, db, shop);
  const { rows: timeline } = await asBuyer(db, shopper, (client) =>
    client.query(
      `select kind, status, detail from api.order_timeline($1)
        where kind in ('fulfillment_status', 'fulfillment', 'tracking') order by occurred_at, record_id`,
      [order.id],
    ),
  );
  t.strictSame(
    timeline.map(({ kind, status, detail }) => [kind, status, detail]),
    [
      ['fulfillment', 'delivered', 'T0'],
      ['fulfillment_status', 'partially_fulfilled', 'unfulfilled'],
      ['fulfillment', 'delivered', 'T3'],
      ['fulfillment_status', 'fulfilled', 'partially_fulfilled'],
      ['tracking', 'T3', 'T2'],
      ['tracking', 'T0', 'T1'],
      ['fulfillment_status', 'delivered', 'fulfilled'],
    ],
  );
});

t.test('the short way ships and delivers all, with what is packed already', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([[product, 5]]);
  const [line] = await linesOf(order);
  const first = await pack(order, [of(line, 2)]);
  await ofOrder(order, `ship_order($1, 'GIG', 'G1', $2)`);
  t.match(await current('fulfillment', first), { status: 'shipped', carrier: 'GIG', tracking_number: 'G1' });
  t.match(await current('orders', order), { status: 'shipped', fulfillment_status: 'fulfilled' });
  t.match(await stock(product), { sellable: 5, reserved: 0, on_hand: 5 });
  await ofOrder(order, 'deliver_order($1, $2)');
  const { rows } = await db.installer.query(
    `select f.status, l.quantity from commerce.fulfillment f join commerce.fulfillment_item l on l.fulfillment_id = f.id
      where f.order_id = $1 order by f.id`,
    [order.id],
  );
  t.strictSame(rows, [
    { status: 'delivered', quantity: 2 },
    { status: 'delivered', quantity: 3 },
  ]);
});

t.test('what is refused at the door goes back on the shelf, or not, and the money follows', async (t) => {
  // 3 × 33.33 = 99.99 and 7.5 % = 7.50; two of the three are 71.66, and the third the rest: 35.83.
  const product = await addProduct(db, shop, { price: '33.33', tax_rate: '0.075', stock: 10 });
  const order = await inWork([[product, 3]]);
  const payment = await pay(order);
  const [line] = await linesOf(order);
  const first = await pack(order, [of(line, 2)]);
  const second = await pack(order);
  await ship(first);
  await ship(second);
  t.match(await stock(product), { sellable: 7, reserved: 0, on_hand: 7 });
  await fail(first, 'refused', [
    { order_item_id: line?.id, restocked_quantity: 1, condition: 'unopened', note: 'One was torn' },
  ]);
  t.match(await current('orders', order), {
    status: 'shipped',
    returned_amount: '71.66',
    worth_amount: '35.83',
    due_amount: '-71.66',
  });
  t.match(await stock(product), { sellable: 8, reserved: 0, on_hand: 8 }, 'one of two');
  const returned = await one(
    db.installer,
    `select r.*, i.restocked_quantity, i.condition, i.store_note from commerce.order_returns r
       join commerce.order_return_items i on i.order_return_id = r.id where r.fulfillment_id = $1`,
    [first.id],
  );
  t.match(returned, {
    status: 'received',
    refund_amount: '71.66',
    restocked_quantity: 1,
    condition: 'unopened',
    store_note: 'One was torn',
  });
  await asOwner('select * from api.request_refund($1, 71.66, $2, $3)', [
    payment.id,
    `back ${key++}`,
    returned.id,
  ]);
  await fail(second, 'lost');
  t.match(await current('orders', order), {
    status: 'returned',
    fulfillment_status: 'fulfilled',
    returned_amount: '107.49',
    worth_amount: '0.00',
  });
  t.match(await stock(product), { sellable: 8, reserved: 0, on_hand: 8 }, 'what is lost is not there');
  await ledgerAgrees(t, db, shop);
  await moneyAgrees();
});

t.test('a return says how its money went back', async (t) => {
  for (const method of ['store_credit', 'manual', 'original_payment']) {
    const order = await inWork([[await addProduct(db, shop, { stock: 1 }), 1]]);
    const payment = await pay(order);
    const parcel = await pack(order);
    await ship(parcel);
    await fail(parcel, 'returned');
    const returned = await one(
      db.installer,
      'select id, version, refund_amount, refund_method from commerce.order_returns where fulfillment_id = $1',
      [parcel.id],
    );
    t.equal(returned.refund_method, null);
    const refund = await asOwner('select * from api.request_refund($1, $2, $3, $4, null, $5)', [
      payment.id,
      returned.refund_amount,
      `back ${key++}`,
      returned.id,
      method,
    ]);
    if (method === 'manual') await asOwner('select * from api.complete_refund($1)', [refund.id]);
    if (method === 'original_payment') {
      await asWorker(db, (client) =>
        client.query(`select from internal.record_payment_result('till', $1, 'refunded')`, [
          `pay ${order.id}`,
        ]),
      );
    }
    t.match(await current('order_returns', returned), { status: 'refunded', refund_method: method });
  }
  await moneyAgrees();
});

t.test('one parcel arrives, the other comes back: the order is delivered', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([[product, 3]]);
  const [line] = await linesOf(order);
  const first = await pack(order, [of(line, 1)]);
  const second = await pack(order);
  await ship(first);
  await ship(second);
  await fail(second, 'returned', [{ order_item_id: line?.id, restocked_quantity: 2 }]);
  t.match(await current('orders', order), { status: 'shipped', worth_amount: '1000.00' });
  await deliver(first);
  t.match(await current('orders', order), { status: 'delivered', fulfillment_status: 'delivered' });
  t.match(await stock(product), { sellable: 9, reserved: 0, on_hand: 9 });
  const back = (quantity: number) =>
    asBuyer(db, shopper, (client) =>
      one(client, `select * from api.request_return($1, $2, 'damaged', $3)`, [
        order.id,
        JSON.stringify([{ ...of(line, quantity), reason: 'damaged' }]),
        `back ${key++}`,
      ]),
    );
  await refused(t, back(2), 'SCRET', { returnable: 1 });
  const wish = await back(1);
  const agreed = await asOwner('select * from api.approve_return($1, $2)', [wish.id, wish.version]);
  await asOwner('select * from api.receive_return($1, $2, $3)', [
    agreed.id,
    JSON.stringify([{ order_item_id: line?.id, accepted_quantity: 1, restocked_quantity: 1 }]),
    agreed.version,
  ]);
  t.match(await current('orders', order), { status: 'returned', worth_amount: '0.00' });
});

t.test('what was delivered can come back while the rest is on its way', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([[product, 3]]);
  const [line] = await linesOf(order);
  const back = (quantity: number) =>
    asBuyer(db, shopper, (client) =>
      one(client, `select * from api.request_return($1, $2, 'damaged', $3)`, [
        order.id,
        JSON.stringify([{ ...of(line, quantity), reason: 'damaged' }]),
        `back ${key++}`,
      ]),
    );
  const first = await pack(order, [of(line, 1)]);
  await refused(t, back(1), 'SCRET', { field: 'order_id', status: 'processing' });
  await ship(first);
  await refused(t, back(1), 'SCRET', { field: 'order_id' });
  await deliver(first);
  const second = await pack(order);
  await refused(t, back(2), 'SCRET', { returnable: 1 });
  await ship(second);
  await refused(t, back(2), 'SCRET', { returnable: 1 });
  t.match(await back(1), { status: 'requested' });
  await refused(t, back(1), 'SCRET', { returnable: 0 });
});

t.test('its buyer collects it, or it is sent without anybody who carries it', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const ebook = await addProduct(db, shop, { product_type: 'digital', track_inventory: false });
  const order = await inWork([
    [product, 2],
    [ebook, 1],
  ]);
  const [dress, book] = await linesOf(order);
  const parcel = await pack(order, [of(dress, 2)], 'pickup');
  await refused(t, step(parcel, 'collect_fulfillment($1, $2)'), 'SCTRN');
  await refused(t, ship(parcel), 'SCVAL', { field: 'fulfillment_id' });
  await refused(t, deliver(parcel), 'SCVAL', { field: 'fulfillment_id' });
  t.match(await step(parcel, 'ready_fulfillment($1, $2)'), { status: 'ready_for_pickup' });
  t.match(await stock(product), { sellable: 8, reserved: 2, on_hand: 10 }, 'it waits on the shelf');
  await step(parcel, 'collect_fulfillment($1, $2)');
  t.match(await stock(product), { sellable: 8, reserved: 0, on_hand: 8 });
  t.match(await current('orders', order), {
    status: 'processing',
    fulfillment_status: 'partially_fulfilled',
    carrier: null,
  });
  await refused(t, pack(order, [of(book, 2)], 'digital'), 'SCVAL', { field: 'lines[0].quantity' });
  const sent = await pack(order, [of(book, 1)], 'digital');
  await refused(t, step(sent, 'ready_fulfillment($1, $2)'), 'SCVAL', { field: 'fulfillment_id' });
  t.match(await deliver(sent), { status: 'delivered', carrier: null, delivered_at: Date });
  t.match(await current('orders', order), {
    status: 'delivered',
    fulfillment_status: 'delivered',
    carrier: null,
  });
  await refused(t, pack(await inWork([[product, 1]]), null, 'digital'), 'SCVAL', { field: 'method' });
  await ledgerAgrees(t, db, shop);
});

t.test('corrections and parcels: what is packed stays, what has left is not cancelled', async (t) => {
  const product = await addProduct(db, shop, { price: '10.01', tax_rate: '0.0833', stock: 20 });
  const order = await inWork([[product, 7]]);
  await pay(order);
  const [line] = await linesOf(order);
  const correct = async (quantity: number) => {
    const { version } = await current('orders', order);
    return asOwner(`select * from api.correct_order_lines($1, 'asked for', $2, $3)`, [
      order.id,
      version,
      JSON.stringify([of(line, quantity)]),
    ]);
  };
  const first = await pack(order, [of(line, 3)]);
  const second = await pack(order, [of(line, 2)]);
  await refused(t, correct(4), 'SCVAL', { field: 'lines[0].quantity' });
  await step(second, 'cancel_fulfillment($1, $2)');
  await correct(4);
  t.match(await stock(product), { sellable: 16, reserved: 4, on_hand: 20 });
  await ship(first);
  await refused(t, ofOrder(order, `cancel_order($1, 'mind', $2)`), 'SCIMM');
  await refused(t, correct(2), 'SCVAL', { field: 'lines[0].quantity' });
  // Three of four are 32.535 of 43.38 (40.04 + 3.34), so 32.54; once the fourth is out, three cost 30.03 + 2.50.
  await fail(first, 'refused', [{ order_item_id: line?.id, restocked_quantity: 3 }]);
  t.match(await current('orders', order), {
    status: 'processing',
    fulfillment_status: 'partially_fulfilled',
    returned_amount: '32.54',
  });
  await correct(3);
  t.match(
    await current('orders', order),
    { status: 'returned', worth_amount: '0.00', returned_amount: '32.53' },
    'nothing else is left of it',
  );
  t.match(await stock(product), { sellable: 20, reserved: 0, on_hand: 20 });
  await ledgerAgrees(t, db, shop);
  await moneyAgrees();
});

t.test('what came back is worth what was paid for it, whatever is corrected in between', async (t) => {
  // A discount of 1.00 on 5 × 0.33: of two pieces 0.40, so that a share of five differs from the price of two.
  for (const [price, rate, off, pieces] of [
    ['0.33', '0.075', '1', 5],
    ['1.00', '0.075', '0.99', 7],
    ['10.01', '0.16', '3.33', 3],
  ] as const) {
    const product = await addProduct(db, shop, { price, tax_rate: rate, stock: 20 });
    const order = await inWork([[product, pieces]], 'pending');
    await asOwner('select * from api.set_order_charges($1, 0, $3, $4, $2)', [
      order.id,
      order.version,
      off,
      'a regular',
    ]);
    await ofOrder(order, 'confirm_order($1, $2)');
    await ofOrder(order, 'start_processing($1, $2)');
    const [line] = await linesOf(order);
    const parcel = await pack(order, [of(line, 1)]);
    await ship(parcel);
    await fail(parcel, 'returned');
    const { version } = await current('orders', order);
    await asOwner(`select * from api.correct_order_lines($1, 'the rest is not wanted', $2, $3)`, [
      order.id,
      version,
      JSON.stringify([of(line, 1)]),
    ]);
    const { total_amount: total, ...left } = await current('orders', order);
    t.match(left, { status: 'returned', worth_amount: '0.00', returned_amount: total }, `${price}, ${off}`);
  }
  await moneyAgrees();
});

t.test('a cancelled order takes its parcels apart', async (t) => {
  const product = await addProduct(db, shop, { stock: 5 });
  const order = await inWork([[product, 2]]);
  const parcel = await pack(order);
  await ofOrder(order, `cancel_order($1, 'mind', $2)`);
  t.match(await current('fulfillment', parcel), { status: 'cancelled' });
  t.match(await stock(product), { sellable: 5, reserved: 0, on_hand: 5 });
  await refused(t, ship(parcel), 'SCTRN');
});

t.test('the order shows the number of the parcel that left last, whichever is corrected first', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([[product, 3]]);
  const [line] = await linesOf(order);
  const parcels = [];
  for (let n = 0; n < 2; n++) {
    const parcel = await pack(order, [of(line, 1)]);
    await ship(parcel, null);
    parcels.push(parcel);
  }
  const [first, second] = parcels as [Row, Row];
  const shown = async () => (await current('orders', order)).tracking_number;
  const correct = (parcel: Row, number: string) =>
    step(parcel, `correct_tracking($1, 'DHL', $3, $2)`, number);
  await correct(first, 'A');
  t.equal(await shown(), null);
  await correct(second, 'B');
  t.equal(await shown(), 'B');
  await correct(first, 'C');
  t.equal(await shown(), 'B');
  t.match(await current('fulfillment', first), { tracking_number: 'C' });
});

t.test('an order of which nothing goes to a carrier is not shipped', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await inWork([[product, 2]]);
  const [line] = await linesOf(order);
  const collected = await pack(order, null, 'pickup');
  const before = await current('orders', order);
  await refused(t, ofOrder(order, `ship_order($1, 'DHL', 'T1', $2)`), 'SCVAL', { field: 'order_id' });
  t.strictSame(await current('orders', order), before, 'and it stays as it was');
  await step(collected, 'cancel_fulfillment($1, $2)');
  await pack(order, [of(line, 1)], 'pickup');
  await ofOrder(order, `ship_order($1, 'DHL', 'T1', $2)`);
  t.match(await current('orders', order), {
    status: 'processing',
    fulfillment_status: 'partially_fulfilled',
  });
});

t.test('which parcels are refused', async (t) => {
  const product = await addProduct(db, shop, { stock: 50 });
  const order = await inWork([[product, 3]]);
  const another = await inWork([[product, 1]]);
  const [line] = await linesOf(order);
  const [foreign] = await linesOf(another);
  const bad: [lines: unknown, method: unknown, code: string, field: string][] = [
    [[], 'shipping', 'SCVAL', 'lines'],
    [{}, 'shipping', 'SCVAL', 'lines'],
    [[of(line, 0)], 'shipping', 'SCVAL', 'lines[0].quantity'],
    [[of(line, 4)], 'shipping', 'SCVAL', 'lines[0].quantity'],
    [[of(line, 1), of(line, 1)], 'shipping', 'SCVAL', 'lines[1].order_item_id'],
    [[of(foreign, 1)], 'shipping', 'SCNTF', 'lines[0].order_item_id'],
    [[of(line, 1)], 'pigeon', 'SCVAL', 'method'],
    [[of(line, 1)], null, 'SCVAL', 'method'],
  ];
  for (const [lines, method, code, field] of bad)
    await refused(t, pack(order, lines, method), code, { field });
  await refused(t, pack(await inWork([[product, 1]], 'pending')), 'SCTRN');
  const parcel = await pack(order);
  await refused(t, pack(order), 'SCVAL', { field: 'order_id' });
  await refused(t, fail(parcel, 'lost'), 'SCTRN');
  await refused(t, step(parcel, `correct_tracking($1, 'DHL', 'T', $2)`), 'SCIMM');
  await refused(t, step(parcel, `ship_fulfillment($1, ' ', 'T', $2)`), 'SCVAL', { field: 'carrier' });
  await ship(parcel);
  for (const status of ['delivered', 'gone', null]) {
    await refused(t, fail(parcel, status as string), 'SCVAL', { field: 'status' });
  }
  const over: [lines: unknown, status: string, code: string, field: string][] = [
    [[{ order_item_id: line?.id, restocked_quantity: 4 }], 'refused', 'SCVAL', 'lines[0].restocked_quantity'],
    [[{ order_item_id: line?.id, restocked_quantity: 1 }], 'lost', 'SCVAL', 'lines'],
    [[{ order_item_id: foreign?.id, restocked_quantity: 1 }], 'refused', 'SCNTF', 'lines[0].order_item_id'],
    [[{ order_item_id: 'x', restocked_quantity: 1 }], 'refused', 'SCVAL', 'lines[0].order_item_id'],
    [[1], 'refused', 'SCVAL', 'lines[0]'],
    [null, 'refused', 'SCVAL', 'lines'],
  ];
  for (const [lines, status, code, field] of over)
    await refused(t, fail(parcel, status, lines), code, { field });
  t.match(await current('fulfillment', parcel), { status: 'shipped' }, 'nothing has changed');

  const elsewhere = await openShop(db);
  await refused(
    t,
    asMember(db, elsewhere.owner, (client) =>
      client.query('select api.deliver_fulfillment($1, $2)', [parcel.id, 2]),
    ),
    'SCNTF',
    { field: 'fulfillment_id' },
  );
  const { rows: hidden } = await asMember(db, elsewhere.owner, (client) =>
    client.query('select from api.fulfillment'),
  );
  t.equal(hidden.length, 0);
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query('select api.deliver_fulfillment($1, $2)', [parcel.id, 2])),
    '42501',
  );
});

t.test('two who pack at once never pack more than was ordered', async (t) => {
  const product = await addProduct(db, shop, { stock: 50 });
  const order = await inWork([[product, 6]]);
  const [line] = await linesOf(order);
  const read = await current('orders', order);
  const outcomes = await Promise.allSettled(
    [4, 4, 4, 4].map((quantity) =>
      asOwner('select * from api.pack_order($1, $2, $3)', [
        order.id,
        read.version,
        JSON.stringify([of(line, quantity)]),
      ]),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCVER'));
  // Parcels of two orders of the same products leave at once.
  const second = await addProduct(db, shop, { stock: 50 });
  const parcels = await Promise.all(
    [
      [product, second],
      [second, product],
    ].map(async (products) => pack(await inWork(products.map((each) => [each, 2])))),
  );
  await Promise.all(parcels.map((parcel) => ship(parcel)));
  await ledgerAgrees(t, db, shop);
});

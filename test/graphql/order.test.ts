import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { asWorker } from '../support/session.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** From a chat message to an order, as staff see it through GraphQL. */
const { db, server, ours, theirs } = await setStage(t);

type Thread = { lastMessage: { text: string }; customer: { openOrderCount: string } };

const unknownId = '00000000-0000-4000-8000-000000000000';

const { rows: channels } = await db.installer.query<{ external_account_id: string; seller_id: string }>(
  `select c.external_account_id, s.id as seller_id
     from commerce.channel as c
     join commerce.seller_profile as s on s.tenant_id = c.tenant_id
    where c.tenant_id = $1 and c.channel_type = 'whatsapp'
    limit 1`,
  [ours.tenantId],
);
const [{ external_account_id: account, seller_id: sellerId }] = channels as [(typeof channels)[number]];

const createProduct = `mutation ($product: ProductInput!) {
  createProduct(input: { product: $product }) { product { id: rowId version price inventoryCount } }
}`;
const product = { sellerId, name: 'Raffia bag', price: '1234.5', currencyCode: 'NGN', isActive: true };

t.test('a message becomes an order', async (t) => {
  const created = await ours.ask(createProduct, { product });
  t.match(created, {
    status: 200,
    data: { createProduct: { product: { price: '1234.50', inventoryCount: 0 } } },
  });
  const productId = created.data.createProduct.product.id;

  const adjusted = await ours.ask(
    `mutation ($id: UUID!) {
       adjustInventory(input: { productId: $id, delta: 3, reason: restock, idempotencyKey: "first" }) {
         inventoryMovement { delta reason product { inventoryCount } }
       }
     }`,
    { id: productId },
  );
  t.match(adjusted.data, {
    adjustInventory: { inventoryMovement: { delta: 3, reason: 'restock', product: { inventoryCount: 3 } } },
  });

  const threadId = await asWorker(db, async (client) => {
    const { rows } = await client.query<{ thread_id: string }>(
      `select thread_id from internal.receive_message('whatsapp', $1, '2348000000001', 'wamid.1', 'Is the bag there?')`,
      [account],
    );
    return rows[0]?.thread_id;
  });

  const started = await ours.ask(
    `mutation ($sellerId: UUID!, $threadId: UUID!) {
       startOrder(input: { sellerId: $sellerId, threadId: $threadId, channel: whatsapp }) {
         order { id: rowId version status channel thread { messages { nodes { text } } lastMessage { text } } }
       }
     }`,
    { sellerId, threadId },
  );
  t.match(started.data?.startOrder.order, {
    status: 'draft',
    channel: 'whatsapp',
    thread: {
      messages: { nodes: [{ text: 'Is the bag there?' }] },
      lastMessage: { text: 'Is the bag there?' },
    },
  });
  const { id: orderId, version } = started.data.startOrder.order;

  const setLine = `mutation ($orderId: UUID!, $productId: UUID!, $quantity: Int!, $version: Int!) {
    setOrderLine(input: { orderId: $orderId, productId: $productId, quantity: $quantity, expectedVersion: $version }) {
      order { version totalAmount }
    }
  }`;
  const tooMany = await ours.ask(setLine, { orderId, productId, quantity: 5, version });
  const place = `mutation ($orderId: UUID!, $version: Int!, $key: String!) {
    placeOrder(input: { orderId: $orderId, expectedVersion: $version, idempotencyKey: $key }) {
      orders { id: rowId orderNumber status }
    }
  }`;
  const short = await ours.ask(place, {
    orderId,
    version: tooMany.data.setOrderLine.order.version,
    key: 'too many',
  });
  t.equal(codeOf(short), 'OUT_OF_STOCK');
  t.same(short.errors?.[0]?.extensions.shortLines, [{ productId, requested: 5, available: 3 }]);

  const line = await ours.ask(setLine, {
    orderId,
    productId,
    quantity: 2,
    version: tooMany.data.setOrderLine.order.version,
  });
  t.equal(line.data.setOrderLine.order.totalAmount, '2469.00');
  const placed = await ours.ask(place, {
    orderId,
    version: line.data.setOrderLine.order.version,
    key: 'just right',
  });
  t.match(placed.data.placeOrder.orders, [{ id: orderId, status: 'pending', orderNumber: /^ORD-\d{6}$/ }]);

  const read = `query ($id: ID!, $rowId: UUID!) {
    order(id: $id) {
      status
      seller { id: rowId }
      items { nodes { quantity unitPrice product { id: rowId inventoryCount } } }
      customer { identities { nodes { externalUserId } } }
    }
    orders(condition: { rowId: $rowId, isOpen: true }) { nodes { id: rowId lineCount customer { id } } }
    conversationThreads(condition: { isOpen: true }) { nodes { lastMessage { text } customer { openOrderCount } } }
  }`;
  const seen = await ours.ask(read, { id: orderId, rowId: orderId });
  t.match(seen.data, {
    order: {
      status: 'pending',
      seller: { id: sellerId },
      items: {
        nodes: [{ quantity: 2, unitPrice: '1234.50', product: { id: productId, inventoryCount: 1 } }],
      },
      customer: { identities: { nodes: [{ externalUserId: '2348000000001' }] } },
    },
    orders: { nodes: [{ id: orderId, lineCount: '1' }] },
  });
  t.ok(
    (seen.data.conversationThreads.nodes as Thread[]).some(
      ({ lastMessage, customer }) =>
        lastMessage.text === 'Is the bag there?' && customer.openOrderCount === '1',
    ),
  );

  const other = await theirs.ask(read, { id: orderId, rowId: orderId });
  t.same([other.data.order, other.data.orders.nodes], [null, []], 'as for an id that nobody has');
});

t.test('fees, a discount code, and the totals that were read', async (t) => {
  const { data } = await ours.ask(createProduct, { product: { ...product, price: '100', taxRate: '0.1' } });
  const productId = data.createProduct.product.id;
  await ours.ask(
    `mutation ($id: UUID!) {
       adjustInventory(input: { productId: $id, delta: 9, reason: restock, idempotencyKey: "fees" }) {
         inventoryMovement { delta }
       }
     }`,
    { id: productId },
  );
  const discount = await ours.ask(
    `mutation {
       createDiscount(input: { discount: { code: "HALF", rate: "0.5", maxUses: 2 } }) { discount { code usedCount } }
     }`,
  );
  t.same(
    discount.data?.createDiscount.discount,
    { code: 'HALF', usedCount: 0 },
    JSON.stringify(discount.errors),
  );

  const { rows } = await db.installer.query(
    `select id from commerce.customer where tenant_id = $1 order by id desc limit 1`,
    [ours.tenantId],
  );
  const customerId = rows[0]?.id;
  const started = await ours.ask(
    `mutation ($sellerId: UUID!, $customerId: UUID!) {
       startOrder(input: { sellerId: $sellerId, customerId: $customerId, channel: storefront }) {
         order { rowId version }
       }
     }`,
    { sellerId, customerId },
  );
  let { rowId: orderId, version } = started.data.startOrder.order;
  const change = async (call: string) => {
    const answer = await ours.ask(`mutation ($orderId: UUID!, $version: Int!) { ${call} }`, {
      orderId,
      version,
    });
    t.same(answer.errors, undefined, call);
    const [{ order }] = Object.values(answer.data) as [{ order: { version: number } }];
    version = order.version;
    return order;
  };
  // 2 × 100 + 10 %, and 50 + 10 % for cash on delivery; the code takes half of the goods.
  await change(
    `setOrderLine(input: { orderId: $orderId, productId: "${productId}", quantity: 2, expectedVersion: $version }) { order { version } }`,
  );
  t.match(
    await change(
      `setOrderFee(input: { orderId: $orderId, kind: cash_on_delivery, amount: "50", taxRate: "0.1", expectedVersion: $version }) {
         order { version feeAmount feeTaxAmount totalAmount charges { nodes { kind amount taxAmount } } }
       }`,
    ),
    {
      feeAmount: '50.00',
      feeTaxAmount: '5.00',
      totalAmount: '275.00',
      charges: { nodes: [{ kind: 'cash_on_delivery', amount: '50.00', taxAmount: '5.00' }] },
    },
  );
  t.match(
    await change(
      'setDiscountCode(input: { orderId: $orderId, code: "half", expectedVersion: $version }) { order { version discountCode discountAmount totalAmount } }',
    ),
    { discountCode: 'HALF', discountAmount: '100.00', totalAmount: '165.00' },
  );

  const place = (totalAmount: string) =>
    ours.ask(
      `mutation ($orderId: UUID!, $version: Int!, $totals: [PlaceOrderExpectedTotalInput!]) {
         placeOrder(input: { orderId: $orderId, expectedVersion: $version, idempotencyKey: "read", expectedTotals: $totals }) {
           orders { status totalAmount }
         }
       }`,
      { orderId, version, totals: [{ currencyCode: 'NGN', totalAmount }] },
    );
  t.match((await place('164.99')).errors, [
    {
      extensions: {
        code: 'PRICE_CHANGED',
        changedTotals: [{ currencyCode: 'NGN', seenTotalAmount: '164.99', totalAmount: '165.00' }],
      },
    },
  ]);
  t.same((await place('165')).data.placeOrder.orders, [{ status: 'pending', totalAmount: '165.00' }]);

  const atOnce = (key: string, discountCode: string, totalAmount: string) =>
    ours.ask(
      `mutation ($key: String!, $lines: [PlaceOrderLineInput!]!, $customerId: UUID!, $code: String!, $totals: [PlaceOrderExpectedTotalInput!]) {
         placeOrder(input: {
           idempotencyKey: $key, channel: storefront, lines: $lines, customerId: $customerId, discountCode: $code, expectedTotals: $totals
         }) { orders { discountCode totalAmount } }
       }`,
      {
        key,
        customerId,
        code: discountCode,
        lines: [{ productId, quantity: 1 }],
        totals: [{ currencyCode: 'NGN', totalAmount }],
      },
    );
  t.match((await atOnce('not read', 'HALF', '110')).errors, [
    {
      extensions: {
        code: 'PRICE_CHANGED',
        changedTotals: [{ seenTotalAmount: '110', totalAmount: '55.00' }],
        changedPrices: [{ productId, unitPrice: '100.00', taxRate: '0.1000' }],
      },
    },
  ]);
  t.equal(codeOf(await atOnce('unheard of', 'NOBODYS', '55')), 'NOT_FOUND');
  t.same((await atOnce('last use', 'HALF', '55')).data.placeOrder.orders, [
    { discountCode: 'HALF', totalAmount: '55.00' },
  ]);
  t.match((await atOnce('too often', 'HALF', '55')).errors, [
    { extensions: { code: 'DISCOUNT_REFUSED', field: 'code', reason: 'used_up' } },
  ]);
});

/**
 * Three pieces for 297 (3 x 100, less 10 %, and 10 % tax), in two parcels; the first, with two, is lost. What they cost now,
 * what staff take off it, and what is then due of the order and of the one in exchange.
 */
const lost: [name: string, isPaid: boolean, price: string, off: string | null, due: string, other: string][] =
  [
    ['paid, and dearer since', true, '150', '-132', '0.00', '0.00'],
    ['paid, and what was given on it is given again', true, '100', '-22', '0.00', '0.00'],
    ['paid, and at the full price', true, '100', null, '0.00', '22.00'],
    ['paid, and cheaper since', true, '50', null, '-88.00', '0.00'],
    ['not paid yet', false, '100', '-22', '99.00', '198.00'],
  ];
t.test('a lost parcel is sent again, in exchange for what was lost', async (t) => {
  const token = await signToken(
    { role: 'member', tenantId: ours.tenantId, subject: 'demo-manager-1' },
    jwtSecret,
    '1h',
  );
  const ask = client(server.url, bearer(token));
  const { rows: customers } = await db.installer.query(
    'select id from commerce.customer where tenant_id = $1 order by id desc limit 1',
    [ours.tenantId],
  );
  const customerId = customers[0]?.id;
  for (const [name, isPaid, price, off, due, other] of lost) {
    /** One mutation, and the row that it answers with. */
    const go = async (call: string, variables = '', values: Record<string, unknown> = {}) => {
      const answer = await ask(`mutation ${variables} { ${call} }`, values);
      t.same(answer.errors, undefined, `${name}: ${call}`);
      const [payload] = Object.values(answer.data) as [Record<string, unknown>];
      // biome-ignore lint/suspicious/noExplicitAny: the shape is whatever the mutation asks for
      return Object.values(payload)[0] as any;
    };
    const made = await ours.ask(createProduct, {
      product: { ...product, name, price: '100', taxRate: '0.1' },
    });
    const { id: productId } = made.data.createProduct.product;
    await go(
      `adjustInventory(input: { productId: "${productId}", delta: 10, reason: restock, idempotencyKey: "${name}" }) { inventoryMovement { delta } }`,
    );
    const place = async (key: string, quantity: number) => {
      const [order] = await go(
        'placeOrder(input: { idempotencyKey: $key, channel: whatsapp, customerId: $customerId, lines: $lines }) { orders { rowId version items { nodes { rowId } } } }',
        '($key: String!, $customerId: UUID!, $lines: [PlaceOrderLineInput!]!)',
        { key: `${name} ${key}`, customerId, lines: [{ productId, quantity }] },
      );
      return order;
    };
    const order = await place('first', 3);
    const ofOrder = async (call: string, rest = '') => {
      const { version } = await go(
        `${call}(input: { orderId: "${order.rowId}", expectedVersion: ${order.version} ${rest} }) { order { version } }`,
      );
      order.version = version;
    };
    await ofOrder('setOrderCharges', ', shippingAmount: "0", discountRate: "0.1", reason: "A regular"');
    await ofOrder('confirmOrder');
    await ofOrder('startProcessing');
    if (isPaid) {
      const payment = await go(
        `createPayment(input: { orderId: "${order.rowId}", paymentType: cash_on_delivery, provider: "till", amount: "297", idempotencyKey: "${name}" }) { payment { rowId version } }`,
      );
      await go(
        `verifyManualPayment(input: { paymentId: "${payment.rowId}", isReceived: true, expectedVersion: ${payment.version} }) { payment { status } }`,
      );
    }
    const read = async (rowId: string) => {
      const { data } = await ask(
        `query ($id: UUID!) {
           orders(condition: { rowId: $id }) {
             nodes { version status paymentStatus totalAmount worthAmount dueAmount }
           }
         }`,
        { id: rowId },
      );
      return data.orders.nodes[0];
    };
    const stock = async () => {
      const { data } = await ask(
        `query ($id: UUID!) { products(condition: { rowId: $id }) { nodes { inventoryCount reservedCount onHandCount } } }`,
        { id: productId },
      );
      return data.products.nodes[0];
    };
    const pack = async (orderId: string, lines: string) => {
      const { version } = await read(orderId);
      return go(
        `packOrder(input: { orderId: "${orderId}", expectedVersion: ${version} ${lines} }) { fulfillment { rowId version } }`,
      );
    };
    const ofParcel = (call: string, parcel: { rowId: string; version: number }, rest = '') =>
      go(
        `${call}(input: { fulfillmentId: "${parcel.rowId}", expectedVersion: ${parcel.version} ${rest} }) {
           fulfillment { rowId version orderReturn { rowId version returnedAmount } }
         }`,
      );
    const carrier = ', carrier: "GIG", trackingNumber: "T1"';
    const first = await ofParcel(
      'shipFulfillment',
      await pack(order.rowId, `, lines: [{ orderItemId: "${order.items.nodes[0].rowId}", quantity: 2 }]`),
      carrier,
    );

    // The steps that the documentation names, one after another.
    const { orderReturn } = await ofParcel('failFulfillment', first, ', status: lost');
    t.equal(orderReturn.returnedAmount, '198.00', `${name}: two thirds of 297`);
    t.same(await stock(), { inventoryCount: 7, reservedCount: 1, onHandCount: 8 }, `${name}: lost`);
    const { version } = (
      await ask('query ($id: UUID!) { products(condition: { rowId: $id }) { nodes { version } } }', {
        id: productId,
      })
    ).data.products.nodes[0];
    const repriced = await ours.ask(
      'mutation ($id: UUID!, $patch: ProductPatch!) { updateProduct(input: { rowId: $id, patch: $patch }) { product { version } } }',
      { id: productId, patch: { price, version } },
    );
    t.same(repriced.errors, undefined);
    const again = await place('again', 2);
    if (off !== null) {
      await go(
        `adjustOrder(input: { orderId: "${again.rowId}", amount: "${off}", part: goods, reason: "Sent again", idempotencyKey: "${name}" }) { order { rowId } }`,
      );
    }
    t.match(
      await go(
        `exchangeReturn(input: { returnId: "${orderReturn.rowId}", orderId: "${again.rowId}", expectedVersion: ${orderReturn.version} }) { orderReturn { refundMethod exchangeOrderId } }`,
      ),
      { refundMethod: 'exchange', exchangeOrderId: again.rowId },
    );
    t.match(await read(order.rowId), { status: 'processing', worthAmount: '99.00', dueAmount: due }, name);
    t.match(await read(again.rowId), { status: 'pending', dueAmount: other }, name);
    t.same(await stock(), { inventoryCount: 5, reservedCount: 3, onHandCount: 8 }, `${name}: sent again`);

    // Both leave, and arrive.
    await ofParcel(
      'deliverFulfillment',
      await ofParcel('shipFulfillment', await pack(order.rowId, ''), carrier),
    );
    for (const call of ['confirmOrder', 'startProcessing']) {
      const { version } = await read(again.rowId);
      await go(
        `${call}(input: { orderId: "${again.rowId}", expectedVersion: ${version} }) { order { version } }`,
      );
    }
    await ofParcel(
      'deliverFulfillment',
      await ofParcel('shipFulfillment', await pack(again.rowId, ''), carrier),
    );
    t.match(await read(order.rowId), { status: 'delivered', dueAmount: due }, name);
    t.match(await read(again.rowId), { status: 'delivered', dueAmount: other }, name);
    t.same(await stock(), { inventoryCount: 5, reservedCount: 0, onHandCount: 5 }, `${name}: arrived`);
  }
  t.same((await ours.ask('{ checkInventory { productId } }')).data, { checkInventory: [] });
  const { rows } = await asWorker(db, (worker) =>
    worker.query('select * from internal.check_money($1)', [ours.tenantId]),
  );
  t.same(rows, [], 'all money adds up');
});

t.test('what another merchant has is answered as what nobody has', async (t) => {
  const { data } = await ours.ask(createProduct, { product: { ...product, name: 'Not yours' } });
  const { id } = data.createProduct.product;
  const attempts = [
    'query ($id: ID!) { product(id: $id) { name } }',
    'query ($id: UUID!) { products(condition: { rowId: $id }) { nodes { name } } }',
    'mutation ($id: UUID!) { updateProduct(input: { rowId: $id, patch: { name: "x", version: 1 } }) { product { id } } }',
    'mutation ($id: UUID!) { deleteProduct(input: { rowId: $id, version: 1 }) { product { id } } }',
    `mutation ($id: UUID!) {
       adjustInventory(input: { productId: $id, delta: 1, reason: restock, idempotencyKey: "k" }) {
         inventoryMovement { id }
       }
     }`,
  ];
  for (const query of attempts) {
    const foreign = await theirs.ask(query, { id });
    t.same(foreign, await theirs.ask(query, { id: unknownId }), query);
    if (query.startsWith('mutation')) t.equal(codeOf(foreign), 'NOT_FOUND', query);
  }
  const kept = await ours.ask('query ($id: ID!) { product(id: $id) { name version } }', { id });
  t.same(kept.data.product, { name: 'Not yours', version: 1 });
});

t.test('an edit names the version that it was made from', async (t) => {
  const { data } = await ours.ask(createProduct, { product });
  const { id } = data.createProduct.product;
  const update = `mutation ($id: UUID!, $patch: ProductPatch!) {
    updateProduct(input: { rowId: $id, patch: $patch }) { product { version name } }
  }`;
  const unversioned = await ours.ask(update, { id, patch: { name: 'No version' } });
  t.equal(codeOf(unversioned), 'INVALID_QUERY');
  t.equal(unversioned.data, undefined, 'refused before anything ran');

  const first = await ours.ask(update, { id, patch: { name: 'First', version: 1 } });
  t.same(first.data.updateProduct.product, { version: 2, name: 'First' });
  const stale = await ours.ask(update, { id, patch: { name: 'Second', version: 1 } });
  t.match(stale.errors, [{ extensions: { code: 'VERSION_CONFLICT', expected: 1, actual: 2 } }]);

  const remove = `mutation ($id: UUID!, $version: Int!) {
    deleteProduct(input: { rowId: $id, version: $version }) { product { name } }
  }`;
  const staleRemoval = await ours.ask(remove, { id, version: 1 });
  t.match(staleRemoval.errors, [{ extensions: { code: 'VERSION_CONFLICT', actual: 2 } }]);
  const removed = await ours.ask(remove, { id, version: 2 });
  t.same(removed.data.deleteProduct.product, { name: 'First' });
  t.equal(codeOf(await ours.ask(remove, { id, version: 2 })), 'NOT_FOUND');
  t.same((await ours.ask('query ($id: ID!) { product(id: $id) { id } }', { id })).data, { product: null });
  const { rows } = await db.installer.query('select is_deleted from commerce.products where id = $1', [id]);
  t.same(rows, [{ is_deleted: true }], 'hidden, not gone');
});

t.test('errors have a code, and tell nothing that is not ours to tell', async (t) => {
  const wrong = await ours.ask(createProduct, { product: { ...product, price: '-1' } });
  t.match(wrong.errors, [{ message: 'price must not be negative' }]);
  t.same(
    wrong.errors?.[0]?.extensions,
    {
      code: 'INVALID_INPUT',
      field: 'price',
      faults: [{ field: 'price', message: 'price must not be negative' }],
    },
    'no names of constraints',
  );
  const lines = await ours.ask(
    `mutation ($lines: [PlaceOrderLineInput!]!) {
       placeOrder(input: { idempotencyKey: "none", channel: whatsapp, lines: $lines }) { orders { id } }
     }`,
    { lines: [{ productId: unknownId, quantity: 0 }] },
  );
  t.match(lines.errors, [{ extensions: { code: 'INVALID_INPUT', field: 'lines[0].quantity' } }]);
  const fine = await ours.ask(createProduct, { product: { ...product, price: '1.23456' } });
  t.match(fine.errors, [{ extensions: { code: 'INVALID_AMOUNT', field: 'price' } }]);
  const senseless = await ours.ask(createProduct, { product: { ...product, price: 'dear' } });
  t.match(senseless.errors, [
    { message: /"product\.price"; Decimal must be/, extensions: { code: 'INVALID_QUERY' } },
  ]);
  const never = await ours.ask('{ salesDaily(from: "soon", to: "2026-01-31") { day } }');
  t.match(never.errors, [{ message: /^Date must be a day/, extensions: { code: 'INVALID_QUERY' } }]);
  const foreign = await ours.ask(createProduct, { product: { ...product, sellerId: unknownId } });
  t.match(foreign.errors, [{ extensions: { code: 'NOT_FOUND' } }]);

  // A fault of ours: a function that fails in a way that the table of errors does not know.
  await db.installer.query(
    `create or replace function api.has_permission(p_code text) returns boolean language plpgsql stable as
     $$ begin raise exception 'the inner life of %', p_code using errcode = 'XX000', detail = 'secret'; end $$`,
  );
  const broken = await ours.ask('{ hasPermission(code: "orders.read") }');
  t.match(broken.errors, [{ message: 'something went wrong', extensions: { code: 'INTERNAL' } }]);
  t.notMatch(JSON.stringify(broken), /inner life|secret/);
});

t.test('a report names fields as the schema does', async (t) => {
  const { data } = await ours.ask(
    `mutation ($products: [ImportProductsProductInput!]!, $sellerId: UUID) {
       importProducts(input: { products: $products, sellerId: $sellerId }) {
         importResults { rowNumber outcome code field }
       }
     }`,
    {
      sellerId,
      products: [
        { sku: 'IMPORT-1', name: 'Good', price: '10' },
        { sku: 'IMPORT-2', name: 'Bad', price: '10', compareAtPrice: '9' },
      ],
    },
  );
  t.match(data.importProducts.importResults, [
    { rowNumber: 1, outcome: 'created', code: null, field: null },
    { rowNumber: 2, outcome: 'failed', code: 'INVALID_INPUT', field: 'compareAtPrice' },
  ]);
});

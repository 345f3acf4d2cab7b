import t, { type Test } from 'tap';
import * as errors from '../../src/database/errors.ts';
import {
  AlreadyExistsError,
  acceptTeamInvite,
  adjustInventory,
  CommerceError,
  cancelOrder,
  changeMemberRole,
  commerceError,
  confirmOrder,
  connectChannel,
  createProduct,
  createSeller,
  createTeamInvite,
  deleteProduct,
  errorTable,
  ForbiddenError,
  getOrderWithItems,
  getTenant,
  HasDependentsError,
  IdempotencyMismatchError,
  ImmutableError,
  InvalidAmountError,
  InvalidInputError,
  InvalidTransitionError,
  LastOwnerError,
  LimitReachedError,
  listOrders,
  listProducts,
  listTeamMembers,
  listThreads,
  NotFoundError,
  type OrderStatus,
  OutOfStockError,
  PriceChangedError,
  placeOrderOfLines,
  queueMessage,
  ReplyWindowClosedError,
  ReturnNotAllowedError,
  requestReturn,
  saveKycInfo,
  searchMessages,
  setOrderLine,
  startOnboarding,
  submitOnboarding,
  suspendTenant,
  TenantRequiredError,
  type TenantTransaction,
  updateCustomer,
  updateDiscount,
  updateProduct,
  VersionConflictError,
  VersionRequiredError,
} from '../../src/index.ts';
import { demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const { tenantId, sellerId, owner, buyer } = await demoTenant(scene, 1);
const unknown = '01890000-0000-7000-8000-000000000000';

type Class<E> = new (...args: never[]) => E;

/** The error that the work must end with. */
async function failure<E extends CommerceError>(
  t: Test,
  type: Class<E>,
  work: (tx: TenantTransaction) => Promise<unknown>,
  who: Parameters<typeof db.withTenant>[0] = owner,
): Promise<E> {
  const error: unknown = await db.withTenant(who, work).then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof type)) throw error;
  t.equal(error.name, type.name);
  t.equal(errorTable[error.sqlState]?.code, error.code);
  t.equal(errorTable[error.sqlState]?.httpStatus, error.httpStatus);
  return error;
}

const firstProduct = async (tx: TenantTransaction) => only(await tx.run(listProducts, { first: 1 }));
const newProduct = (
  tx: TenantTransaction,
  columns: { name?: string; price?: string; sku?: string; sellerId?: string } = {},
) => tx.run(createProduct, { sellerId, name: 'Scarf', price: '10', currencyCode: 'NGN', ...columns });

t.test('a stale version names both versions', async (t) => {
  const { id, version } = await db.withTenant(owner, firstProduct);
  await db.withTenant(owner, (tx) =>
    tx.run(updateProduct, { productId: id, expectedVersion: version, name: 'One' }),
  );
  const error = await failure(t, VersionConflictError, (tx) =>
    tx.run(updateProduct, { productId: id, expectedVersion: version, name: 'Two' }),
  );
  t.equal(error.expected, version);
  t.equal(error.actual, version + 1);
  t.same(
    await db.withTenant(owner, (tx) => tx.run(deleteProduct, { productId: id, expectedVersion: version })),
    null,
  );
  await failure(t, VersionRequiredError, (tx) =>
    tx.sql(`update api.products set name = 'Three' where id = $1`, [id]),
  );
});

t.test('every line that cannot be served is named', async (t) => {
  const products = await db.withTenant(owner, (tx) => tx.run(listProducts, { first: 20 }));
  const stocked = products
    .filter(({ inventoryCount, productType }) => inventoryCount > 0 && productType === 'physical')
    .slice(0, 3);
  const lines = stocked.map(({ id, inventoryCount }, index) => ({
    productId: id,
    quantity: index === 0 ? 1 : inventoryCount + index,
  }));
  const error = await failure(
    t,
    OutOfStockError,
    (tx) =>
      tx.run(placeOrderOfLines, {
        idempotencyKey: 'too many',
        lines,
        channel: 'storefront',
        expectedTotals: [{ currencyCode: 'NGN', totalAmount: '1' }],
      }),
    buyer,
  );
  t.same(
    new Set(error.shortLines),
    new Set(
      [1, 2].map((index) => ({
        productId: stocked[index]?.id,
        requested: lines[index]?.quantity,
        // How much is left is the shop's own affair, unless its settings tell shoppers.
        available: null,
      })),
    ),
  );
});

t.test('a total that is not the one that was read is told with every price', async (t) => {
  const product = await db.withTenant(owner, firstProduct);
  const error = await failure(
    t,
    PriceChangedError,
    (tx) =>
      tx.run(placeOrderOfLines, {
        idempotencyKey: 'read long ago',
        lines: [{ productId: product.id, quantity: 1 }],
        channel: 'storefront',
        expectedTotals: [{ currencyCode: 'NGN', totalAmount: '0.01' }],
      }),
    buyer,
  );
  t.match(error.changedTotals, [{ currencyCode: 'NGN', seenTotalAmount: '0.01', totalAmount: String }]);
  t.match(error.changedPrices, [
    { productId: product.id, seenUnitPrice: null, unitPrice: String, seenTaxRate: null, taxRate: String },
  ]);
  t.equal(error.changedTaxes, null);
});

t.test('what is not there, or another tenant’s', async (t) => {
  const theirs = await demoTenant(scene, 2);
  const foreign = await db.withTenant(theirs.owner, firstProduct);
  for (const productId of [unknown, foreign.id]) {
    const error = await failure(t, NotFoundError, (tx) =>
      tx.run(adjustInventory, { productId, delta: 1, reason: 'restock', idempotencyKey: productId }),
    );
    t.equal(error.code, 'NOT_FOUND');
  }
  await failure(t, NotFoundError, (tx) =>
    tx.run(setOrderLine, { orderId: unknown, productId: unknown, quantity: 1, expectedVersion: 1 }),
  );
  const { details } = await failure(t, NotFoundError, (tx) => newProduct(tx, { sellerId: theirs.sellerId }));
  t.same(details, { constraint: 'products_seller_id_fkey', field: 'sellerId' });
});

t.test('a missing permission is named; what no permission lends is just refused', async (t) => {
  const { rows } = await scene.installer.query<{ id: string }>(
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id, tenant_id)
     insert into commerce.team_members (tenant_id, user_id, role)
     select tenant_id, id, 'viewer' from person returning user_id as id`,
    [tenantId],
  );
  const viewer = { tenantId, role: 'member' as const, userId: only(rows).id };
  const { id } = await db.withTenant(owner, firstProduct);
  const adjust = (tx: TenantTransaction) =>
    tx.run(adjustInventory, { productId: id, delta: 1, reason: 'restock', idempotencyKey: 'viewer' });
  const error = await failure(t, ForbiddenError, adjust, viewer);
  t.equal(error.permission, 'inventory.manage');
  t.equal((await failure(t, ForbiddenError, newProduct, viewer)).permission, 'products.manage');
  t.equal(
    (await failure(t, ForbiddenError, (tx) => tx.sql('update api.products set inventory_count = 9')))
      .permission,
    null,
  );
});

t.test('bad input is named by field, or by the check that refused it', async (t) => {
  const { id } = await db.withTenant(owner, firstProduct);
  const bad = await failure(t, InvalidInputError, (tx) =>
    tx.run(adjustInventory, { productId: id, delta: 0, reason: 'restock', idempotencyKey: 'zero' }),
  );
  t.equal(bad.field, 'delta');
  const negative = await failure(t, InvalidInputError, (tx) => newProduct(tx, { price: '-1' }));
  t.equal(negative.constraint, 'products_price_not_negative');
  const nameless = await failure(t, InvalidInputError, (tx) => newProduct(tx, { name: ' ' }));
  t.equal(nameless.constraint, 'products_name_length');
  t.equal(
    (await failure(t, InvalidInputError, (tx) => newProduct(tx, { sellerId: 'me' }))).sqlState,
    '22P02',
  );
  t.equal((await failure(t, InvalidInputError, (tx) => newProduct(tx, { name: 'a\0b' }))).sqlState, '22021');
  const missing = await failure(t, InvalidInputError, (tx) =>
    tx.sql(`insert into api.products (seller_id, currency_code, price) values ($1, 'NGN', 1)`, [sellerId]),
  );
  t.equal(missing.field, 'name');
});

t.test('an amount finer than its currency', async (t) => {
  const { details } = await failure(t, InvalidAmountError, (tx) => newProduct(tx, { price: '1.005' }));
  t.same(details, { field: 'price', minorUnit: 2 });
});

t.test('a step that the state machine does not have', async (t) => {
  const work = async (tx: TenantTransaction): Promise<unknown> => {
    const { id, version } = only(await tx.run(listOrders, { statuses: ['confirmed'], first: 1 }));
    const cancelled = await tx.run(cancelOrder, {
      orderId: id,
      reason: 'Sold out',
      expectedVersion: version,
    });
    return tx.run(confirmOrder, { orderId: id, expectedVersion: cancelled.version });
  };
  const { machine, from, to } = await failure(t, InvalidTransitionError, work);
  t.same({ machine, from, to }, { machine: 'orders.status', from: 'cancelled', to: 'confirmed' });
});

t.test('what is taken: a number of ours, an account of anybody’s', async (t) => {
  await db.withTenant(owner, (tx) => newProduct(tx, { sku: 'TAKEN' }));
  const sku = await failure(t, AlreadyExistsError, (tx) => newProduct(tx, { sku: 'TAKEN' }));
  t.equal(sku.constraint, 'products_tenant_id_sku_key');
  const account = await failure(t, AlreadyExistsError, (tx) =>
    tx.run(connectChannel, { channelType: 'whatsapp', name: 'Theirs', externalAccountId: 'demo-account-2' }),
  );
  t.equal(account.field, 'externalAccountId');
  t.notMatch(JSON.stringify([account.message, account.details]), /Savanna|demo-account-2/);
});

t.test('a key that came with another request', async (t) => {
  const { id } = await db.withTenant(owner, firstProduct);
  const adjust = (delta: number) => (tx: TenantTransaction) =>
    tx.run(adjustInventory, { productId: id, delta, reason: 'restock', idempotencyKey: 'used' });
  const first = await db.withTenant(owner, adjust(2));
  t.same(await db.withTenant(owner, adjust(2)), first, 'the same request gets the first answer');
  await failure(t, IdempotencyMismatchError, adjust(3));
});

t.test('what live rows depend on', async (t) => {
  const error = await failure(t, HasDependentsError, (tx) =>
    tx.sql('delete from api.seller_profile where id = $1', [sellerId]),
  );
  t.equal(error.table, 'orders');
  t.ok(error.count > 0);
});

t.test('the team keeps an owner', async (t) => {
  await failure(t, LastOwnerError, async (tx) => {
    const team = await tx.run(listTeamMembers, { first: 100 });
    const { id, version } = only(team.filter(({ role }) => role === 'owner'));
    return tx.run(changeMemberRole, { memberId: id, role: 'admin', expectedVersion: version });
  });
});

t.test('what cannot be changed any more, or come back', async (t) => {
  const firstOrder = async (tx: TenantTransaction, status: OrderStatus) =>
    only(await tx.run(listOrders, { statuses: [status], first: 1 }));
  const giveBack = async (tx: TenantTransaction, status: OrderStatus, quantity: number) => {
    const { id: orderId } = await firstOrder(tx, status);
    const [item] = await tx.run(getOrderWithItems, { orderId });
    const line = { orderItemId: item?.itemId ?? '', quantity, reason: 'defective' as const };
    return tx.run(requestReturn, {
      orderId,
      lines: [line],
      reason: 'defective',
      idempotencyKey: `${status}`,
    });
  };
  await failure(t, ImmutableError, async (tx) => {
    const { id: productId } = await firstProduct(tx);
    const { id, version } = await firstOrder(tx, 'pending');
    return tx.run(setOrderLine, { orderId: id, productId, quantity: 1, expectedVersion: version });
  });
  const early = await failure(t, ReturnNotAllowedError, (tx) => giveBack(tx, 'pending', 1));
  t.match(early, { field: 'orderId', status: 'pending', requested: null, returnable: null });
  const tooMany = await failure(t, ReturnNotAllowedError, (tx) => giveBack(tx, 'delivered', 1000));
  t.match(tooMany, { field: 'lines[0].quantity', status: null, requested: 1000, returnable: Number });
});

t.test('what the plan allows', async (t) => {
  await scene.installer.query('update commerce.subscription_plan set max_channels = 1');
  const { metric, limit, used } = await failure(t, LimitReachedError, (tx) =>
    tx.run(connectChannel, { channelType: 'whatsapp', name: 'One more', externalAccountId: 'one more' }),
  );
  t.match({ metric, limit, used }, { metric: 'channels', limit: 1, used: Number });
});

t.test('a customer who wrote too long ago gets templates only', async (t) => {
  const endsAt = new Date('2026-01-02T03:04:05.678Z');
  await scene.installer.query(
    'update commerce.conversation_thread set reply_window_ends_at = $1, last_inbound_at = $1, version = version',
    [endsAt],
  );
  const error = await failure(t, ReplyWindowClosedError, async (tx) => {
    const { id: threadId } = only(await tx.run(listThreads, { statuses: ['open'], first: 1 }));
    return tx.run(queueMessage, { threadId, message: 'Hello?', idempotencyKey: 'too late' });
  });
  t.same(error.replyWindowEndsAt, endsAt);
});

t.test('an invitation that is over', async (t) => {
  const { inviteId, token } = await db.withTenant(owner, (tx) =>
    tx.run(createTeamInvite, { role: 'viewer', email: 'late@shop.example' }),
  );
  await scene.installer.query(
    `update commerce.team_invites set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
      where id = $1`,
    [inviteId],
  );
  const late = { subject: 'late', email: 'late@shop.example' };
  await t.rejects(
    db.asPerson(late, (tx) => tx.run(acceptTeamInvite, { token })),
    { name: 'ExpiredError', field: 'token' },
  );
});

t.test('a merchant that is shut out', async (t) => {
  const { tenantId, owner } = await demoTenant(scene, 2);
  const tenant = await db.withTenant(owner, (tx) => tx.run(getTenant, {}));
  await db.asWorker((tx) =>
    tx.run(suspendTenant, { tenantId, reason: 'Unpaid', expectedVersion: tenant?.version ?? 0 }),
  );
  await failure(t, TenantRequiredError, firstProduct, owner);
});

t.test('all that is wrong with an input is reported at once, in words for a form', async (t) => {
  const row = await failure(t, InvalidInputError, (tx) =>
    tx.sql(
      `insert into api.products (seller_id, name, price, compare_at_price, low_stock_threshold, currency_code, product_type)
       select s.id, ' ', -1, -2, -3, 'NGN', 'virtual' from api.seller_profile as s order by s.id limit 1`,
    ),
  );
  t.equal(row.message, 'compareAtPrice must be above price');
  t.equal(row.constraint, 'products_compare_at_price_above_price');
  t.same(
    row.faults.map(({ field, message }) => [field, message]),
    [
      ['compareAtPrice', 'compareAtPrice must be above price'],
      ['lowStockThreshold', 'lowStockThreshold must not be negative'],
      ['name', 'name must have 1 to 200 characters, and not only invisible ones'],
      ['price', 'price must not be negative'],
      ['productType', 'productType must be one of physical, digital, service'],
    ],
  );
  const missing = await failure(t, InvalidInputError, (tx) =>
    tx.sql(`insert into api.products (price, product_type, tax_rate) values (1, 'virtual', 1)`),
  );
  t.same(
    missing.faults.map(({ message }) => message),
    [
      'sellerId is needed',
      'currencyCode is needed',
      'name is needed',
      'productType must be one of physical, digital, service',
      'taxRate must be from 0 to below 1',
    ],
  );
  const call = await failure(t, InvalidInputError, (tx) =>
    tx.run(createSeller, {
      businessName: '',
      slug: 'Not A Slug',
      email: 'nobody',
      phoneNumber: '0800',
      bio: 'x'.repeat(70_000),
    }),
  );
  t.equal(call.field, 'businessName');
  t.same(
    call.faults.map(({ message }) => message),
    [
      'businessName must not be empty',
      'slug must be lower-case letters, digits and single hyphens',
      'email must be an e-mail address',
      'phoneNumber must be in international form, such as +2348012345678',
      'bio must have at most 65536 characters and 64 KiB',
    ],
  );
  const forgotten = await failure(t, VersionRequiredError, (tx) =>
    tx.sql(`update api.products set name = 'Another' where id in (select id from api.products limit 1)`),
  );
  t.match(forgotten.hint, /^Add version = /);
  t.match(JSON.parse(JSON.stringify(forgotten)), { hint: forgotten.hint });
});

t.test('a value that cannot be what its parameter is names the parameter', async (t) => {
  for (const [orderId, expectedVersion, field] of [
    ['not-a-uuid', 1, 'orderId'],
    [unknown, 1.5, 'expectedVersion'],
    [unknown, 2 ** 40, 'expectedVersion'],
  ] as const) {
    const error = await failure(t, InvalidInputError, (tx) =>
      tx.run(confirmOrder, { orderId, expectedVersion }),
    );
    t.equal(error.field, field);
    t.equal(error.faults[0]?.field, field);
  }
  const search = (since: Date | string) =>
    failure(t, InvalidInputError, (tx) => tx.run(searchMessages, { query: 'x', first: 1, since }));
  for (const since of ['tomorrow', 'infinity', '0044-03-15 BC', '2026-02', new Date(Number.NaN)]) {
    t.equal((await search(since)).field, 'since', `${since}`);
  }
  const half = await failure(t, InvalidInputError, (tx) => newProduct(tx, { name: 'Half \ud83d' }));
  t.equal(half.field, 'name');
  const rounded = await failure(t, InvalidInputError, (tx) =>
    newProduct(tx, { price: 12_345_678_901_234.99 as unknown as string }),
  );
  t.equal(rounded.field, 'price');
  const inside = (given: object) =>
    failure(t, InvalidInputError, (tx) =>
      tx.run(placeOrderOfLines, {
        idempotencyKey: 'rounded',
        channel: 'web_chat',
        lines: [{ productId: unknown, quantity: 1, unitPrice: '1', taxRate: '0' }],
        expectedTotals: [{ currencyCode: 'USD', totalAmount: '1' }],
        ...given,
      }),
    );
  const line = { productId: unknown, quantity: 1, taxRate: '0' };
  for (const [given, field] of [
    [{ lines: [{ ...line, unitPrice: 12_345_678_901_234.99 }] }, 'lines[0].unitPrice'],
    [{ lines: [{ ...line, metadata: { ids: [1, 2 ** 53] } }] }, 'lines[0].metadata.ids[1]'],
    [{ expectedTotals: [{ currencyCode: 'USD', totalAmount: 1e21 }] }, 'expectedTotals[0].totalAmount'],
    [{ channelData: { share: 1 / 3 } }, 'channelData.share'],
    [{ channelData: { share: Number.NaN } }, 'channelData.share'],
  ] as const) {
    const refused = await inside(given);
    t.equal(refused.field, field);
    t.match(refused.message, `${field} `);
  }
  for (const businessName of ['\u200b\u2060', '\u202e \u3164']) {
    const blank = await failure(t, InvalidInputError, (tx) =>
      tx.run(createSeller, { businessName, slug: 'blank' }),
    );
    t.equal(blank.field, 'businessName');
  }
});

t.test('a conflict carries the row as it is now, as far as the caller may see it', async (t) => {
  const { id, version } = await db.withTenant(owner, (tx) => newProduct(tx, { name: 'Contested' }));
  const edit = (name: string) => (tx: TenantTransaction) =>
    tx.sql('update api.products set name = $2, version = $3 where id = $1', [id, name, version]);
  await db.withTenant(owner, edit('Mine'));
  const { present } = await failure(t, VersionConflictError, edit('Theirs'));
  t.match(present, { id, name: 'Mine', version: version + 1 });
  const [order] = await db.withTenant(owner, (tx) => tx.run(listOrders, { statuses: ['pending'], first: 1 }));
  const stale = await failure(t, VersionConflictError, (tx) =>
    tx.run(confirmOrder, { orderId: order?.id ?? '', expectedVersion: (order?.version ?? 0) + 1 }),
  );
  t.match(stale.present, { id: order?.id, version: order?.version, status: 'pending' });
});

t.test('a conflict over the numbers of a seller shows what of them is no secret', async (t) => {
  const seller = { tenantId, subject: 'a seller to be', role: 'member' as const };
  await scene.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.seller_profile (tenant_id, user_id, business_name, slug)
     select $1, id, 'To be', 'to-be' from person`,
    [tenantId, seller.subject],
  );
  const numbers = { countryCode: 'NG', idType: 'passport' } as const;
  const saved = await db.withTenant(seller, async (tx) => {
    await tx.run(startOnboarding, {});
    const { version } = await tx.run(saveKycInfo, numbers);
    return tx.run(saveKycInfo, { ...numbers, countryCode: 'GH', expectedVersion: version });
  });
  const stale = await failure(
    t,
    VersionConflictError,
    (tx) => tx.run(saveKycInfo, { ...numbers, expectedVersion: saved.version - 1 }),
    seller,
  );
  t.match(stale.present, { id: saved.id, version: saved.version, countryCode: 'GH', taxIdLastFour: null });
  t.notOk(Object.keys(stale.present ?? {}).some((name) => /^taxId(Hash)?$|RegistrationNumber/.test(name)));
});

t.test(
  'everything that is wrong with the parameters, and with the lines among them, is told at once',
  async (t) => {
    const wrong = await failure(t, InvalidInputError, (tx) =>
      tx.run(listOrders, { statuses: ['paid' as OrderStatus], from: 'tomorrow', term: '\ud83d', first: 1 }),
    );
    t.same(wrong.faults.map(({ field }) => field).sort(), ['from', 'statuses', 'term']);
    t.equal(wrong.field, wrong.faults[0]?.field);
    const missing = await failure(t, InvalidInputError, (tx) =>
      tx.run(createProduct, { price: 12345678901234.99 } as never),
    );
    t.same(missing.faults.map(({ field }) => field).sort(), ['currencyCode', 'name', 'price', 'sellerId']);
    const { id } = await db.withTenant(owner, firstProduct);
    const lines = [
      { productId: 'x', quantity: 0 },
      { productId: id, quantity: 1, metadata: [], unitPrice: 'much' },
      { productId: id, quantity: 1 },
      {},
      5,
    ];
    const basket = await failure(t, InvalidInputError, (tx) =>
      tx.run(placeOrderOfLines, {
        idempotencyKey: 'wrong lines',
        channel: 'whatsapp',
        expectedTotals: [{ currencyCode: 'NGN', totalAmount: '1' }],
        lines: lines as never,
      }),
    );
    t.same(
      basket.faults.map(({ field }) => field),
      [
        'lines[0].productId',
        'lines[0].quantity',
        'lines[1].metadata',
        'lines[1].unitPrice',
        'lines[3].productId',
        'lines[3].quantity',
        'lines[4]',
      ],
    );
  },
);

t.test('what is wrong in several lists and texts of one call comes at once', async (t) => {
  const error = await failure(t, InvalidInputError, (tx) =>
    tx.run(placeOrderOfLines, {
      idempotencyKey: 'all wrong',
      channel: 'whatsapp',
      lines: [{ productId: 'nonsense', quantity: 0 }] as never,
      addresses: [
        {
          kind: 'home',
          recipientName: 'Ada',
          streetAddress: '1 Broad Street',
          country: 'Nigeria',
          latitude: '91',
        },
      ] as never,
      expectedTotals: [{ currencyCode: ' ', totalAmount: '-1' }],
      buyerNote: 'x'.repeat(65_537),
    }),
  );
  t.same(
    error.faults.map(({ field }) => field),
    [
      'lines[0].productId',
      'lines[0].quantity',
      'addresses[0].kind',
      'addresses[0].city',
      'addresses[0].country',
      'addresses[0].latitude',
      'buyerNote',
      'expectedTotals[0].currencyCode',
      'expectedTotals[0].totalAmount',
    ],
  );
});

t.test('who the caller is said to be is named as well', async (t) => {
  const asked = (identity: object) => db.withTenant({ ...owner, ...identity } as never, firstProduct);
  const refused = (field: string) => ({ code: 'INVALID_INPUT', field, faults: [{ field }] });
  await t.rejects(asked({ tenantId: 'x' }), refused('tenantId'));
  await t.rejects(asked({ userId: 'x', subject: undefined }), refused('userId'));
  await t.rejects(asked({ role: 'king' }), refused('role'));
  await t.rejects(db.asAnonymous('nobody.example', firstProduct), { code: 'NOT_FOUND', field: 'host' });
  const { createDatabase } = await import('../../src/index.ts');
  const { DATABASE_API_URL, DATABASE_AUTH_URL, DATABASE_PLATFORM_URL } = scene.urls;
  const office = createDatabase({
    connectionString: DATABASE_API_URL,
    authConnectionString: DATABASE_AUTH_URL,
    platformConnectionString: DATABASE_PLATFORM_URL,
  });
  t.teardown(() => office.close());
  await t.rejects(
    office.asPlatform({ adminId: 'x', tenantId, reason: 'a test looks', reading: 'a product' }, firstProduct),
    refused('adminId'),
  );
  t.equal(
    (
      await failure(t, VersionRequiredError, (tx) =>
        tx.sql(`update api.products set name = 'Unread' where tenant_id = $1`, [tenantId]),
      )
    ).field,
    'version',
  );
});

t.test('a row to change that is not there is named by its parameter', async (t) => {
  for (const [query, field] of [
    [updateProduct, 'productId'],
    [updateCustomer, 'customerId'],
    [updateDiscount, 'discountId'],
  ] as const) {
    const error = await failure(t, NotFoundError, (tx) =>
      tx.run(
        query as typeof updateProduct,
        { [field]: unknown, expectedVersion: 1, isActive: true } as never,
      ),
    );
    t.equal(error.field, field);
  }
});

t.test('a login that is for something else is refused as one that may not connect', async (t) => {
  const { DATABASE_API_URL: api, DATABASE_AUTH_URL: auth, DATABASE_WORKER_URL: worker } = scene.urls;
  for (const [connectionString, authConnectionString] of [
    [auth, auth],
    [worker, auth],
    [api, api],
    [api, worker],
  ] as const) {
    const { createDatabase } = await import('../../src/index.ts');
    const other = createDatabase({ connectionString, authConnectionString });
    t.teardown(() => other.close());
    await t.rejects(other.withTenant(owner, firstProduct), { code: 'UNAVAILABLE', reason: 'LOGIN_REFUSED' });
    await t.rejects(
      other.withTenant(owner, async () => {}),
      { code: 'UNAVAILABLE', reason: 'LOGIN_REFUSED' },
      'also without a query',
    );
  }
});

t.test('a login that is refused is reported as our fault', async (t) => {
  const { createDatabase } = await import('../../src/index.ts');
  const url = new URL(scene.urls.DATABASE_API_URL);
  url.pathname = '/no_such_database';
  const other = createDatabase({ connectionString: url.href, authConnectionString: url.href });
  t.teardown(() => other.close());
  await t.rejects(other.withTenant(owner, firstProduct), { code: 'UNAVAILABLE', reason: 'LOGIN_REFUSED' });
});

t.test('every code has its class, and PostgreSQL’s own give no value away', async (t) => {
  const secret = '{"value": "secret of the shop"}';
  for (const [sqlState, { code, httpStatus, reason }] of Object.entries(errorTable)) {
    const raised = `do $$ begin
        raise exception using errcode = '${sqlState}', message = '${secret}', detail = '${secret}', hint = '${secret}',
                              constraint = 'a_rule', column = 'a_column';
      end $$`;
    const error: unknown = await db.asWorker((tx) => tx.sql(raised)).catch((reason: unknown) => reason);
    if (!(error instanceof CommerceError)) throw error;
    const name = `${code.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase())}Error`;
    t.match({ ...error, name: error.name }, { name, code, sqlState, httpStatus });
    t.equal(
      error.constructor,
      Object.entries(errors).find(([each]) => each === name)?.[1],
      `${name} is exported`,
    );
    if (sqlState.startsWith('SC')) {
      const faults = [{ field: null, message: error.message }];
      t.same(error.details, { ...JSON.parse(secret), ...(code === 'INVALID_INPUT' && { faults }) });
    } else {
      const faults = [{ field: 'aColumn', constraint: 'a_rule', message: error.message }];
      t.same(error.details, {
        constraint: 'a_rule',
        field: 'aColumn',
        ...(reason && { reason }),
        ...(code === 'INVALID_INPUT' && { faults }),
      });
      t.notMatch(JSON.stringify([error, error.message]), 'secret');
    }
  }
  const { rows } = await scene.installer.query<{ codes: string[] }>(
    `select distinct regexp_matches(prosrc, 'errcode = ''(SC[A-Z]{3})''', 'g') as codes from pg_proc`,
  );
  t.ok(rows.length > 15, `${rows.length} codes are raised`);
  t.same(
    rows.filter(({ codes: [code = ''] }) => !(code in errorTable)),
    [],
  );
});

t.test('every detail that a function sends is typed', async (t) => {
  const { rows } = await scene.installer.query<{ name: string; source: string }>(
    `select proname as name, prosrc as source
       from pg_proc
      where pronamespace in ('api'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)`,
  );
  const raised = /errcode = '(SC[A-Z]{3})',[^;]*?detail = json_build_object\(([^;]*?)\)::text/g;
  const details = rows.flatMap(({ name, source }) =>
    [...source.matchAll(raised)].flatMap(([, sqlState = '', args = '']) =>
      args
        .split(/,(?![^(]*\))/)
        .filter((_, index) => index % 2 === 0)
        .map((key) => ({ name, sqlState, key: key.trim().slice(1, -1) })),
    ),
  );
  t.ok(details.length > 100, `${details.length} details`);
  for (const { name, sqlState, key } of details) {
    const getter =
      key === 'lines'
        ? sqlState === 'SCPRC'
          ? 'changedPrices'
          : 'shortLines'
        : key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
    t.ok(getter in commerceError(sqlState as 'SCVAL', ''), `${name}: ${sqlState} ${key}`);
  }
});

t.test('an onboarding without its documents', async (t) => {
  const seller = { tenantId, role: 'member' as const, subject: 'a new seller' };
  await scene.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.seller_profile (tenant_id, user_id, business_name, slug)
     select $1, id, 'New seller', 'new-seller' from person`,
    [tenantId, seller.subject],
  );
  const submit = async (tx: TenantTransaction) => {
    const { version } = await tx.run(startOnboarding, {});
    return tx.run(submitOnboarding, { expectedVersion: version });
  };
  const { field, missing, status } = await failure(t, InvalidInputError, submit, seller);
  t.match(
    { field, missing, status },
    { field: 'documents', missing: ['identity'], status: ['pending', 'verified'] },
  );
});

t.test('what has no code of ours is thrown as the driver threw it', async (t) => {
  await t.rejects(
    db.withTenant(owner, (tx) => tx.sql('select nonsense')),
    { name: 'error', code: '42703' },
  );
});

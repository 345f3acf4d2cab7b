import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'postgraphile/graphql';
import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** What a normalised cache relies on: an id is of one thing, and one thing has one id. */
const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const objects = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith('__'),
);
const { db, server, ours, theirs } = await setStage(t);

type Row = { __typename: string; id: string; rowId?: string };

/** Every list of rows of the root, and its rows as their owner sees them. */
const rows: Row[] = [];
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name, type }) => {
  const page = getNamedType(type);
  const nodes = isObjectType(page) && page.name.endsWith('Connection') ? page.getFields().nodes : undefined;
  const row = nodes && getNamedType(nodes.type);
  return isObjectType(row) ? [{ name, row }] : [];
});
for (const { name, row } of lists) {
  const rowId = row.getFields().rowId ? 'rowId' : '';
  const { data, errors } = await ours.ask(`{ ${name}(first: 60) { nodes { __typename id ${rowId} } } }`);
  if (errors === undefined) rows.push(...data[name].nodes);
}

t.test('an id is of one row, whatever list shows it, and node() finds it', async (t) => {
  t.ok(rows.length > 300, `${rows.length} rows`);
  t.equal(
    new Set(rows.map(({ id }) => id)).size,
    rows.length,
    'no two rows of a list, and no two lists, share one',
  );
  const types = new Map<string, Row>(rows.map((row) => [row.__typename, row]));
  t.ok(types.size > 25, [...types.keys()].join(' '));
  for (const { __typename, id } of types.values()) {
    const { data } = await ours.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
    t.same(data, { node: { __typename, id } }, id);
  }
});

t.test('rows of one table have one type', async (t) => {
  const { rows: views } = await db.installer.query<{ view: string; table: string }>(
    `select distinct v.relname as view, t.relname as "table"
       from pg_class as v
       join pg_rewrite as r on r.ev_class = v.oid
       join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refobjsubid > 0
       join pg_class as t on t.oid = d.refobjid and t.relnamespace = 'commerce'::regnamespace
      where v.relnamespace = 'api'::regnamespace`,
  );
  t.ok(views.length > 40);
  const typesOf = new Map<string, Set<string>>();
  for (const { __typename, rowId } of rows) {
    if (rowId !== undefined) typesOf.set(rowId, (typesOf.get(rowId) ?? new Set()).add(__typename));
  }
  const shared = [
    ...new Set(
      [...typesOf.values()].filter(({ size }) => size > 1).map((names) => [...names].sort().join(' ')),
    ),
  ];
  // A customer who buys is two rows of two tables: who wrote to the shop, and the profile that he made himself.
  t.same(shared, ['BuyerProfile Customer']);
});

t.test(
  'a person pastes a UUID; the id of another type is refused, one of another tenant is not found',
  async (t) => {
    const order = rows.find(({ __typename }) => __typename === 'Order');
    const customer = rows.find(({ __typename }) => __typename === 'Customer');
    const find = (id?: string) => ours.ask('query ($id: ID!) { order(id: $id) { id rowId } }', { id });
    const found = { order: { id: order?.id, rowId: order?.rowId } };
    t.same((await find(order?.id)).data, found);
    t.same((await find(order?.rowId)).data, found);
    for (const id of [customer?.id, 'Order|', 'Order|x', 'x', '', `Order|${order?.rowId}|`]) {
      const refused = await find(id);
      t.equal(codeOf(refused), 'INVALID_INPUT', `${id}`);
      t.equal(refused.errors?.[0]?.extensions.field, 'id');
    }
    const foreign = await theirs.ask('query ($id: ID!) { order(id: $id) { id } node(id: $id) { id } }', {
      id: order?.id,
    });
    t.same([foreign.data, foreign.errors], [{ order: null, node: null }, undefined]);
    t.same((await ours.ask('{ currency(id: "JPY") { id code } }')).data, {
      currency: { id: 'Currency|JPY', code: 'JPY' },
    });
  },
);

t.test('what a mutation returns is the row that the lists show', async (t) => {
  const pending = await ours.ask(
    '{ orders(first: 1, condition: { status: pending, isOpen: true }) { nodes { id rowId version __typename } } }',
  );
  const [{ id, rowId, version, __typename }] = pending.data.orders.nodes;
  const confirm = `mutation ($id: UUID!, $version: Int!) {
    confirmOrder(input: { orderId: $id, expectedVersion: $version }) { order { __typename id status } }
  }`;
  const { data } = await ours.ask(confirm, { id: rowId, version });
  t.same(data.confirmOrder.order, { __typename, id, status: 'confirmed' });
});

t.test('selections are conditions of the list', async (t) => {
  const { data } = await ours.ask(`{
    open: orders(condition: { isOpen: true }) { nodes { status } }
    over: orders(condition: { isOpen: false }) { nodes { status } }
    inbox: conversationThreads(condition: { isOpen: true }) { nodes { status } }
    low: products(condition: { isLowStock: true }) { nodes { isActive inventoryCount lowStockThreshold } }
    waiting: sellerOnboardings(condition: { isWaiting: true }) { nodes { onboardingStatus pendingDocuments } }
  }`);
  type Status = { status: string };
  const open = ['pending', 'confirmed', 'processing', 'shipped'];
  t.ok(data.open.nodes.length > 0 && data.over.nodes.length > 0);
  t.ok(data.open.nodes.every(({ status }: Status) => open.includes(status)));
  t.notOk(data.over.nodes.some(({ status }: Status) => open.includes(status)));
  t.ok(data.inbox.nodes.length > 0 && data.inbox.nodes.every(({ status }: Status) => status !== 'closed'));
  await db.installer.query(
    'update commerce.products set low_stock_threshold = null, version = version where id = $1',
    [rows.find(({ __typename }) => __typename === 'Product')?.rowId],
  );
  const { data: all, errors } = await ours.ask('{ products(first: 60) { nodes { isLowStock } } }');
  t.same(errors, undefined, 'a product without a threshold is not low');
  t.ok(
    all.products.nodes.every(({ isLowStock }: { isLowStock: unknown }) => typeof isLowStock === 'boolean'),
  );
  for (const { isActive, inventoryCount, lowStockThreshold } of data.low.nodes) {
    t.ok(isActive && inventoryCount <= lowStockThreshold);
  }
  for (const { onboardingStatus, pendingDocuments } of data.waiting.nodes) {
    t.match(
      onboardingStatus,
      pendingDocuments > 0 ? /^(submitted|in_review|approved)$/ : /^(submitted|in_review)$/,
    );
  }
});

t.test('an amount has the digits of its currency', async (t) => {
  const { data: sellers } = await ours.ask('{ sellerProfiles(first: 1) { nodes { rowId } } }');
  const create = `mutation ($product: ProductInput!) {
    createProduct(input: { product: $product }) {
      product { price compareAtPrice compareAtPriceMoney { amount } priceMoney { amount currencyCode minorUnit } }
    }
  }`;
  const sellerId = sellers.sellerProfiles.nodes[0].rowId;
  for (const [currencyCode, minorUnit, amount] of [
    ['JPY', 0, '2500'],
    ['USD', 2, '2500.00'],
    ['KWD', 3, '2500.000'],
  ]) {
    const product = { sellerId, name: `In ${currencyCode}`, currencyCode, price: '2500' };
    const { data, errors } = await ours.ask(create, { product });
    t.same(errors, undefined);
    t.same(data.createProduct.product, {
      price: amount,
      compareAtPrice: null,
      compareAtPriceMoney: null,
      priceMoney: { amount, currencyCode, minorUnit },
    });
  }
  const { tenantId } = ours;
  const visitor = client(
    server.url,
    bearer(await signToken({ role: 'anonymous', tenantId }, jwtSecret, '1h')),
  );
  const { data, errors } = await visitor('{ products(first: 3) { nodes { price priceMoney { amount } } } }');
  t.same(errors, undefined, 'a visitor sees prices');
  for (const { price, priceMoney } of data.products.nodes) t.equal(price, priceMoney.amount);
});

t.test('a column that the caller may not read is null alone, and its error says who may', async (t) => {
  const card = `query ($id: ID!) {
    product(id: $id) { ...Card }
    products(first: 2) { nodes { ...Card } }
  }
  fragment Card on Product { name priceMoney { amount } inventoryCount metadata seller { businessName } }`;
  const { tenantId } = ours;
  const visitor = client(
    server.url,
    bearer(await signToken({ role: 'anonymous', tenantId }, jwtSecret, '1h')),
  );
  const { data: shown } = await visitor('{ products(first: 1) { nodes { id } } }');
  const [{ id }] = shown.products.nodes;
  const before = await ours.ask(card, { id });
  t.same(before.errors, undefined);
  const { data, errors = [] } = await visitor(card, { id });
  const mine = { ...before.data.product, inventoryCount: null, metadata: null };
  t.same(data.product, mine, 'all but what is for the team');
  t.same(data.products.nodes.length, 2);
  t.same(
    errors
      .map(({ path, extensions }) => [
        path?.join('.'),
        extensions.code,
        extensions.field,
        extensions.permission,
      ])
      .sort(),
    ['product', 'products.nodes.0', 'products.nodes.1'].flatMap((row) => [
      [`${row}.inventoryCount`, 'FORBIDDEN', 'inventoryCount', 'member'],
      [`${row}.metadata`, 'FORBIDDEN', 'metadata', 'member'],
    ]),
  );
  t.same(await ours.ask(card, { id }), before, 'the same operation has a plan for each role');
});

t.test('whatever a row leads to, nothing but that is hidden with it', async (t) => {
  const { tenantId } = ours;
  const tokenOf = (claims: object) => signToken({ tenantId, ...claims } as never, jwtSecret, '1h');
  const outsiders = [
    { role: 'anonymous', ask: client(server.url, bearer(await tokenOf({ role: 'anonymous' }))) },
    {
      role: 'buyer',
      ask: client(server.url, bearer(await tokenOf({ role: 'buyer', subject: 'demo-buyer-1' }))),
    },
  ];
  const wrong: unknown[] = [];
  let hidden = 0;
  for (const { role, ask } of outsiders) {
    for (const { name, row } of lists) {
      const first = await ask(`{ ${name}(first: 1) { nodes { __typename } } }`);
      if (first.errors !== undefined || first.data[name].nodes.length === 0) continue;
      const relations = Object.values(row.getFields()).filter(
        (field) =>
          isObjectType(getNamedType(field.type)) && !field.args.some(({ type }) => isNonNullType(type)),
      );
      for (const { name: field, type } of relations) {
        const page = getNamedType(type).name.endsWith('Connection') ? '(first: 2)' : '';
        const { data, errors = [] } = await ask(
          `{ ${name}(first: 1) { nodes { __typename ${field}${page} { __typename } } } }`,
        );
        hidden += errors.length;
        const isAlone =
          data?.[name]?.nodes.length === 1 &&
          errors.every(
            ({ path, extensions }) =>
              `${path}` === `${name},nodes,0,${field}` &&
              extensions.code === 'FORBIDDEN' &&
              extensions.field === field &&
              /^(member|buyer|member or buyer)$/.test(`${extensions.permission}`),
          );
        if (!isAlone) wrong.push([role, name, field, errors]);
      }
    }
  }
  t.ok(hidden > 20, `${hidden} fields are hidden from outsiders`);
  t.same(wrong, []);
  const visitor = outsiders[0]?.ask as typeof ours.ask;
  const nested = await visitor(`{
    me { role customer { id } }
    products(first: 1) { nodes { name orderItems(first: 1) { nodes { id } } seller { user { id } products { nodes { reservedCount } } } } }
  }`);
  t.match(nested.data, {
    me: { role: 'anonymous', customer: null },
    products: {
      nodes: [
        {
          name: String,
          orderItems: null,
          seller: { user: null, products: { nodes: [{ reservedCount: null }] } },
        },
      ],
    },
  });
});

t.test('whoever may not have a field of the root learns who may', async (t) => {
  const { tenantId } = ours;
  const tokenOf = (claims: object) => signToken({ tenantId, ...claims } as never, jwtSecret, '1h');
  const values: Record<string, string> = { Int: '1', Date: '"2026-01-01"', String: '"Ann"' };
  const argumentOf = (type: GraphQLInputType): string => {
    const named = getNamedType(type);
    const value = isEnumType(named) ? named.getValues()[0]?.name : values[named.name];
    return isListType(getNullableType(type)) ? `[${value ?? id}]` : (value ?? id);
  };
  const id = '"00000000-0000-4000-8000-000000000000"';
  for (const claims of [{ role: 'anonymous' }, { role: 'buyer', subject: 'demo-buyer-1' }]) {
    const ask = client(server.url, bearer(await tokenOf(claims)));
    let refused = 0;
    for (const { name, args, type } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      const needed = args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${argumentOf(arg.type)}`);
      const { errors = [] } = await ask(
        `{ ${name}${needed.length > 0 ? `(${needed})` : ''} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`,
      );
      for (const { extensions, message } of errors) {
        if (extensions.code !== 'FORBIDDEN') continue;
        refused += 1;
        const isNamed =
          /^(member|buyer|member or buyer)$/.test(`${extensions.permission}`) && extensions.field === name;
        t.ok(isNamed || `${extensions.permission}`.includes('.'), `${claims.role}: ${name}: ${message}`);
      }
    }
    t.ok(refused > 20, `${refused} fields are not for a ${claims.role}`);
  }
});

t.test('generated types have names of their own, and what succeeds is there', async (t) => {
  const names = new Map<string, string[]>();
  for (const type of objects) {
    if (!isObjectType(type)) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      const key = `${type.name}${name}Args`.toLowerCase();
      if (args.length > 0) names.set(key, [...(names.get(key) ?? []), `${type.name}.${name}`]);
    }
  }
  t.same(
    [...names.values()].filter(({ length }) => length > 1),
    [],
  );
  const nullable = objects.flatMap((type) =>
    isObjectType(type) && /Payload$/.test(type.name)
      ? Object.values(type.getFields())
          .filter((field) => !isNonNullType(field.type))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  t.same(nullable, []);
  const withoutInput = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
    ({ args }) => `${args.map(({ name }) => name)}` !== 'input',
  );
  t.same(
    withoutInput.map(({ name }) => name),
    [],
  );
});

t.test('me tells whose session it is, and what it may do', async (t) => {
  const ask =
    '{ me { role teamRole permissions tenantId userId customerId customer { rowId displayName } user { rowId } } }';
  const { me } = (await ours.ask(ask)).data;
  t.match(me, {
    role: 'member',
    teamRole: 'owner',
    tenantId: ours.tenantId,
    customer: null,
    customerId: null,
  });
  t.ok(me.permissions.includes('orders.read'));
  t.equal(me.user.rowId, me.userId);

  const { rows: shoppers } = await db.installer.query<{ id: string; subject: string }>(
    `select b.id, u.auth_subject as subject
       from commerce.buyer_profile as b join commerce.users as u on u.id = b.user_id
      where b.tenant_id = $1 and u.auth_subject is not null limit 1`,
    [ours.tenantId],
  );
  const [shopper] = shoppers;
  const { tenantId } = ours;
  const tokenOf = (claims: object) => signToken({ tenantId, ...claims } as never, jwtSecret, '1h');
  const buyer = client(server.url, bearer(await tokenOf({ role: 'buyer', subject: shopper?.subject })));
  t.match((await buyer(ask)).data.me, {
    role: 'buyer',
    teamRole: null,
    customerId: shopper?.id,
    customer: { rowId: shopper?.id },
  });
  const visitor = client(server.url, bearer(await tokenOf({ role: 'anonymous' })));
  t.match((await visitor('{ me { role teamRole permissions tenantId userId customerId } }')).data.me, {
    role: 'anonymous',
    teamRole: null,
    permissions: [],
    tenantId,
    userId: null,
    customerId: null,
  });
});

t.test('all that is wrong with an input, and what the row is now, reach the caller', async (t) => {
  const { data } = await ours.ask('{ products(first: 1) { nodes { rowId version sellerId name } } }');
  const [{ rowId, version, sellerId }] = data.products.nodes;
  const edit = `mutation ($id: UUID!, $patch: ProductPatch!) {
    updateProduct(input: { rowId: $id, patch: $patch }) { product { version } }
  }`;
  const bad = await ours.ask(edit, {
    id: rowId,
    patch: { version, name: ' ', price: '-1', compareAtPrice: '-2' },
  });
  t.match(bad.errors?.[0], {
    message: 'compareAtPrice must be above price',
    extensions: {
      code: 'INVALID_INPUT',
      field: 'compareAtPrice',
      faults: [
        { field: 'compareAtPrice', message: 'compareAtPrice must be above price' },
        { field: 'name' },
        { field: 'price', message: 'price must not be negative' },
      ],
    },
  });
  t.notMatch(JSON.stringify(bad.errors), 'products_', 'no constraint is named');
  const stale = await ours.ask(edit, { id: rowId, patch: { version: version + 7, name: 'Stale' } });
  t.match(stale.errors?.[0]?.extensions, {
    code: 'VERSION_CONFLICT',
    present: { rowId, version, sellerId },
    hint: /Read the row again/,
  });
  for (const [variables, field] of [
    [{ id: 'not-a-uuid', patch: { version } }, 'id'],
    [{ id: rowId, patch: { version: 1.5 } }, 'patch.version'],
    [{ id: rowId, patch: { version, publishedAt: 'tomorrow' } }, 'patch.publishedAt'],
    [{ id: rowId, patch: { version, publishedAt: 'infinity' } }, 'patch.publishedAt'],
    [{ id: rowId, patch: { version, price: 12_345_678_901_234.99 } }, 'patch.price'],
    [
      { id: rowId, patch: { version, metadata: { box: { prices: [1, 12_345_678_901_234.99] } } } },
      'patch.metadata',
    ],
    [{ id: rowId, patch: { version, metadata: { id: 2 ** 53 } } }, 'patch.metadata'],
  ] as const) {
    const { errors } = await ours.ask(edit, variables);
    t.match(
      errors?.[0]?.extensions,
      { code: 'INVALID_QUERY', field: field.replace('patch.', '') },
      `${errors?.[0]?.message}`,
    );
  }
  for (const number of ['12345678901234.995', '9007199254740993', '1e400']) {
    const literal = await ours.ask(
      `mutation { updateProduct(input: {
        rowId: "${rowId}", patch: { version: ${version}, metadata: { box: [${number}] } }
      }) { product { version } } }`,
    );
    t.equal(codeOf(literal), 'INVALID_QUERY', number);
    t.equal(literal.errors?.[0]?.extensions.field, 'patch.metadata.box[0]', number);
  }
  const metadata = { whole: 2 ** 53 - 1, price: 0.123456789012345, small: 1.5e-7 };
  const kept = await ours.ask(edit.replace('version }', 'metadata }'), {
    id: rowId,
    patch: { version, metadata },
  });
  t.same(kept.data?.updateProduct.product.metadata, metadata, 'what a number keeps is kept');
  t.equal(
    codeOf(await ours.ask(edit, { id: rowId, patch: { version, name: 'Half \ud83d' } })),
    'INVALID_INPUT',
  );
});

t.test(
  'a value that a newer release has added to a closed set does not take the other rows away',
  async (t) => {
    const ask = '{ products(first: 60) { nodes { rowId productType } } }';
    const before = (await ours.ask(ask)).data.products.nodes;
    await db.installer.query(`
    begin;
    alter table commerce.products drop constraint products_product_type_set, disable trigger user;
    update commerce.products set product_type = 'bundle' where id = '${before[0].rowId}';
    alter table commerce.products enable trigger user;
    commit`);
    const { data, errors } = await ours.ask(ask);
    t.same(errors, undefined);
    t.same(data.products.nodes, [{ ...before[0], productType: 'bundle' }, ...before.slice(1)]);
  },
);

t.test('a mutation that is not for the caller names whose it is, and changes nothing', async (t) => {
  const as = async (role: 'buyer' | 'member', subject: string) =>
    client(server.url, bearer(await signToken({ role, tenantId: ours.tenantId, subject }, jwtSecret, '1h')));
  const { data } = await ours.ask(
    '{ orders(first: 1, condition: { status: pending }) { nodes { rowId version } } }',
  );
  const [{ rowId, version }] = data.orders.nodes;
  const confirm = `mutation {
    confirmOrder(input: { orderId: "${rowId}", expectedVersion: ${version} }) { order { status } }
  }`;
  const refused = await (await as('buyer', 'demo-buyer-1'))(confirm);
  t.strictSame(refused.data, { confirmOrder: null });
  t.match(refused.errors, [
    {
      message: 'confirmOrder is for a member only',
      path: ['confirmOrder'],
      extensions: { code: 'FORBIDDEN', field: 'confirmOrder', permission: 'member' },
    },
  ]);
  const viewer = await (await as('member', 'demo-viewer-1'))(confirm);
  t.match(viewer.errors, [{ extensions: { code: 'FORBIDDEN', permission: 'orders.manage' } }]);
  t.equal((await ours.ask(confirm)).data?.confirmOrder.order.status, 'confirmed');
});

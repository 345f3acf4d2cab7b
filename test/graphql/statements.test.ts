import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { sql } from 'postgraphile/pg-sql2';
import t from 'tap';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { type Answer, setStage } from './support.ts';

/** How many statements an operation costs: however many rows there are, at most one a level. */
const { db, ours, theirs } = await setStage(t);
await seedDemo({ connectionString: db.urls.DATABASE_WORKER_URL, scale: 2 });

/** The statements that read rows while the work is done; the server's connections are of this process. */
async function statementsOf<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function record(this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }];
    const text = typeof first === 'string' ? first : first.text;
    // A bare select only asks whether the server is still there.
    if (!/^\s*(begin|commit|rollback|savepoint|release|set |select$)|set_config/i.test(text))
      statements.push(text);
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = query;
  }
}

/** How many rows each list has that a path of names leads to: `['orders', 'items']`. */
function sizes(data: unknown, [name, ...path]: string[]): number[] {
  if (name === undefined) return [];
  const holders = Array.isArray(data) ? data : [data];
  return holders.flatMap((holder) => {
    const rows = holder[name].nodes ?? holder[name];
    return path.length === 0 ? [rows.length] : sizes(rows, path);
  });
}

const orderFields = `
  id
  orderNumber
  timeline { kind status }
  seller { businessName }
  items(first: 3) { nodes { quantity product { name isAvailable seller { slug } complaints(first: 2) { nodes { status } } } } }
  payments(first: 2) { nodes { amount verifiedBy { displayName } order { refunds(first: 2) { nodes { amount } } } } }`;

t.test('a query, with several rows on each of its levels', async (t) => {
  await ours.ask('{ __typename }'); // opens the session
  const { result, statements } = await statementsOf(() =>
    ours.ask(`{
      customers(first: 10) {
        nodes {
          displayName
          conversationThreads(first: 3) { nodes { lastMessage { text } channel { name } messages(first: 3) { nodes { text } } } }
          orders(first: 5) { nodes { ${orderFields} } }
        }
      }
    }`),
  );
  t.equal(result.errors, undefined);
  for (const path of [
    ['customers'],
    ['customers', 'orders'],
    ['customers', 'orders', 'items'],
    ['customers', 'orders', 'timeline'],
  ]) {
    t.ok(Math.max(...sizes(result.data, path)) > 1, `several rows of ${path.join('.')}`);
  }
  t.equal(statements.length, 1, statements.join('\n'));
});

t.test('a row by its key is asked for by the same statement, whichever it is', async (t) => {
  const { data } = await ours.ask('{ products(first: 3) { nodes { id name } } }');
  const texts = new Set<string>();
  for (const { id, name } of data.products.nodes) {
    const { result, statements } = await statementsOf(() =>
      ours.ask('query ($id: ID!) { product(id: $id) { name } }', { id }),
    );
    t.same(result.data, { product: { name } });
    t.equal(statements.length, 1);
    texts.add(statements[0] ?? '');
  }
  t.equal(texts.size, 1);
  const none = await ours.ask('query ($id: ID!) { product(id: $id) { name } }', { id: randomUUID() });
  t.same(none.data, { product: null });
});

/** How many statements PostGraphile writes while the work is done. */
async function writtenBy(work: () => Promise<unknown>): Promise<number> {
  let written = 0;
  const { compile } = sql;
  sql.compile = (...args: Parameters<typeof compile>) => {
    written += 1;
    return compile(...args);
  };
  try {
    await work();
    return written;
  } finally {
    sql.compile = compile;
  }
}

const pages = `query ($first: Int, $after: Cursor, $offset: Int, $active: Boolean, $order: [ProductOrderBy!], $id: ID!) {
  products(first: $first, after: $after, offset: $offset, condition: { isActive: $active }, orderBy: $order) {
    nodes { id name orderItems(first: $first) { nodes { quantity } pageInfo { hasNextPage } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
  product(id: $id) { name complaints(first: $first) { nodes { status } } }
  searchProducts(first: $first) { name }
}`;

t.test('a statement that is kept answers as one that is written for the request', async (t) => {
  const idsOf = ({ products }: Answer['data']): string[] =>
    products.nodes.map(({ id }: { id: string }) => id);
  const { data: all } = await ours.ask('{ products(first: 100) { nodes { id } } }');
  const ids = idsOf(all);
  const { data: page } = await ours.ask('{ products(first: 9) { pageInfo { endCursor } } }');
  const changes: Record<string, unknown>[] = [
    {},
    { first: 2 },
    { first: 0 },
    { first: 2, after: page.products.pageInfo.endCursor },
    { first: 2, offset: 3 },
    { first: 100 },
    { active: true },
    { active: false },
    { active: null },
    { order: ['ID_DESC'] },
    { order: ['ID_DESC'], active: true, first: 1 },
    { id: ids[1] },
  ];
  const asked = changes.map((change) => ({ first: 3, id: ids[0], ...change }));
  let fresh = 0;
  for (const variables of [...asked, ...asked.toReversed()]) {
    for (const { ask } of [ours, theirs]) {
      fresh += 1;
      const [kept, written] = [await ask(pages, variables), await ask(`${pages} # ${fresh}`, variables)];
      t.same(kept.data, written.data, JSON.stringify(variables));
      t.ok(kept.data?.products.nodes.length <= variables.first);
      t.same(kept.errors, written.errors);
    }
  }
  for (const first of [ids.length - 1, ids.length]) {
    for (const _ of ['written', 'kept']) {
      const { data } = await ours.ask(pages, { first, id: ids[0] });
      t.same(idsOf(data), ids.slice(0, first));
      t.equal(data.products.pageInfo.hasNextPage, first < ids.length);
    }
  }
  for (const variables of asked.filter(({ first }) => first > 0)) {
    await ours.ask(pages, variables);
    t.equal(await writtenBy(() => ours.ask(pages, variables)), 0, 'none is written again');
  }
  t.equal(await writtenBy(() => ours.ask(pages, { first: 3, id: ids[2] })), 0, 'nor for another row');
  t.ok((await writtenBy(() => ours.ask(pages, { first: 4, id: ids[0] }))) > 0, 'but for another page');
});

t.test('what is refused is refused again', async (t) => {
  const after = Buffer.from('["of another list",1]').toString('base64');
  const { errors: first } = await ours.ask(pages, { first: 3, id: '', after });
  const { errors: second } = await ours.ask(pages, { first: 3, id: '', after });
  t.ok(first?.length);
  t.same(second, first);
});

/** How the statements that are sent while the work is done are planned, as they leave for the database. */
async function planModesOf(work: () => Promise<unknown>): Promise<unknown[]> {
  const modes: unknown[] = [];
  const wire = pg.Connection.prototype as unknown as { bind(message: { values?: unknown[] }): void };
  const { bind } = wire;
  wire.bind = function record(message) {
    const { values = [] } = message;
    const place = values.indexOf('plan_cache_mode');
    if (place >= 0) modes.push(values[place + 1]);
    Reflect.apply(bind, this, [message]);
  };
  try {
    await work();
    return modes;
  } finally {
    wire.bind = bind;
  }
}

t.test('a list with a condition is planned for its values, and any other statement once', async (t) => {
  const list = 'query ($is: Boolean) { products(first: 1, condition: { isActive: $is }) { nodes { id } } }';
  const { data } = await ours.ask(list, { is: true });
  const [{ id }] = data.products.nodes;
  t.same(await planModesOf(() => ours.ask(list, { is: true })), ['force_custom_plan']);
  t.same(await planModesOf(() => ours.ask(list)), ['auto'], 'a condition that is not given');
  t.same(await planModesOf(() => ours.ask('{ products(first: 1) { nodes { id } } }')), ['auto']);
  t.same(await planModesOf(() => ours.ask('query ($id: ID!) { product(id: $id) { name } }', { id })), [
    'auto',
  ]);
});

t.test('what a search finds, and what a mutation changed', async (t) => {
  const found = await statementsOf(() =>
    ours.ask(
      '{ searchProducts(first: 20) { name product { isAvailable orderItems(first: 3) { nodes { order { orderNumber } } } } } }',
    ),
  );
  t.ok(found.result.data.searchProducts.length > 5);
  t.ok(found.statements.length <= 2, found.statements.join('\n'));

  const { data } = await ours.ask(
    '{ customers(first: 1) { nodes { id: rowId } } products(first: 5, condition: { isActive: true }) { nodes { id: rowId isAvailable trackInventory } } }',
  );
  const lines = data.products.nodes
    .filter(({ isAvailable }: { isAvailable: boolean }) => isAvailable)
    .map(({ id }: { id: string }) => ({ productId: id, quantity: 1 }));
  const placed = await statementsOf(() =>
    ours.ask(
      `mutation ($lines: [PlaceOrderLineInput!]!, $customerId: UUID!) {
         placeOrder(input: { idempotencyKey: "one", channel: whatsapp, lines: $lines, customerId: $customerId }) {
           orders { ${orderFields} }
         }
       }`,
      { lines, customerId: data.customers.nodes[0].id },
    ),
  );
  t.equal(placed.result.errors, undefined);
  t.ok(Math.max(...sizes(placed.result.data.placeOrder, ['orders', 'items'])) > 1);
  // The function, then the relations of its orders: one each.
  t.ok(placed.statements.length <= 5, placed.statements.join('\n'));
});

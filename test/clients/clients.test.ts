import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startServer } from '../../src/graphql/server.ts';
import { persist } from '../../src/operations/persist.ts';
import { signToken } from '../../src/operations/token.ts';
import { jwtSecret, setStage } from '../graphql/support.ts';
import { buildClients, loadClient } from './tools.ts';

/**
 * The same six operations with each client that shops and consoles are written with, compiled as they compile them:
 * pages of a list, one row by its id, a mutation that the cache must show in the list, one that is refused, a fragment
 * for shop and console alike, and a deletion.
 */
const folder = t.testdir();
const { db, server, ours } = await setStage(t);
await buildClients(folder);

/** Relay's compiler and codegen leave their operations with the server, which runs no others. */
const operations = join(folder, 'operations');
await persist(join(folder, 'relay/operations.json'), operations);
await persist(join(folder, 'codegen/generated/persisted-documents.json'), operations);
const closed = await startServer({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  jwtSecret,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  persistedOperationsFolder: operations,
});
t.teardown(() => closed.close());

const { tenantId, ownerSubject: subject, ask } = ours;
const owner = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '1h');
const visitor = await signToken({ role: 'anonymous', tenantId }, jwtSecret, '1h');

/** The newest three products and four orders, the newest first. */
async function stock() {
  const { data: sellers } = await ask('{ sellerProfiles(first: 1) { nodes { rowId } } }');
  const sellerId = sellers.sellerProfiles.nodes[0].rowId;
  const products: { id: string; rowId: string; version: number }[] = [];
  for (const name of ['Cup', 'Bowl', 'Plate']) {
    const { data } = await ask(
      `mutation ($product: ProductInput!) {
        createProduct(input: { product: $product }) { product { id rowId version } }
      }`,
      {
        product: {
          sellerId,
          name,
          price: '2500',
          currencyCode: 'NGN',
          isActive: true,
          publishedAt: '2026-01-01T00:00:00Z',
          allowBackorder: true,
        },
      },
    );
    products.unshift(data.createProduct.product);
  }
  const { data: customers } = await ask('{ customers(first: 1) { nodes { rowId } } }');
  const orders: { id: string; rowId: string }[] = [];
  for (let n = 1; n <= 4; n += 1) {
    const { data } = await ask(
      `mutation ($customerId: UUID, $key: String!, $lines: [PlaceOrderLineInput!]) {
        placeOrder(input: { customerId: $customerId, channel: whatsapp, idempotencyKey: $key, lines: $lines }) {
          orders { id rowId }
        }
      }`,
      {
        customerId: customers.customers.nodes[0].rowId,
        key: `${products[0]?.rowId}-${n}`,
        lines: [{ productId: products[2]?.rowId, quantity: 1 }],
      },
    );
    orders.unshift(...data.placeOrder.orders);
  }
  return { products, orders };
}

/** What a client library says on the console of a schema that it cannot keep well. */
function hearWarnings(t: Test): string[] {
  const heard: string[] = [];
  const hear = (...words: unknown[]) => heard.push(words.join(' '));
  t.capture(console, 'warn', hear);
  t.capture(console, 'error', hear);
  return heard;
}

for (const { name, url, caches } of [
  { name: 'relay', url: closed.url, caches: true },
  { name: 'apollo', url: server.url, caches: true },
  { name: 'urql', url: server.url, caches: true },
  { name: 'gql-tada', url: server.url, caches: false },
  { name: 'codegen', url: closed.url, caches: false },
]) {
  t.test(name, async (t) => {
    const warnings = hearWarnings(t);
    const { products, orders } = await stock();
    const [plate, bowl, cup] = products.map(({ id, rowId }, n) => ({
      id,
      rowId,
      name: ['Plate', 'Bowl', 'Cup'][n],
      price: '2500.00',
    }));
    let requests = 0;
    const connect = loadClient(folder, name);
    const countedFetch: typeof fetch = (...request) => {
      requests += 1;
      return fetch(...request);
    };
    const console = connect({ url, token: owner, fetch: countedFetch });
    const shop = connect({ url, token: visitor, fetch });

    const listed = await console.openOrders();
    t.same(
      listed.map(({ id, rowId, status }) => ({ id, rowId, status })),
      orders.map((order) => ({ ...order, status: 'pending' })),
      'two pages of two',
    );
    const third = listed[2];
    if (third === undefined) throw new Error('there are four orders');

    t.match(await console.order(third.id), third, 'one row by its id');

    await console.confirm(third);
    const asked = requests;
    const confirmed = { ...third, status: 'confirmed', version: third.version + 1 };
    const now = listed.map((order) => (order.id === third.id ? confirmed : order));
    t.match(await console.listed(), now, 'the list shows what the mutation returned');
    if (caches) t.equal(requests, asked, 'without asking again');

    t.same(
      await console.cancel(confirmed, ' '),
      [{ code: 'INVALID_INPUT', field: 'reason', permission: undefined }],
      'a refusal has a code and a field',
    );
    t.same(
      await console.cancel({ ...confirmed, version: third.version }, 'too late'),
      [{ code: 'VERSION_CONFLICT', field: undefined, permission: undefined }],
      'and so has a conflict',
    );

    t.same(await console.cards(), {
      cards: [
        { ...plate, inventoryCount: 0 },
        { ...bowl, inventoryCount: 0 },
        { ...cup, inventoryCount: -4 },
      ],
      faults: [],
    });
    const hidden = { code: 'FORBIDDEN', field: 'inventoryCount', permission: 'member' };
    t.same(
      await shop.cards(),
      {
        cards: [plate, bowl, cup].map((card) => ({ ...card, inventoryCount: null })),
        faults: [hidden, hidden, hidden],
      },
      'the fragment of the console, in the shop: what is hidden is null alone, and named',
    );

    const [{ id, rowId, version }] = products as [(typeof products)[number]];
    t.equal(await console.deleteProduct(rowId, version), id, 'the id that caches forget');
    const left = await console.cardsLeft();
    t.notOk(
      left.some((card) => card.id === id),
      'the list has forgotten it',
    );
    t.same(left.slice(0, 2), [
      { ...bowl, inventoryCount: 0 },
      { ...cup, inventoryCount: -4 },
    ]);
    t.same(warnings, [], 'and the library has nothing to say about the schema');
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { TenantTransaction } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { demoTenant, only, openPackage } from '../database/package.ts';
import { declaredColumns, lies } from './generated.ts';

const { db, scene } = await openPackage(t);
const { tenantId, sellerId, owner, buyer } = await demoTenant(scene, 1);

type QueryName = keyof typeof queries;
type Rows = Promise<object[]>;

const asOwner = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> => db.withTenant(owner, work);

const newestProduct = async (tx: TenantTransaction) => only(await tx.run(queries.listProducts, { first: 1 }));
const newestThread = async (tx: TenantTransaction) =>
  only(await tx.run(queries.listInbox, { status: 'open', first: 1 }));
const newestOrder = async (tx: TenantTransaction, status: 'draft' | 'pending' | 'confirmed') =>
  only(await tx.run(queries.listOrders, { status, first: 1 }));
const newProduct = async (tx: TenantTransaction, name: string) =>
  only(await tx.run(queries.createProduct, { sellerId, name, price: '1500.5', currencyCode: 'NGN' }));

/** Each query on demo data, with rows to show for it. */
const cases: Record<QueryName, () => Rows> = {
  registerBuyer: () =>
    db.withTenant({ tenantId, role: 'buyer', subject: 'a new shopper' }, (tx) =>
      tx.run(queries.registerBuyer, { fullName: 'Bisi Ade', phoneNumber: '+2348030000001' }),
    ),
  listChannels: () => asOwner((tx) => tx.run(queries.listChannels, {})),
  connectChannel: () =>
    asOwner((tx) =>
      tx.run(queries.connectChannel, {
        channelType: 'instagram',
        name: 'Insta',
        externalAccountId: 'insta-1',
      }),
    ),
  listMessages: () =>
    asOwner(async (tx) => tx.run(queries.listMessages, { threadId: (await newestThread(tx)).id, first: 10 })),
  listCustomerMessages: () =>
    asOwner(async (tx) =>
      tx.run(queries.listCustomerMessages, { customerId: (await newestThread(tx)).customer_id, first: 10 }),
    ),
  findMessageByExternalId: () =>
    asOwner(async (tx) =>
      tx.run(queries.findMessageByExternalId, {
        channelId: (await newestThread(tx)).channel_id,
        externalMessageId: 'wamid.demo.1.1',
      }),
    ),
  receiveMessage: () =>
    db.asWorker((tx) =>
      tx.run(queries.receiveMessage, {
        channelType: 'whatsapp',
        externalAccountId: 'demo-account-1',
        externalUserId: '2348030000002',
        externalMessageId: 'wamid.new',
        message: 'Hello',
      }),
    ),
  listInbox: () => asOwner((tx) => tx.run(queries.listInbox, { status: 'open', first: 100 })),
  listAssignedThreads: () =>
    asOwner(async (tx) => {
      const { id } = await newestThread(tx);
      const { member } = only(
        await tx.sql<{ member: string }>('select id as member from api.team_members where user_id = $1', [
          tx.session.userId,
        ]),
      );
      await scene.installer.query(
        'update commerce.conversation_thread set assigned_member_id = $2, version = version where id = $1',
        [id, member],
      );
      return tx.run(queries.listAssignedThreads, { memberId: member, first: 10 });
    }),
  getThread: () =>
    asOwner(async (tx) => tx.run(queries.getThread, { threadId: (await newestThread(tx)).id })),
  listOrders: () =>
    asOwner(async (tx) =>
      (
        await Promise.all(
          (['draft', 'pending', 'confirmed', 'cancelled'] as const).map((status) =>
            tx.run(queries.listOrders, { status, first: 100 }),
          ),
        )
      ).flat(),
    ),
  listCustomerOrders: () =>
    asOwner(async (tx) =>
      tx.run(queries.listCustomerOrders, {
        customerId: (await newestOrder(tx, 'pending')).customer_id,
        first: 10,
      }),
    ),
  findOrdersByPhone: () =>
    asOwner(async (tx) => {
      const { phone } = only(
        await tx.sql<{ phone: string }>(
          'select buyer_phone as phone from api.orders where buyer_phone is not null limit 1',
        ),
      );
      return tx.run(queries.findOrdersByPhone, { phoneNumber: phone, first: 10 });
    }),
  getOrderByNumber: () =>
    asOwner(async (tx) =>
      tx.run(queries.getOrderByNumber, {
        orderNumber: (await newestOrder(tx, 'pending')).order_number ?? '',
      }),
    ),
  getOrderWithItems: () =>
    asOwner(async (tx) => {
      const empty = only(
        await tx.run(queries.startOrder, {
          sellerId,
          channel: 'storefront',
          customerId: (await newestOrder(tx, 'confirmed')).customer_id,
        }),
      );
      const orders = [empty, await newestOrder(tx, 'pending')];
      return (
        await Promise.all(orders.map(({ id }) => tx.run(queries.getOrderWithItems, { orderId: id })))
      ).flat();
    }),
  startOrder: () =>
    asOwner(async (tx) => tx.run(queries.startOrder, { sellerId, threadId: (await newestThread(tx)).id })),
  setOrderLine: () =>
    asOwner(async (tx) => {
      const { id, version } = await newestOrder(tx, 'draft');
      return tx.run(queries.setOrderLine, {
        orderId: id,
        productId: (await newestProduct(tx)).id,
        quantity: 2,
        expectedVersion: version,
        metadata: { size: 'L' },
      });
    }),
  removeOrderLine: () =>
    asOwner(async (tx) => {
      const { id, version } = await newestOrder(tx, 'draft');
      const productId = (await newestProduct(tx)).id;
      const changed = only(
        await tx.run(queries.setOrderLine, { orderId: id, productId, quantity: 3, expectedVersion: version }),
      );
      return tx.run(queries.removeOrderLine, { orderId: id, productId, expectedVersion: changed.version });
    }),
  placeOrder: () =>
    asOwner(async (tx) => {
      const { id, version } = only(
        (await tx.run(queries.listOrders, { status: 'draft', first: 100 }))
          .filter(({ total_amount }) => total_amount !== '0.0000')
          .slice(0, 1),
      );
      return tx.run(queries.placeOrder, {
        orderId: id,
        expectedVersion: version,
        idempotencyKey: 'a draft',
        addresses: [
          {
            kind: 'shipping',
            recipient_name: 'Bisi',
            street_address: '1 Ikeja',
            city: 'Lagos',
            country: 'NG',
          },
        ],
        channelData: { campaign: 'ankara' },
        buyerNote: 'Call first',
      });
    }),
  placeOrderOfLines: () =>
    asOwner(async (tx) =>
      tx.run(queries.placeOrderOfLines, {
        idempotencyKey: 'lines',
        lines: [{ product_id: (await newestProduct(tx)).id, quantity: 1 }],
        addresses: [],
        channel: 'storefront',
        customerId: (await newestOrder(tx, 'pending')).customer_id,
      }),
    ),
  confirmOrder: () =>
    asOwner(async (tx) => {
      const { id, version } = await newestOrder(tx, 'pending');
      return tx.run(queries.confirmOrder, { orderId: id, expectedVersion: version });
    }),
  cancelOrder: () =>
    asOwner(async (tx) => {
      const { id, version } = await newestOrder(tx, 'pending');
      return tx.run(queries.cancelOrder, { orderId: id, reason: 'Sold out', expectedVersion: version });
    }),
  listProducts: () => asOwner((tx) => tx.run(queries.listProducts, { first: 100, isActive: true })),
  getProduct: () =>
    asOwner(async (tx) => tx.run(queries.getProduct, { productId: (await newestProduct(tx)).id })),
  searchProducts: () =>
    db.withTenant(buyer, (tx) => tx.run(queries.searchProducts, { query: 'ankara', first: 20 })),
  listLowStock: () =>
    asOwner(async (tx) => {
      await tx.sql(
        'update api.products set low_stock_threshold = 1000, version = version where track_inventory',
      );
      return tx.run(queries.listLowStock, { first: 10 });
    }),
  createProduct: () =>
    asOwner((tx) =>
      tx.run(queries.createProduct, {
        sellerId,
        name: 'Scarf',
        sku: 'SCARF',
        price: '10.50',
        currencyCode: 'NGN',
      }),
    ),
  updateProduct: () =>
    asOwner(async (tx) => {
      const { id, version } = await newProduct(tx, 'Old name');
      return tx.run(queries.updateProduct, { productId: id, expectedVersion: version, name: 'New name' });
    }),
  deleteProduct: () =>
    asOwner(async (tx) => {
      const { id, version } = await newProduct(tx, 'Short-lived');
      return tx.run(queries.deleteProduct, { productId: id, expectedVersion: version });
    }),
  adjustInventory: () =>
    asOwner(async (tx) =>
      tx.run(queries.adjustInventory, {
        productId: (await newProduct(tx, 'Stocked')).id,
        delta: 5,
        movementReason: 'restock',
        idempotencyKey: 'five more',
      }),
    ),
  checkInventory: async () => {
    // Right data has no row to show: someone with all rights breaks it, and mends it.
    const move = (units: number) =>
      scene.installer.query(
        `update commerce.products set inventory_count = inventory_count + $2
          where tenant_id = $1 and sku like '%-101'`,
        [tenantId, units],
      );
    await move(1);
    const rows = await asOwner((tx) => tx.run(queries.checkInventory, {}));
    await move(-1);
    t.same(await asOwner((tx) => tx.run(queries.checkInventory, {})), [], 'demo stock adds up');
    return rows;
  },
  hasPermission: () => asOwner((tx) => tx.run(queries.hasPermission, { permission: 'orders.read' })),
  myTenants: () => asOwner((tx) => tx.run(queries.myTenants, {})),
  restoreRecord: () =>
    asOwner(async (tx) => {
      const { id, version } = await newProduct(tx, 'Lazarus');
      await tx.run(queries.deleteProduct, { productId: id, expectedVersion: version });
      return tx.run(queries.restoreRecord, { table: 'products', id });
    }),
};

t.test('every query runs on demo data, and its rows are what its type says', async (t) => {
  t.same(new Set(Object.keys(queries)), new Set(declaredColumns.keys()), 'every query is declared');
  for (const [name, run] of Object.entries(cases)) {
    await t.test(name, async (t) => {
      const rows = await run();
      t.ok(rows.length > 0, 'there are rows to look at');
      t.same([...new Set(rows.flatMap((row) => lies(name, row as Record<string, unknown>)))], []);
    });
  }
});

/** Only call functions, which take the tenant from the session; no column of theirs could be compared. */
const withoutTenant: ReadonlyMap<string, string> = new Map([
  ['hasPermission', 'asks about the session, not about rows'],
  ['myTenants', 'finds the tenants that a person may choose from'],
  ['restoreRecord', 'returns no row of a table'],
  ['searchProducts', 'returns no tenant; the function states it'],
  ['checkInventory', 'returns no tenant; the function states it'],
  ['receiveMessage', 'finds the tenant by the account'],
]);

t.test('every query names its tenant', async (t) => {
  const folder = new URL('../../sql/', import.meta.url);
  const statements = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .flatMap((text) => [...text.matchAll(/@name (\w+) \*\/\n([^;]+);/g)])
    .map(([, name = '', sql = '']) => ({ name, sql }));
  t.same(new Set(statements.map(({ name }) => name)), new Set(Object.keys(queries)), 'all are looked at');
  for (const { name, sql } of statements) {
    // A relation: a qualified name that is not called.
    const readsTable = /\b(from|join|update)\s+(api|commerce)\.\w+(?!\w*\s*\()/.test(sql);
    if (withoutTenant.has(name)) t.notOk(readsTable, `${name} only calls a function`);
    else t.match(sql, /\b(tenant_id|t\.id) = :tenantId!/, `${name} compares the tenant`);
  }
});

t.test('pages join without a gap or a repeat, also among rows of one moment', async (t) => {
  type Page = (first: number, after: string | null) => Promise<{ id: string; cursor: string }[]>;
  const walk = async (page: Page): Promise<string[]> => {
    const ids: string[] = [];
    for (let rows = await page(3, null); rows.length > 0; rows = await page(3, rows.at(-1)?.cursor ?? null)) {
      ids.push(...rows.map(({ id }) => id));
    }
    return ids;
  };
  await asOwner(async (tx) => {
    const { id: threadId, customer_id: customerId } = await newestThread(tx);
    await db.asWorker(async (worker) => {
      for (let number = 1; number <= 8; number++) {
        await worker.run(queries.receiveMessage, {
          channelType: 'whatsapp',
          externalAccountId: 'demo-account-1',
          externalUserId: '2348030000003',
          externalMessageId: `wamid.page.${number}`,
          message: 'One of many',
          occurredAt: '2026-03-01T12:00:00.123456Z',
        });
      }
    });
    const busy = only(
      await tx.sql<{ thread_id: string; customer_id: string }>(
        `select thread_id, customer_id from api.conversation_history
          where external_message_id = 'wamid.page.1'`,
      ),
    );
    t.not(busy.thread_id, threadId);
    t.not(busy.customer_id, customerId);
    const lists: Record<string, Page> = {
      products: (first, after) => tx.run(queries.listProducts, { first, after }),
      orders: (first, after) => tx.run(queries.listOrders, { status: 'pending', first, after }),
      inbox: (first, after) => tx.run(queries.listInbox, { status: 'open', first, after }),
      messages: (first, after) => tx.run(queries.listMessages, { threadId: busy.thread_id, first, after }),
      customerMessages: (first, after) =>
        tx.run(queries.listCustomerMessages, { customerId: busy.customer_id, first, after }),
    };
    for (const [name, page] of Object.entries(lists)) {
      const all = (await page(1000, null)).map(({ id }) => id);
      t.ok(all.length > 3, `${name}: more than a page`);
      t.same(await walk(page), all, name);
    }
  });
  await t.rejects(
    asOwner((tx) => tx.run(queries.listProducts, { first: 3, after: 'nonsense' })),
    { code: 'INVALID_INPUT' },
    'a cursor that is none',
  );
});

import type pg from 'pg';
import t from 'tap';
import {
  findOrdersByPhone,
  listAuditLog,
  listComplaints,
  listCustomerMessages,
  listCustomerOrders,
  listMessages,
  listOrders,
  listPayments,
  listProducts,
  listRefunds,
  listReturns,
  listThreads,
  listUndelivered,
  type PagedQuery,
  searchCustomers,
} from '../../src/index.ts';
import { addShopper, one, openShop, type Shop, type Shopper } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { openSession, type Who } from '../support/session.ts';
import { fill, idOf, size } from './big-tenant.ts';
import { type Asker, enter, nodesRun, readersOf } from './plan-nodes.ts';

/**
 * The access paths behind the indexes, at 300,000 rows of one tenant, for every role that asks, under row-level
 * security and through views and functions of api, meets the index that was made for the question and
 * reads no big table from end to end. The plans are those that really ran, reported by auto_explain, so
 * that what a function asks is seen as well.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const { version } = await one<{ version: number }>(
  db.installer,
  `select current_setting('server_version_num')::integer as version`,
);
// The spelling of a plan is that of one version.
const skip = version < 180000 && 'plans are asserted on PostgreSQL 18';

/** The questions whose cost grows with the shop, and why. */
const grows = new Map([
  ['inbox list, mine', 'it asks for all threads of a member, without a limit'],
  ['sales report', 'it adds up every order of its days'],
  [
    'catalogue search with a typing error',
    'similar names are found by their trigrams, and compared one by one',
  ],
]);

/** The questions that may read more than a page, and how many rows at most. */
const bounded = new Map([['counts of the tabs', 8_000]]);

const status = 'orders_tenant_id_status_listed_at_id_idx';
const payment = 'orders_tenant_id_payment_status_listed_at_id_idx';
const seller = 'orders_tenant_id_seller_id_listed_at_id_idx';
const channel = 'orders_tenant_id_channel_listed_at_id_idx';
const customer = 'orders_tenant_id_customer_id_listed_at_id_idx';
const time = 'orders_tenant_id_listed_at_id_idx';
const words = 'orders_tenant_id_words_idx';
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const someDays = { from: dayAgo(101), to: dayAgo(100) };

/** What a board asks for, and the index that answers. */
const boards: [Record<string, unknown>, string][] = [
  [{}, time],
  [someDays, time],
  [{ statuses: ['delivered'] }, `${status}|${time}`],
  [{ statuses: ['pending'] }, status],
  [{ statuses: ['pending', 'confirmed', 'delivered'] }, `${status}|${time}`],
  [{ statuses: ['pending'], ...someDays }, status],
  [{ statuses: ['pending', 'confirmed'], channel: 'whatsapp' }, status],
  [{ statuses: ['pending'], sellerId: idOf(9), ...someDays }, `${status}|${seller}`],
  [{ statuses: ['pending'], paymentStatus: 'unpaid' }, status],
  [{ paymentStatus: 'paid' }, `${payment}|${time}`],
  [{ paymentStatus: 'disputed' }, payment],
  [{ paymentStatus: 'disputed', ...someDays }, `${payment}|${time}`],
  [{ sellerId: idOf(9) }, seller],
  [{ sellerId: idOf(9), ...someDays }, `${seller}|${time}`],
  [{ channel: 'instagram' }, `${channel}|${time}`],
  [{ channel: 'storefront' }, channel],
  [{ channel: 'instagram', ...someDays }, `${channel}|${time}`],
  [{ customerId: idOf(10) }, customer],
  [{ customerId: idOf(10), statuses: ['delivered', 'pending'] }, customer],
  [{ term: 'NUMBER-12345' }, `${words}|${time}`],
  [{ term: 'buyer 29999' }, `${words}|${time}`],
  [{ term: '0800 001 0712' }, `${words}|${time}`],
  [{ term: '29999', statuses: ['delivered', 'pending'] }, `${words}|${status}`],
  [{ term: '29999', ...someDays }, `${words}|${time}`],
];

const threadsByStatus = 'conversation_thread_tenant_id_status_last_message_at_idx';
const threadsByMember = 'conversation_thread_tenant_id_assigned_member_id_status_idx';
const byStatus = (table: string) => `${table}_tenant_id_status_id_idx`;

/** What the boards of the other aggregates ask for. With one tenant only, the keys with and without it are the same. */
const aggregates: [{ name: string }, Record<string, unknown>, string][] = [
  [listProducts, {}, 'products_(pkey|tenant_id_id_key)'],
  [listProducts, { isActive: true }, 'products_(pkey|tenant_id_id_key)'],
  [listProducts, { isActive: false }, 'products_tenant_id_is_active_id_idx'],
  [listProducts, { sellerId: idOf(9) }, 'products_tenant_id_seller_id_id_idx'],
  [listProducts, { sku: 'SKU-7' }, 'products_tenant_id_sku_key'],
  [listProducts, someDays, 'products_(pkey|tenant_id_id_key)'],
  [listThreads, {}, threadsByStatus],
  [listThreads, { statuses: ['open'] }, threadsByStatus],
  [listThreads, { statuses: ['open', 'resolved', 'closed'], order: 'oldest' }, threadsByStatus],
  [listThreads, { statuses: ['open'], ...someDays }, threadsByStatus],
  [listThreads, { assignedMemberId: idOf(10) }, threadsByMember],
  [listThreads, { assignedMemberId: idOf(10), statuses: ['open', 'pending'] }, threadsByMember],
  [listThreads, { isUnassigned: true, statuses: ['open'] }, `${threadsByMember}|${threadsByStatus}`],
  [listThreads, { customerId: idOf(10) }, 'conversation_thread_tenant_id_customer_id_created_at_idx'],
  ...(
    [
      [listPayments, 'payment', 'pending', 'succeeded'],
      [listRefunds, 'refund', 'failed', 'succeeded'],
      [listReturns, 'order_returns', 'requested', 'closed'],
      [listComplaints, 'complaints', 'in_review', 'resolved'],
    ] as const
  ).flatMap(([list, table, few, most]): [{ name: string }, Record<string, unknown>, string][] => [
    [list, {}, `${table}_(pkey|tenant_id_id_key)`],
    [list, someDays, `${table}_(pkey|tenant_id_id_key)`],
    [list, { statuses: [few] }, byStatus(table)],
    [list, { statuses: [few, most] }, byStatus(table)],
    [list, { statuses: [few], order: 'oldest' }, byStatus(table)],
    [list, { statuses: [few], ...someDays }, byStatus(table)],
    [list, { orderId: idOf(10) }, `${table}_tenant_id_(customer_id_)?order_id.*`],
  ]),
  [listRefunds, { paymentId: idOf(10) }, 'refund_tenant_id_payment_id_idx'],
  [listRefunds, { orderReturnId: idOf(10) }, 'refund_tenant_id_order_return_id_idx'],
  [listComplaints, { assignedMemberId: idOf(10) }, 'complaints_tenant_id_assigned_member_id_id_idx'],
  [listComplaints, { userId: idOf(10) }, 'complaints_tenant_id_user_id_idx'],
  [listAuditLog, {}, 'log_.*tenant_id_id_idx'],
  [listAuditLog, { actions: ['update'], order: 'oldest' }, 'log_.*tenant_id_id_idx'],
];

t.test('access paths at 300,000 rows of one tenant', { skip }, async (t) => {
  const shop: Shop = await openShop(db);
  const shopper: Shopper = await addShopper(db, shop, 'shopper');
  const channel = await one(db.installer, 'select id from commerce.channel where tenant_id = $1', [
    shop.tenantId,
  ]);
  const client = await db.installer.connect();
  t.teardown(() => client.release());
  await client.query(`load 'auto_explain'`);
  await fill(client, shop, channel.id, shopper.customerId);
  const vendor = {
    role: 'commerce_member',
    session: await openSession(db, 'member', await makeVendor(shop, idOf(9))),
  };
  const { id: workerSession } = await one(
    client,
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
    [shop.tenantId],
  );

  const member = { role: 'commerce_member', session: await openSession(db, 'member', shop.owner) };
  const buyer = { role: 'commerce_buyer', session: await openSession(db, 'buyer', shopper) };
  const worker = { role: 'commerce_worker', session: workerSession };
  const webhook = { role: 'commerce_worker', session: '' };
  const auditor = { role: 'commerce_audit', session: '' };

  const receive = `select * from internal.receive_message('whatsapp', $1, $2, $3, 'Hello')`;

  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and reltuples >= $1`,
    [size],
  );
  const big = tables.map(({ name }) => name);
  t.ok(big.length >= 7 && big.includes('orders'), 'the tables are big', { big });

  const paths: [name: string, asker: Asker, sql: string, values: unknown[], ...indexes: string[]][] = [
    [
      'webhook: is this message known?',
      webhook,
      receive,
      [shop.account, 'sender-10', 'message-7'],
      'conversation_history_channel_id_external_message_id_key',
    ],
    [
      'webhook: which customer, which of their threads?',
      webhook,
      receive,
      [shop.account, 'sender-10', 'new message'],
      'customer_identity_tenant_id_channel_id_identity_key_key',
      'conversation_thread_tenant_id_(channel_id_customer_id|customer_id_created_at)_idx',
    ],
    [
      'inbox list',
      member,
      `select * from api.conversation_inbox where status = 'open' order by last_message_at desc limit 50`,
      [],
      'conversation_thread_tenant_id_status_last_message_at_idx',
      'conversation_history_tenant_id_thread_id_occurred_at_id_idx',
    ],
    [
      'inbox list, mine',
      member,
      `select * from api.conversation_inbox where assigned_member_id = $1 and status = 'open'`,
      [idOf(10)],
      'conversation_thread_tenant_id_assigned_member_id_status_idx',
    ],
    [
      'thread, newest first, the next page',
      member,
      `select * from api.conversation_history
        where thread_id = $1 and (occurred_at, id) < (now() - interval '205 minutes', $2)
        order by occurred_at desc, id desc limit 50`,
      [idOf(10), idOf(0)],
      'conversation_history_tenant_id_thread_id_occurred_at_id_idx',
    ],
    [
      'customer timeline',
      member,
      'select * from api.conversation_history where customer_id = $1 order by occurred_at desc limit 50',
      [idOf(10)],
      'conversation_history_tenant_id_customer_id_occurred_at_idx',
    ],
    [
      'send queue',
      worker,
      `select * from api.conversation_history where delivery_status in ('queued', 'sent') order by created_at limit 100`,
      [],
      'conversation_history_tenant_id_created_at_id_idx',
    ],
    [
      'send queue, claimed',
      webhook,
      `select * from internal.claim_messages($1, 'sender')`,
      [shop.tenantId],
      'conversation_history_tenant_id_created_at_id_queued_idx',
    ],
    [
      'who has messages to send?',
      webhook,
      `select internal.tenants_with_work('claim_messages')`,
      [],
      'conversation_history_tenant_id_thread_id_arrival_queued_idx',
    ],
    [
      'receipt of a message',
      webhook,
      `select * from internal.record_receipt('whatsapp', $1, 'message-500', 'delivered')`,
      [shop.account],
      'conversation_history_channel_id_external_message_id_key',
    ],
    [
      'messages by words',
      member,
      `select * from api.search_messages('order 123')`,
      [],
      'conversation_history_tenant_id_search_vector_idx',
    ],
    [
      'messages of a customer',
      member,
      'select * from api.search_messages(p_customer_id => $1)',
      [idOf(10)],
      'conversation_history_tenant_id_customer_id_occurred_at_idx',
    ],
    [
      'order board',
      member,
      `select * from api.orders where status = 'pending' order by listed_at desc, id desc limit 50`,
      [],
      'orders_tenant_id_status_listed_at_id_idx',
    ],
    ['counts of the tabs', member, 'select * from api.count_orders()', [], status],
    [
      'counts of some tabs',
      member,
      `select * from api.count_orders('{pending}', p_term => '29999')`,
      [],
      words,
    ],
    [
      "buyer's orders",
      buyer,
      'select id, order_number, status, total_amount from api.orders order by listed_at desc, id desc limit 20',
      [],
      'orders_tenant_id_customer_id_listed_at_id_idx',
    ],
    [
      'where is my order? by phone',
      member,
      'select * from api.orders where buyer_phone = $1',
      ['+2348000000007'],
      'orders_tenant_id_buyer_phone_idx',
    ],
    [
      'where is my order? by number',
      member,
      'select * from api.orders where order_number = $1',
      ['NUMBER-7'],
      'orders_tenant_id_order_number_key',
    ],
    [
      'sales report',
      member,
      `select * from api.sales_daily(current_date - 1, current_date)`,
      [],
      'orders_tenant_id_placed_at_idx',
    ],
    [
      'the basket of this chat',
      member,
      `select * from api.start_order($1, 'storefront', $2)`,
      [shop.sellerId, shopper.customerId],
      'orders_tenant_id_customer_id_channel_seller_id_key',
    ],
    [
      'payment webhook',
      worker,
      `select * from api.payment where provider = 'paystack' and provider_reference = $1`,
      ['reference-7'],
      'payment_provider_provider_reference_idx',
    ],
    [
      'catalogue search by words',
      member,
      `select * from api.search_products('kente 1234')`,
      [],
      'products_tenant_id_search_vector_idx',
    ],
    [
      'catalogue search with a typing error',
      member,
      `select * from api.search_products('kentte 1234')`,
      [],
      'products_tenant_id_name_idx',
    ],
    [
      'history of a record',
      auditor,
      `select * from audit.log where tenant_id = $1 and table_name = 'orders' and record_key = '7' order by id desc`,
      [shop.tenantId],
      'log_*_tenant_id_table_name_record_key_id_idx',
    ],
  ];

  // The typed lists, on their first page and on one far behind it.
  type List = PagedQuery<{ first: number }, { cursor: string }>;
  const lists: [Asker, List, { first: number; [filter: string]: unknown }, string][] = [
    ...boards.map(([filters, index]) => [member, listOrders, { first: 50, ...filters }, index]),
    [buyer, listOrders, { first: 5 }, 'orders_tenant_id_customer_id_listed_at_id_idx'],
    [vendor, listOrders, { first: 50 }, 'orders_tenant_id_seller_id_listed_at_id_idx'],
    [
      member,
      searchCustomers,
      { first: 5, term: 'Customer 29999' },
      'customer_tenant_id_(display_name_phone_number|last_activity_at)_idx',
    ],
    [
      member,
      searchCustomers,
      { first: 5, term: '0803 000 712' },
      'customer_tenant_id_(display_name_phone_number|last_activity_at)_idx',
    ],
    [
      member,
      listCustomerOrders,
      { first: 5, customerId: idOf(10) },
      'orders_tenant_id_customer_id_listed_at_id_idx',
    ],
    [
      member,
      findOrdersByPhone,
      { first: 5, phoneNumber: '+2348000000007' },
      'orders_tenant_id_buyer_phone_idx',
    ],
    ...aggregates.map(([list, filters, index]) => [member, list, { first: 50, ...filters }, index]),
    [
      member,
      listMessages,
      { first: 5, threadId: idOf(10) },
      'conversation_history_tenant_id_thread_id_occurred_at_id_idx',
    ],
    [
      member,
      listCustomerMessages,
      { first: 5, customerId: idOf(10) },
      'conversation_history_tenant_id_customer_id_occurred_at_idx',
    ],
    [worker, listUndelivered, { first: 50 }, 'conversation_history_tenant_id_created_at_id_idx'],
  ] as never;
  for (const [asker, list, filters, index] of lists) {
    const params = { ...filters, tenantId: shop.tenantId };
    const ask = async (query: pg.QueryConfig) => {
      await client.query('begin');
      await enter(client, asker);
      const { rows } = await client.query(query);
      await client.query('rollback');
      return { rows };
    };
    const [row] = (await list.run({ ...params }, { query: ask })).slice(-1);
    const isPagedBack = aggregates.some(([each]) => each === (list as unknown));
    const ways = [{}, { after: row?.cursor }, ...(isPagedBack ? [{ before: row?.cursor }] : [])];
    for (const way of ways) {
      const [end = 'first'] = Object.keys(way);
      await list.run({ ...params, ...way } as never, {
        query: async ({ text, values = [] }) => {
          paths.push([
            `typed: ${index}, ${end} page of ${list.name} ${JSON.stringify(filters)} for ${asker.role}`,
            asker,
            text,
            values,
            index,
          ]);
          return { rows: [] };
        },
      });
    }
  }

  for (const [name, asker, sql, values, ...indexes] of paths) {
    await t.test(name, async (t) => {
      const nodes = await nodesRun(client, asker, sql, values);
      const used = nodes.map((node) => node['Index Name'] ?? '');
      for (const index of indexes) {
        const pattern = new RegExp(`^(${index.replace('*', '.*')})$`);
        t.ok(
          used.some((candidate) => pattern.test(candidate)),
          index,
          { used: used.filter(Boolean) },
        );
      }
      t.strictSame(
        nodes
          .filter((node) => node['Node Type'] === 'Seq Scan')
          .map((node) => node['Relation Name'])
          .filter((relation) => relation !== undefined && big.includes(relation)),
        [],
        'no big table is read from end to end',
      );
      if (!grows.has(name)) {
        t.strictSame(
          readersOf(nodes, { rows: bounded.get(name) ?? 1_000 }),
          [],
          'no node reads rows in proportion to a table',
        );
      }
    });
  }
});

/** Somebody who sells in the shop and is not on its team. */
async function makeVendor({ tenantId }: Shop, sellerId: string): Promise<Who> {
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, 'vendor') returning id)
     insert into commerce.seller_profile (id, tenant_id, user_id, business_name, slug)
     select $2, $1, id, 'Vendor', 'vendor' from person`,
    [tenantId, sellerId],
  );
  return { tenantId, subject: 'vendor' };
}

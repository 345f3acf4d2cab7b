import t from 'tap';
import * as queries from '../../src/index.ts';
import { type PagedQuery, readPage, type TenantTransaction } from '../../src/index.ts';
import { demoTenant, openPackage } from '../database/package.ts';

/** The frame of the lists, against SQL written by hand that a superuser runs. */
const { db, scene } = await openPackage(t);
const { tenantId, owner } = await demoTenant(scene, 1);
await demoTenant(scene, 2);

// The demo has one refund and one return of each kind; a list wants several.
await scene.installer.query(`
  begin;
  set local session_replication_role = replica;
  insert into commerce.refund (tenant_id, order_id, customer_id, seller_id, payment_id, currency_code, amount, status, idempotency_key)
  select r.tenant_id, r.order_id, r.customer_id, r.seller_id, r.payment_id, r.currency_code, r.amount,
         case when n % 2 = 0 then 'succeeded' else 'failed' end, 'more ' || n || r.id
    from commerce.refund as r, generate_series(1, 5) as n;
  insert into commerce.order_returns (tenant_id, order_id, customer_id, seller_id, currency_code, return_number, reason, status)
  select r.tenant_id, r.order_id, r.customer_id, r.seller_id, r.currency_code, 'MORE-' || n || r.id,
         case when n % 2 = 0 then 'defective' else 'damaged' end, 'closed'
    from commerce.order_returns as r, generate_series(1, 5) as n;
  commit`);

type Row = { cursor: string; id?: string; logId?: string };
type List = PagedQuery<{ first: number; after?: string | null; before?: string | null }, Row>;
const asOwner = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> => db.withTenant(owner, work);
const idsOf = (rows: Row[]) => rows.map(({ id, logId }) => id ?? logId);

/** The ids of a table's rows, the newest first. */
async function expected(table: string, condition: string, key: string): Promise<string[]> {
  const { rows } = await scene.installer.query<{ id: string }>(
    `select id from ${table} as t where tenant_id = $1 and ${condition} order by ${key} desc, id desc`,
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

const anOrder = `order_id = (select order_id from commerce.payment where tenant_id = $1 order by id limit 1)`;
const today = new Date().toISOString().slice(0, 10);

/** Each list, its table, and filters with the condition that they stand for. */
const lists: [list: { name: string }, table: string, filters: [object, string][]][] = [
  [
    queries.listProducts,
    'commerce.products',
    [
      [{}, 'not is_deleted'],
      [{ isActive: true }, 'is_active and not is_deleted'],
      [{ sku: 'ADU-105' }, `sku = 'ADU-105' and not is_deleted`],
      [{ productTypes: ['digital', 'service'] }, `product_type in ('digital', 'service') and not is_deleted`],
    ],
  ],
  [
    queries.listThreads,
    'commerce.conversation_thread',
    [
      [{}, 'last_message_at is not null'],
      [{ statuses: ['open'] }, `status = 'open' and last_message_at is not null`],
      [
        { statuses: ['open', 'open', 'closed'] },
        `status in ('open', 'closed') and last_message_at is not null`,
      ],
      [{ isUnassigned: true }, 'assigned_member_id is null and last_message_at is not null'],
      [{ priorities: ['high', 'urgent'] }, `priority in ('high', 'urgent') and last_message_at is not null`],
    ],
  ],
  [
    queries.listPayments,
    'commerce.payment',
    [
      [{}, 'true'],
      [{ statuses: [] }, 'true'],
      [{ statuses: ['succeeded', 'failed'] }, `status in ('succeeded', 'failed')`],
      [
        { providers: ['paystack'], paymentTypes: ['card'] },
        `provider = 'paystack' and payment_type = 'card'`,
      ],
    ],
  ],
  [
    queries.listRefunds,
    'commerce.refund',
    [
      [{}, 'true'],
      [{ statuses: ['succeeded'] }, `status = 'succeeded'`],
    ],
  ],
  [
    queries.listReturns,
    'commerce.order_returns',
    [
      [{}, 'true'],
      [
        { statuses: ['refunded', 'closed'], reasons: ['defective'] },
        `status in ('refunded', 'closed') and reason = 'defective'`,
      ],
    ],
  ],
  [
    queries.listTeamMembers,
    'commerce.team_members',
    [
      [{}, 'true'],
      [{ roles: ['owner', 'admin'], isActive: true }, `role in ('owner', 'admin') and is_active`],
    ],
  ],
  [
    queries.listComplaints,
    'commerce.complaints',
    [
      [{}, 'true'],
      [
        { statuses: ['pending'], tiers: ['tier1', 'tier2'] },
        `status = 'pending' and tier in ('tier1', 'tier2')`,
      ],
    ],
  ],
  [
    queries.listAuditLog,
    'audit.log',
    [
      [{ tables: ['products'] }, `table_name = 'products'`],
      [
        { tables: ['payment', 'refund'], actions: ['insert'] },
        `table_name in ('payment', 'refund') and action = 'insert'`,
      ],
    ],
  ],
];

for (const [list, table, filters] of lists) {
  t.test(`${list.name}: every filter, in pages in both directions`, async (t) => {
    const query = list as unknown as List;
    const key = list === queries.listThreads ? 'last_message_at' : 'id';
    let most = 0;
    for (const [given, condition] of filters) {
      const all = await expected(table, condition, key);
      most = Math.max(most, all.length);
      const name = JSON.stringify(given);
      await asOwner(async (tx) => {
        const read = (more: object) => readPage(tx, query, { ...given, ...more } as never);
        const size = Math.max(1, Math.ceil(all.length / 3));
        t.same(idsOf((await read({ first: 1000 })).rows), all, name);
        t.same(
          idsOf((await read({ first: 1000, order: 'oldest' })).rows),
          all.toReversed(),
          `${name}, the oldest first`,
        );
        const there: unknown[] = [];
        let after: string | null = null;
        do {
          const page = await read({ first: size, after });
          there.push(...idsOf(page.rows));
          after = page.nextCursor;
        } while (after !== null);
        t.same(there, all, `${name}, page by page`);

        if (all.length < 2) return;
        const last = (await read({ first: 1000 })).rows.at(-1)?.cursor ?? '';
        const back: unknown[] = [];
        let before: string | null = last;
        do {
          const page = await read({ first: size, before });
          back.unshift(...idsOf(page.rows));
          before = page.previousCursor;
        } while (before !== null);
        t.same(back, all.slice(0, -1), `${name}, backwards from the last`);
        const second = await read({ first: 1, after: (await read({ first: 1 })).nextCursor });
        t.same(
          idsOf((await read({ first: 1, before: second.previousCursor })).rows),
          all.slice(0, 1),
          `${name}, one page back`,
        );
      });
    }
    t.ok(most >= 2, `there are ${most} rows`);
  });
}

t.test('what is of one row', async (t) => {
  const { rows } = await scene.installer.query<{ order_id: string }>(
    `select order_id from commerce.payment where tenant_id = $1 and ${anOrder} limit 1`,
    [tenantId],
  );
  const orderId = rows[0]?.order_id ?? '';
  const ids = await expected('commerce.payment', anOrder, 'id');
  t.ok(ids.length > 0);
  t.same(idsOf(await asOwner((tx) => tx.run(queries.listPayments, { orderId, first: 10 }))), ids);
});

t.test('days are the days of the shop', async (t) => {
  // 30 seconds before and after midnight in Lagos, an hour ahead of UTC.
  const ids = ['0195a1e0-0000-7000-8000-000000000001', '0195a1e0-0000-7000-8000-000000000002'];
  const moments = ['2026-02-28T22:59:30Z', '2026-02-28T23:00:30Z'];
  await scene.installer.query(
    `update commerce.tenant set timezone = 'Africa/Lagos', version = version where id = $1`,
    [tenantId],
  );
  for (const [index, at] of moments.entries()) {
    const hex = Date.parse(at).toString(16).padStart(12, '0');
    ids[index] = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${index}`;
    await scene.installer.query(
      `insert into commerce.complaints (id, tenant_id, user_id, type, description)
       select $2, $1, user_id, 'other', 'at midnight' from commerce.team_members where tenant_id = $1 limit 1`,
      [tenantId, ids[index]],
    );
  }
  const of = (days: { from?: string; to?: string }) =>
    asOwner(async (tx) => idsOf(await tx.run(queries.listComplaints, { first: 100, ...days })));
  const [early, late] = ids;
  t.same(await of({ from: '2026-02-28', to: '2026-02-28' }), [early]);
  t.same(await of({ from: '2026-03-01', to: '2026-03-01' }), [late]);
  t.same((await of({ to: '2026-03-01' })).slice(0, 2), [late, early]);
  t.same(await of({ from: '1900-01-01', to: '1960-01-01' }), []);
  t.ok((await of({ from: today })).length >= 0 && !(await of({ from: '2026-03-02' })).includes(late));

  const { rows } = await scene.installer.query<{ id: string }>(
    `update commerce.conversation_thread set last_message_at = $2, version = version
      where id = (select id from commerce.conversation_thread where tenant_id = $1 limit 1) returning id`,
    [tenantId, moments[0]],
  );
  const threads = (day: string) =>
    asOwner(async (tx) => idsOf(await tx.run(queries.listThreads, { first: 100, from: day, to: day })));
  t.same(await threads('2026-02-28'), [rows[0]?.id]);
  t.same(await threads('2026-03-01'), []);
});

t.test('the latest message of each thread in the inbox, but not of closed ones', async (t) => {
  await scene.installer.query(
    `update commerce.conversation_thread set status = 'closed', closed_at = now(), version = version
      where id = (
        select t.id
          from commerce.conversation_thread as t
          join commerce.conversation_history as h on h.thread_id = t.id
         where t.tenant_id = $1 and t.status = 'open'
         limit 1
      )`,
    [tenantId],
  );
  const { rows } = await scene.installer.query(
    `select distinct on (t.id) t.id, t.status, left(h.message, 200) as message, h.direction, h.message_type,
            h.sender_type, h.delivery_status
       from commerce.conversation_thread as t
       join commerce.conversation_history as h on h.tenant_id = t.tenant_id and h.thread_id = t.id
      where t.tenant_id = $1
      order by t.id, h.occurred_at desc, h.id desc`,
    [tenantId],
  );
  const none = {
    message: null,
    direction: null,
    message_type: null,
    sender_type: null,
    delivery_status: null,
  };
  const expected = new Map(
    rows.map(({ id, status, ...latest }) => [id, status === 'closed' ? none : latest]),
  );
  t.ok(rows.some(({ status }) => status === 'closed') && rows.some(({ status }) => status !== 'closed'));
  const inbox = await asOwner((tx) => tx.run(queries.listThreads, { first: 100 }));
  for (const row of inbox.filter(({ id }) => expected.has(id))) {
    t.same(
      {
        message: row.lastMessage,
        direction: row.lastMessageDirection,
        message_type: row.lastMessageType,
        sender_type: row.lastMessageSenderType,
        delivery_status: row.lastMessageStatus,
      },
      expected.get(row.id),
      row.id,
    );
  }
});

t.test('counts: of each value, and whether there are more', async (t) => {
  const counted = async (table: string, by: string, condition: string) => {
    const { rows } = await scene.installer.query<{ value: string; count: string }>(
      `select ${by}::text as value, count(*) from ${table} as t where tenant_id = $1 and ${condition} group by 1`,
      [tenantId],
    );
    return new Map(rows.map(({ value, count }) => [value, Number(count)]));
  };
  for (const [query, table, by, condition, filter] of [
    [queries.countProducts, 'commerce.products', 'is_active', 'not is_deleted', {}],
    [queries.countThreads, 'commerce.conversation_thread', 'status', 'last_message_at is not null', {}],
    [
      queries.countPayments,
      'commerce.payment',
      'status',
      `payment_type = 'card'`,
      { paymentTypes: ['card'] },
    ],
    [queries.countRefunds, 'commerce.refund', 'status', 'true', {}],
    [queries.countReturns, 'commerce.order_returns', 'status', 'true', {}],
    [queries.countTeamMembers, 'commerce.team_members', 'role', 'is_active', { isActive: true }],
    [
      queries.countComplaints,
      'commerce.complaints',
      'status',
      `status = 'pending'`,
      { statuses: ['pending'] },
    ],
  ] as const) {
    const rows = (await asOwner((tx) => tx.run(query as never, filter as never))) as {
      rowCount: number;
      isAtLeast: boolean;
    }[];
    const by_ = by.replace('is_active', 'isActive') as 'rowCount';
    const there = await counted(table, by, condition);
    t.ok(there.size > 0, `${query.name} has something to count`);
    t.same(
      new Map(rows.filter(({ rowCount }) => rowCount > 0).map((row) => [String(row[by_]), row.rowCount])),
      there,
      query.name,
    );
    t.ok(rows.every(({ isAtLeast }) => !isAtLeast));
  }
  await scene.installer.query(
    `insert into commerce.complaints (tenant_id, user_id, type, description)
     select $1, user_id, 'other', 'one of many'
       from (select user_id from commerce.team_members where tenant_id = $1 limit 1) as m, generate_series(1, 1001)`,
    [tenantId],
  );
  t.same(await asOwner((tx) => tx.run(queries.countComplaints, { statuses: ['pending'] })), [
    { status: 'pending', rowCount: 1000, isAtLeast: true },
  ]);
});

t.test('what is refused, and by which name', async (t) => {
  const cursor = async (query: List, params: object) =>
    (await asOwner((tx) => readPage(tx, query, { first: 1, ...params } as never))).rows[0]?.cursor;
  const payments = queries.listPayments as unknown as List;
  const place = await cursor(payments, {});
  for (const [list] of lists) {
    const query = list as unknown as List;
    for (const [field, given] of [
      ['order', { order: 'latest' }],
      ['from', { from: 'infinity' }],
      ['from', { from: 'tomorrow' }],
      ['from', { from: new Date() }],
      ['from', { from: '0044-03-15 BC' }],
      ['from', { from: '1899-12-31' }],
      ['to', { from: '2026-03-02', to: '2026-03-01' }],
      ['to', { to: '9999-12-31' }],
      ['after', { after: 'nonsense' }],
      ['before', { before: 'nonsense' }],
      ['first', { first: 0 }],
      ['first', { first: 1.5 }],
    ] as [string, object][]) {
      await t.rejects(
        asOwner((tx) => tx.run(query, { first: 1, ...given } as never)),
        { code: 'INVALID_INPUT', field },
        `${list.name} ${JSON.stringify(given)}`,
      );
    }
  }
  for (const [list, field, given] of [
    [queries.listProducts, 'productTypes', { productTypes: ['thing'] }],
    [queries.listProducts, 'sellerId', { sellerId: 'nobody' }],
    [queries.listThreads, 'statuses', { statuses: ['open', 'lost'] }],
    [queries.listThreads, 'priorities', { priorities: ['soon'] }],
    [queries.listThreads, 'assignedMemberId', { assignedMemberId: '42' }],
    [queries.listPayments, 'statuses', { statuses: ['paid'] }],
    [queries.listPayments, 'paymentTypes', { paymentTypes: ['cheque'] }],
    [queries.listPayments, 'orderId', { orderId: '' }],
    [queries.listRefunds, 'methods', { methods: ['gift'] }],
    [queries.listReturns, 'reasons', { reasons: ['because'] }],
    [queries.listTeamMembers, 'roles', { roles: ['boss'] }],
    [queries.listComplaints, 'tiers', { tiers: ['tier9'] }],
    [queries.listComplaints, 'types', { types: ['rant'] }],
    [queries.listAuditLog, 'tables', { tables: ['audit.log'] }],
    [queries.listAuditLog, 'actions', { actions: ['steal'] }],
    [queries.countPayments, 'statuses', { statuses: ['paid'] }],
    [payments, 'before', { after: place, before: place }],
  ] as [{ name: string }, string, object][]) {
    await t.rejects(
      asOwner((tx) => tx.run(list as unknown as List, { first: 1, ...given } as never)),
      { code: 'INVALID_INPUT', field },
      `${list.name} ${JSON.stringify(given)}`,
    );
  }
  // The database says the same to whoever asks it without the package.
  for (const [field, call] of [
    ['statuses', `list_payments(p_statuses => '{paid}')`],
    ['priorities', `list_threads(p_priorities => '{soon}')`],
    ['statuses', `count_returns(p_statuses => '{lost}')`],
    ['statuses', `list_payments(p_statuses => array_fill('failed'::text, array[101]))`],
    ['order', `list_refunds(p_order => null)`],
    ['first', `list_refunds(p_first => -1)`],
    ['after', `list_products(p_after => 'bm9uc2Vuc2U=')`],
    ['after', `list_threads(p_after => (select cursor from api.list_products() limit 1))`],
    ['before', `list_products(p_before => (select cursor from api.list_threads() limit 1))`],
    ['from', `list_audit_log(p_from => 'infinity')`],
  ] as const) {
    await t.rejects(
      asOwner((tx) => tx.sql(`select from api.${call}`)),
      { code: 'INVALID_INPUT', sqlState: 'SCVAL', field },
      call,
    );
  }
  const several = await asOwner((tx) =>
    tx.sql(`select from api.list_payments(p_statuses => '{paid}', p_payment_types => '{x}', p_first => 0)`),
  ).catch((error: unknown) => error as { faults: { field: string }[] });
  t.same((several as { faults: { field: string }[] }).faults.map(({ field }) => field).sort(), [
    'first',
    'paymentTypes',
    'statuses',
  ]);
});

t.test('a list shows what its reader may see', async (t) => {
  const { rows } = await scene.installer.query<{ subject: string; customer_id: string }>(
    `select u.auth_subject as subject, b.id as customer_id
       from commerce.buyer_profile as b join commerce.users as u on u.tenant_id = b.tenant_id and u.id = b.user_id
      where b.tenant_id = $1 and exists (select from commerce.payment as p where p.tenant_id = $1 and p.customer_id = b.id)
      limit 1`,
    [tenantId],
  );
  const { subject = '', customer_id: customerId = '' } = rows[0] ?? {};
  const own = await expected('commerce.payment', `customer_id = '${customerId}'`, 'id');
  const all = await expected('commerce.payment', 'true', 'id');
  t.ok(own.length > 0 && own.length < all.length);
  const buyer = { role: 'buyer', tenantId, subject } as never;
  t.same(
    await db.withTenant(buyer, async (tx) => idsOf(await tx.run(queries.listPayments, { first: 100 }))),
    own,
  );
  await t.rejects(
    db.withTenant(buyer, (tx) => tx.run(queries.listAuditLog, { first: 1 })),
    { code: 'FORBIDDEN' },
  );
});

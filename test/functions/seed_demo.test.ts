import t from 'tap';
import { withoutTenant } from '../schema/declared.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { asMember, asWorker } from '../support/session.ts';
import { one, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });

const seed = (number: unknown, seed: unknown = 1, { worker } = db) =>
  asWorker({ ...db, worker }, async (client) => {
    const { id } = await one(client, 'select internal.seed_demo($1, $2) as id', [number, seed]);
    return id;
  });

const addBatch = (number: unknown, step: unknown, seed: unknown = 1, { worker } = db) =>
  asWorker({ ...db, worker }, async (client) => {
    const { added } = await one(client, 'select internal.seed_demo_batch($1, $2, $3) as added', [
      number,
      step,
      seed,
    ]);
    return added;
  });

/** What a demo shop is made of, without its ids and times. */
async function content({ installer }: TestDatabase, tenantId: string): Promise<unknown> {
  const { rows } = await installer.query(
    `select 'product' as kind, concat_ws(' ', sku, name) as name, inventory_count::text as content
       from commerce.products where tenant_id = $1
     union all
     select 'order', coalesce(order_number, 'draft'),
            concat_ws(' ', buyer_name, status, payment_status, channel, total_amount)
       from commerce.orders where tenant_id = $1
     union all
     select 'line', o.order_number, concat_ws(' ', i.sku, i.quantity, i.tax_amount)
       from commerce.order_items as i join commerce.orders as o on o.id = i.order_id where i.tenant_id = $1
     union all
     select 'message', external_message_id, message from commerce.conversation_history where tenant_id = $1
     order by 1, 2, 3`,
    [tenantId],
  );
  return rows;
}

/** Everything of a shop that must follow from something else of it, and does not. */
async function mistakes({ installer }: TestDatabase, tenantId: string): Promise<unknown> {
  const { rows } = await installer.query(
    `with line as (
       select order_id, sum(subtotal) as subtotal, sum(tax_amount) as tax
         from commerce.order_items where tenant_id = $1 group by order_id
     ), message as (
       select thread_id, max(occurred_at) as last_at, count(*) filter (where direction = 'inbound') as inbound
         from commerce.conversation_history where tenant_id = $1 and not is_silent group by thread_id
     )
     select 'totals' as what, o.id
       from commerce.orders as o left join line as l on l.order_id = o.id
      where o.tenant_id = $1
        and (o.subtotal_amount, o.tax_amount) is distinct from (coalesce(l.subtotal, 0), coalesce(l.tax, 0))
     union all
     select 'payment', o.id
       from commerce.orders as o
      where o.tenant_id = $1
        and o.paid_amount <> (
          select coalesce(sum(p.amount), 0) from commerce.payment as p
           where p.order_id = o.id and p.status = 'succeeded')
     union all
     select 'history', o.id
       from commerce.orders as o
      where o.tenant_id = $1
        and o.status <> (
          select h.to_value from commerce.order_status_history as h
           where h.order_id = o.id and h.field = 'status' order by h.created_at desc limit 1)
     union all
     select 'balance', p.id
       from commerce.products as p
       left join lateral (
         select array_agg(m.balance_after order by m.balance_after) as after,
                array_agg(m.balance_after - m.delta order by m.balance_after - m.delta) as before
           from commerce.inventory_movement as m where m.product_id = p.id
       ) as m on true
      -- Each movement begins where another ended; ids of one millisecond have no order on every server.
      where p.tenant_id = $1
        and (select array_agg(b order by b) from unnest(m.before || p.inventory_count) as b)
          is distinct from (select array_agg(b order by b) from unnest(m.after || 0) as b)
     union all
     select 'thread', h.id
       from commerce.conversation_thread as h join message as m on m.thread_id = h.id
      where h.tenant_id = $1
        and (h.last_message_at <> m.last_at or h.unread_count not in (0, m.inbound))
     union all
     select 'number', null
       from commerce.orders where tenant_id = $1 and order_number is not null
     having max(order_number) <> 'ORD-' || lpad(count(*)::text, 6, '0')`,
    [tenantId],
  );
  return rows;
}

t.test('two merchants who sell different things in different places', async (t) => {
  const [fashion, electronics] = [await seed(1), await seed(2)];
  for (const [id, number, currency] of [
    [fashion, 1, 'NGN'],
    [electronics, 2, 'KES'],
  ] as const) {
    const owner = { tenantId: id, subject: `demo-owner-${number}` };
    await asMember(db, owner, async (client) => {
      t.match(await one(client, 'select domain, default_currency, status from api.tenant'), {
        domain: `demo-${number}.example`,
        default_currency: currency,
        status: 'active',
      });
      t.match(await one(client, 'select is_published from api.storefront'), { is_published: true });
      const { rows: states } = await client.query('select distinct status from api.orders order by status');
      t.strictSame(
        states.map(({ status }) => status),
        ['cancelled', 'confirmed', 'delivered', 'draft', 'pending', 'processing', 'returned', 'shipped'],
      );
      t.match(
        await one(
          client,
          `select (select count(*)::integer from api.products) as products,
                  (select count(*)::integer from api.customer) as customers,
                  (select count(*)::integer from api.conversation_thread) as threads,
                  (select count(distinct role)::integer from api.team_members) as roles`,
        ),
        { products: 23, customers: 15, threads: 15, roles: 5 },
      );
      t.strictSame((await client.query('select * from api.check_inventory()')).rows, []);
    });
    t.strictSame(await mistakes(db, id), []);
  }
  t.notMatch(await content(db, fashion), await content(db, electronics));
});

t.test('a machine has sent a template that the provider has approved', async (t) => {
  const shop = await seed(1);
  t.match(
    await asMember(db, { tenantId: shop, subject: 'demo-owner-1' }, (client) =>
      one(
        client,
        `select h.delivery_status, h.sender_type, m.status, m.variable_count, h.metadata
           from api.conversation_history as h
           join api.message_template as m
             on m.channel_id = h.channel_id and m.name = h.template_name and m.language = h.language
          where h.message_type = 'template'`,
      ),
    ),
    {
      delivery_status: 'delivered',
      sender_type: 'bot',
      status: 'approved',
      variable_count: 1,
      metadata: { variables: [/^[A-Z][a-z]+$/] },
    },
  );
});

t.test('every table has rows of every shop', async (t) => {
  const shops = [await seed(1), await seed(2), await seed(3)];
  const { rows: tables } = await db.installer.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'commerce'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  for (const { name } of tables.filter(({ name }) => !withoutTenant.includes(name))) {
    const { rows } = await db.installer.query(
      `select count(distinct tenant_id)::integer as shops from commerce.${name} where tenant_id = any ($1)`,
      [shops],
    );
    t.equal(rows[0].shops, shops.length, name);
  }
});

t.test('a batch adds 100 orders, and nothing that does not add up', async (t) => {
  const id = await seed(2);
  const count = async () =>
    Number(
      (await db.installer.query('select count(*) from commerce.orders where tenant_id = $1', [id])).rows[0]
        .count,
    );
  const before = await count();
  t.equal(await addBatch(2, 2), true);
  t.equal(await addBatch(2, 3), true);
  t.equal(await count(), before + 200);
  t.strictSame(await mistakes(db, id), []);
  await asMember(db, { tenantId: id, subject: 'demo-owner-2' }, async (client) => {
    t.strictSame((await client.query('select * from api.check_inventory()')).rows, []);
  });
});

t.test('what is there is left alone', async (t) => {
  const id = await seed(3);
  await addBatch(3, 2);
  const before = await content(db, id);
  t.equal(await seed(3, 9), id);
  t.equal(await addBatch(3, 2, 9), false);
  t.strictSame(await content(db, id), before);
});

t.test('the same numbers give the same shop', async (t) => {
  const fresh = await createTestDatabase(t, { template: 'empty' });
  const again = await seed(5, 7, fresh);
  await addBatch(5, 2, 7, fresh);
  const here = await seed(5, 7);
  await addBatch(5, 2, 7);
  t.strictSame(await content(fresh, again), await content(db, here));
  t.notMatch(await content(db, await seed(7, 8)), await content(db, here), 'other numbers another');
});

t.test('what is refused', async (t) => {
  for (const [number, start, field] of [
    [null, 1, 'tenant_number'],
    [0, 1, 'tenant_number'],
    [10_000, 1, 'tenant_number'],
    [9, 0, 'seed'],
    [9, null, 'seed'],
  ]) {
    await refused(t, seed(number, start), 'SCVAL', { field });
  }
  for (const step of [null, 1, 10_001]) await refused(t, addBatch(9, step), 'SCVAL', { field: 'step' });
});

t.test('a demo shop has messages of every kind, and every change of one', async (t) => {
  const tenantId = await seed(7);
  const { rows: kinds } = await db.installer.query<{ kind: string }>(
    'select distinct message_type as kind from commerce.conversation_history where tenant_id = $1 order by 1',
    [tenantId],
  );
  t.strictSame(
    kinds.map(({ kind }) => kind),
    [
      ...[
        'audio',
        'contact',
        'document',
        'image',
        'interactive',
        'location',
        'order',
        'sticker',
        'system',
        'template',
        'text',
      ],
      ...['unsupported', 'video'],
    ],
  );
  const { rows: events } = await db.installer.query<{ kind: string }>(
    `select distinct event_type as kind from commerce.conversation_event
      where tenant_id = $1 and event_type in ('message_edited', 'message_deleted', 'message_reacted') order by 1`,
    [tenantId],
  );
  t.strictSame(
    events.map(({ kind }) => kind),
    ['message_deleted', 'message_edited', 'message_reacted'],
  );
});

t.test('a demo shop has had an ordinary day', async (t) => {
  const tenantId = await seed(8);
  const days: [what: string, condition: string][] = [
    [
      'digital goods reached their buyer without a carrier',
      `select from commerce.orders o join commerce.fulfillment f on f.order_id = o.id
        where o.tenant_id = $1 and o.status = 'delivered' and o.carrier is null
          and f.method = 'digital' and f.status = 'delivered' and f.tracking_number is null`,
    ],
    [
      'an order was collected',
      `select from commerce.orders o join commerce.fulfillment f on f.order_id = o.id
        where o.tenant_id = $1 and o.status = 'delivered' and f.method = 'pickup' and f.status = 'collected'`,
    ],
    [
      'an order of two parcels has left in part',
      `select from commerce.orders o
        where o.tenant_id = $1 and o.fulfillment_status = 'partially_fulfilled'
          and (select count(*) from commerce.fulfillment f where f.order_id = o.id) = 2`,
    ],
    [
      'goods that were lost were sent again in exchange',
      `select from commerce.order_returns r
         join commerce.fulfillment f on f.id = r.fulfillment_id
         join commerce.orders o on o.id = r.exchange_order_id
        where r.tenant_id = $1 and f.status = 'lost' and o.status = 'pending'
          and (select array_agg((i.product_id, i.quantity)::text order by i.line_number)
                 from commerce.order_items i where i.order_id = o.id)
            = (select array_agg((i.product_id, i.quantity)::text order by i.line_number)
                 from commerce.order_items i where i.order_id = r.order_id)`,
    ],
    [
      'a parcel was refused',
      `select from commerce.fulfillment f where f.tenant_id = $1 and f.status = 'refused'`,
    ],
    ...['draft', 'confirmed'].map((status): [string, string] => [
      `an order in ${status} has a product with two choices of options`,
      `select from commerce.orders o
         join commerce.order_items a on a.order_id = o.id
         join commerce.order_items b on b.order_id = o.id and b.product_id = a.product_id
        where o.tenant_id = $1 and o.status = '${status}' and a.line_number < b.line_number
          and a.metadata <> b.metadata`,
    ]),
    [
      'staff gave a sum',
      `select from commerce.orders where tenant_id = $1 and discount_sum > 0 and discount_amount = discount_sum`,
    ],
    [
      'staff gave a percentage',
      `select from commerce.orders
        where tenant_id = $1 and discount_rate > 0 and discount_amount between 1 and subtotal_amount / 2`,
    ],
    [
      'a buyer used a code',
      `select from commerce.orders o join commerce.discount d on d.tenant_id = o.tenant_id and d.code = o.discount_code
        where o.tenant_id = $1 and o.status <> 'draft' and o.discount_amount > 0 and d.used_count = 1`,
    ],
    [
      'an order has a fee',
      `select from commerce.order_charge c join commerce.orders o on o.id = c.order_id
        where o.tenant_id = $1 and o.status <> 'draft' and c.amount > 0`,
    ],
    [
      'goods came back, and their money went back',
      `select from commerce.order_returns r join commerce.refund b on b.order_return_id = r.id
        where r.tenant_id = $1 and r.status = 'refunded' and r.refund_amount = b.amount and b.status = 'succeeded'`,
    ],
    ...['verified', 'expired', 'pending'].map((status): [string, string] => [
      `both sides of a document are ${status}`,
      `select from commerce.kyc_document a
         join commerce.kyc_document b
           on b.seller_onboarding_id = a.seller_onboarding_id and b.document_type = a.document_type
          and b.verification_status = a.verification_status
        where a.tenant_id = $1 and a.side = 'front' and b.side = 'back' and a.verification_status = '${status}'`,
    ]),
  ];
  for (const [what, condition] of days) {
    const { rows } = await db.installer.query(condition, [tenantId]);
    t.not(rows.length, 0, what);
  }
});

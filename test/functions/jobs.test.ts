import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker, openSession } from '../support/session.ts';
import {
  addChatCustomer,
  addProduct,
  addShopper,
  asRead,
  ledgerAgrees,
  one,
  openShop,
  refused,
  stockOf,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const shopper = await addShopper(db, shop, 'shopper');

const count = (call: string, values: unknown[] = []): Promise<number> =>
  asWorker(
    db,
    async (client) => (await one<{ n: number }>(client, `select internal.${call} as n`, values)).n,
  );

/** Several at once, batch after batch, until one finds nothing; returns how many rows they dealt with. */
async function together(call: string, values: unknown[] = []): Promise<number> {
  const each = async (): Promise<number> => {
    let total = 0;
    for (;;) {
      const n = await count(call, values);
      total += n;
      if (n === 0) return total;
    }
  };
  return (await Promise.all([each(), each(), each()])).reduce((sum, n) => sum + n);
}

t.test('expired sessions and idempotency keys are purged, others stay', async (t) => {
  const alive = await openSession(db, 'member', shop.owner);
  await db.installer.query(
    `insert into internal.session (tenant_id, role, expires_at)
     select $1, 'commerce_member', now() - interval '1 second' from generate_series(1, 25)`,
    [shop.tenantId],
  );
  t.equal(await count('purge_sessions(10)'), 10, 'at most a batch');
  t.ok((await together('purge_sessions(4)')) >= 15);
  t.match(
    await one(
      db.installer,
      `select count(*) filter (where id = $1) as alive, count(*) filter (where expires_at < now()) as expired
         from internal.session`,
      [alive],
    ),
    { alive: '1', expired: '0' },
  );

  await db.installer.query(
    `insert into internal.idempotency_key (tenant_id, operation, key, request_hash, expires_at)
     select case when n > 5 then $1::uuid end, 'test', n::text, '', now() - interval '1 minute' * (n - 2)
       from generate_series(1, 25) as n`,
    [shop.tenantId],
  );
  t.equal(await together('purge_idempotency_keys(4)'), 24);
  await refused(t, count('purge_sessions(0)'), 'SCVAL', { field: 'batch' });
  await refused(t, count('purge_idempotency_keys(null)'), 'SCVAL', { field: 'batch' });
});

t.test('payments that nobody completed end, and a late success still counts', async (t) => {
  const product = await addProduct(db, shop, { stock: 9 });
  const payments: string[] = [];
  for (let n = 0; n < 3; n++) {
    const { id } = await asBuyer(db, shopper, async (client) => {
      const order = await one(
        client,
        `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
        [`order ${n}`, JSON.stringify([{ product_id: product, quantity: 1 }])],
      );
      return one(client, `select * from api.create_payment($1, 'card', 'paystack', $3, $2)`, [
        order.id,
        `pay ${n}`,
        order.total_amount,
      ]);
    });
    payments.push(id);
  }
  await db.installer.query(
    `update commerce.payment set expires_at = case when id = $1 then now() + interval '1 hour' else now() - interval '1 second' end,
            provider_reference = id::text, version = version`,
    [payments[0]],
  );
  t.equal(await count('expire_payments($1)', [other.tenantId]), 0, 'not those of others');
  t.equal(await together('expire_payments($1, 1)', [shop.tenantId]), 2);
  const { rows } = await db.installer.query('select status from commerce.payment order by id');
  t.strictSame(
    rows.map(({ status }) => status),
    ['pending', 'expired', 'expired'],
  );
  const late = await asWorker(db, (client) =>
    one(client, `select * from internal.record_payment_result('paystack', $1, 'succeeded')`, [payments[1]]),
  );
  t.match(late, { status: 'succeeded' });
});

t.test('invitations, violations and documents end in their time', async (t) => {
  await db.installer.query(
    `insert into commerce.team_invites (tenant_id, created_by, created_at, expires_at, email, role, token_hash)
     select m.tenant_id, m.user_id, now() - interval '8 days', now() + interval '1 day' * (n - 6), n || '@team.example',
            'viewer', sha256(n::text::bytea)
       from commerce.team_members as m, generate_series(1, 8) as n where m.tenant_id = $1`,
    [shop.tenantId],
  );
  t.equal(await together('expire_team_invites($1, 2)', [shop.tenantId]), 5 + 1);
  await db.installer.query(
    `insert into commerce.violations (tenant_id, user_id, type, severity, action, reason, start_at, end_at)
     select m.tenant_id, m.user_id, 'policy', 'low', 'restrict', 'x', now() - interval '2 days',
            case n when 1 then null when 2 then now() + interval '1 day' else now() - interval '1 day' end
       from commerce.team_members as m, generate_series(1, 5) as n where m.tenant_id = $1`,
    [shop.tenantId],
  );
  t.equal(await together('expire_violations($1, 1)', [shop.tenantId]), 3);
  await db.installer.query(
    `insert into commerce.kyc_document (tenant_id, seller_onboarding_id, document_type, document_url, verification_status, expires_on)
     select o.tenant_id, o.id, d.type, 'key', 'verified', current_date + d.days
       from commerce.seller_onboarding as o, (values ('passport', 0), ('selfie', 1)) as d (type, days)
      where o.tenant_id = $1`,
    [shop.tenantId],
  );
  t.equal(await together('expire_kyc_documents($1, 1)', [shop.tenantId]), 1);
  for (const job of ['expire_payments', 'expire_team_invites', 'expire_violations', 'expire_kyc_documents']) {
    await refused(t, count(`${job}($1, 0)`, [shop.tenantId]), 'SCVAL', { field: 'batch' });
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(`select internal.${job}($1)`, [shop.tenantId])),
      '42501',
    );
  }
});

t.test('unpaid orders end in batches at once, whatever products they share', async (t) => {
  const buyer = await addShopper(db, other, 'many orders');
  const products = await Promise.all(Array.from({ length: 8 }, () => addProduct(db, other, { stock: 200 })));
  await asMember(db, other.owner, async (client) => {
    for (let n = 0; n < 80; n++) {
      // Far apart in the order of ids, and the other way round in the next order.
      const lines = [products[n % 8], products[7 - (n % 8)]].map((product_id) => ({
        product_id,
        quantity: 1,
      }));
      await client.query(
        `select api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_customer_id => $3, p_channel => 'whatsapp')`,
        [`order ${n}`, JSON.stringify(lines), buyer.customerId],
      );
    }
  });
  t.equal(await together(`expire_unpaid_orders($1, '0', 7)`, [other.tenantId]), 80);
  t.strictSame(await Promise.all(products.map((product) => stockOf(db, product))), Array(8).fill(200));
  await ledgerAgrees(t, db, other);
});

t.test('jobs learn which merchants have work, and no more', async (t) => {
  const busy = await openShop(db);
  const chat = await addChatCustomer(db, busy, '2348030000001');
  const buyer = await addShopper(db, busy, 'buyer');
  const product = await addProduct(db, busy, { stock: 9 });
  await asMember(db, busy.owner, (client) =>
    client.query(`select api.queue_message($1, 'work', 'Hello')`, [chat.threadId]),
  );
  const order = await asBuyer(db, buyer, async (client) => {
    const placed = await one(
      client,
      `select * from api.place_order('work', p_lines => $1, p_expected_totals => ${asRead('$1')}, p_channel => 'storefront')`,
      [JSON.stringify([{ product_id: product, quantity: 1 }])],
    );
    await client.query(`select api.create_payment($1, 'card', 'paystack', $2, 'work')`, [
      placed.id,
      placed.total_amount,
    ]);
    return placed;
  });
  await db.installer.query(
    `insert into commerce.team_invites (tenant_id, created_by, expires_at, email, role, token_hash)
     select tenant_id, user_id, now() + interval '1 day', 'a@team.example', 'viewer', sha256('work')
       from commerce.team_members where tenant_id = $1`,
    [busy.tenantId],
  );
  await db.installer.query(
    `insert into commerce.violations (tenant_id, user_id, type, severity, action, reason, start_at, end_at)
     select tenant_id, user_id, 'policy', 'low', 'restrict', 'x', now() - interval '2 days', now() + interval '1 day'
       from commerce.team_members where tenant_id = $1`,
    [busy.tenantId],
  );
  await db.installer.query(
    `insert into commerce.kyc_document (tenant_id, seller_onboarding_id, document_type, document_url, verification_status, expires_on)
     select tenant_id, id, 'passport', 'key', 'verified', current_date + 1 from commerce.seller_onboarding where tenant_id = $1`,
    [busy.tenantId],
  );

  await asMember(db, busy.owner, (client) =>
    client.query(`select api.set_custom_domain('busy.example.com', 1)`),
  );

  const withWork = async (kind: string | null, after: string | null = null, batch: number | null = 1000) =>
    asWorker(db, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'select internal.tenants_with_work($1, $2, $3) as id',
        [kind, after, batch],
      );
      return rows.map(({ id }) => id);
    });
  /** A job, what its time's coming does to its row, and the row. */
  const work: [kind: string, due: string | null, id: string][] = [
    ['claim_messages', null, chat.threadId],
    [
      'wake_snoozed_threads',
      `update commerce.conversation_thread set status = 'snoozed', snoozed_until = now(), version = version where id = $1`,
      chat.threadId,
    ],
    [
      'expire_payments',
      'update commerce.payment set expires_at = now(), version = version where order_id = $1',
      order.id,
    ],
    [
      'expire_unpaid_orders',
      `update commerce.orders set placed_at = now() - interval '25 hours', version = version where id = $1`,
      order.id,
    ],
    [
      'expire_team_invites',
      `update commerce.team_invites set created_at = now() - interval '2 days', expires_at = now() where tenant_id = $1`,
      busy.tenantId,
    ],
    [
      'expire_violations',
      'update commerce.violations set end_at = now() where tenant_id = $1',
      busy.tenantId,
    ],
    [
      'expire_kyc_documents',
      'update commerce.kyc_document set expires_on = current_date where tenant_id = $1',
      busy.tenantId,
    ],
    [
      'expire_domain_claims',
      `update internal.domain_claim set claimed_at = now() - interval '169 hours' where tenant_id = $1 and source = 'storefront'`,
      busy.tenantId,
    ],
  ];
  for (const [kind, due, id] of work) {
    if (due !== null) {
      t.strictSame(await withWork(kind), [], `${kind}: nothing yet`);
      await db.installer.query(due, [id]);
    }
    t.strictSame(await withWork(kind), [busy.tenantId], `${kind}: this one`);
    t.strictSame(await withWork(kind, busy.tenantId), [], 'none behind it');
    if (kind === 'claim_messages') {
      t.equal(
        (
          await asWorker(db, (client) =>
            client.query(`select * from internal.claim_messages($1, 'sender')`, [busy.tenantId]),
          )
        ).rowCount,
        1,
      );
    } else {
      t.equal(await count(`${kind}($1)`, [busy.tenantId]), 1);
    }
    t.strictSame(await withWork(kind), [], `${kind}: done`);
  }

  // Claims that end are work again, but not through a channel that is off, nor while a merchant is suspended.
  await db.installer.query('update internal.message_claim set expires_at = now()');
  t.strictSame(await withWork('claim_messages'), [busy.tenantId]);
  const set = (sql: string) =>
    db.installer.query(`${sql}, version = version where tenant_id = $1`, [busy.tenantId]);
  await set('update commerce.channel set is_active = false');
  t.strictSame(await withWork('claim_messages'), []);
  await set('update commerce.channel set is_active = true');
  await db.installer.query(
    `update commerce.tenant set status = 'suspended', version = version where id = $1`,
    [busy.tenantId],
  );
  t.strictSame(await withWork('claim_messages'), []);

  // Page by page, in the order of their ids.
  await db.installer.query(
    `insert into commerce.violations (tenant_id, user_id, type, severity, action, reason, start_at, end_at)
     select tenant_id, user_id, 'policy', 'low', 'restrict', 'x', now() - interval '2 days', now() from commerce.team_members`,
  );
  const first = await withWork('expire_violations', null, 2);
  const second = await withWork('expire_violations', first.at(-1), 2);
  t.equal(first.length, 2);
  t.strictSame([...first, ...second], [shop.tenantId, other.tenantId, busy.tenantId].sort());

  t.strictSame(
    await withWork('purge_deleted'),
    [shop.tenantId, other.tenantId, busy.tenantId].sort(),
    'all of them',
  );
  await db.installer.query(`update commerce.tenant set status = 'closing', version = version where id = $1`, [
    busy.tenantId,
  ]);
  await db.installer.query(
    `update commerce.tenant set status = 'closed', is_active = false, closed_at = now(), version = version where id = $1`,
    [busy.tenantId],
  );
  t.strictSame(await withWork('purge_deleted'), [shop.tenantId, other.tenantId].sort(), 'but the closed');

  for (const kind of ['open_session', '', null]) await refused(t, withWork(kind), 'SCVAL', { field: 'kind' });
  for (const batch of [0, 10_001, null]) {
    await refused(t, withWork('claim_messages', null, batch), 'SCVAL', { field: 'batch' });
  }
  await refused(
    t,
    asMember(db, shop.owner, (client) => client.query(`select internal.tenants_with_work('claim_messages')`)),
    '42501',
  );
});

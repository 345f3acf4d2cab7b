import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addChatCustomer, addShopper, one, openShop, refused, type Shop } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const other = await openShop(db);

type Door = 'suspend_tenant' | 'reactivate_tenant';

const turn = (door: Door, tenantId: string, version: number | null, reason: string | null = 'Fraud') =>
  asWorker(db, async (client) => {
    const { version: next } = await one<{ version: number }>(
      client,
      `select internal.${door}($1, $2, $3) as version`,
      [tenantId, reason, version],
    );
    return next;
  });

const stateOf = ({ tenantId }: Shop) =>
  one<{ status: string; is_active: boolean; suspended_at: Date | null; version: number }>(
    db.installer,
    'select status, is_active, suspended_at, version from commerce.tenant where id = $1',
    [tenantId],
  );

const hostOf = ({ owner }: Shop) =>
  one(db.auth, 'select * from internal.resolve_tenant($1)', [`${owner.subject}.example`]);

async function tenantsOf({ owner }: Shop): Promise<string[]> {
  const session = await one<{ session_id: string }>(
    db.auth,
    `select session_id from internal.open_session(null, 'buyer', null, $1)`,
    [owner.subject],
  );
  return asRole(db.api, 'commerce_buyer', session.session_id, async (client) => {
    const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from api.my_tenants()');
    return rows.map(({ tenant_id }) => tenant_id);
  });
}

const setStatus = ({ tenantId }: Shop, status: string) =>
  db.installer.query('update commerce.tenant set status = $2, version = version where id = $1', [
    tenantId,
    status,
  ]);

t.test('a suspended merchant is shut out until it is let in again', async (t) => {
  const shop = await openShop(db);
  const shopper = await addShopper(db, shop, 'loyal');
  const sessions = {
    commerce_member: await openSession(db, 'member', shop.owner),
    commerce_buyer: await openSession(db, 'buyer', shopper),
    commerce_anonymous: await openSession(db, 'anonymous', shop),
  } as const;
  const { version } = await stateOf(shop);

  t.equal(await turn('suspend_tenant', shop.tenantId, version), version + 1);
  t.match(await stateOf(shop), { status: 'suspended', suspended_at: Date, version: version + 1 });
  for (const [role, session] of Object.entries(sessions)) {
    await refused(
      t,
      asRole(db.api, role as keyof typeof sessions, session, (client) =>
        client.query('select from api.products'),
      ),
      'SCCTX',
    );
  }
  await refused(
    t,
    asMember(db, shop.owner, async () => {}),
    'SCTEN',
  );
  await refused(
    t,
    asBuyer(db, shopper, async () => {}),
    'SCTEN',
  );
  await refused(
    t,
    asAnonymous(db, shop, async () => {}),
    'SCTEN',
  );
  await refused(
    t,
    asWorker(db, (client) =>
      client.query(`select * from internal.receive_message('whatsapp', $1, '234801', 'm1', 'Hello')`, [
        shop.account,
      ]),
    ),
    'SCTEN',
  );
  await asMember(db, other.owner, async () => t.pass('other merchants go on'));
  t.match(await hostOf(shop), { tenant_id: shop.tenantId, is_active: false });
  t.strictSame(await tenantsOf(shop), [], 'nor is it offered to those who may choose');

  t.equal(await turn('reactivate_tenant', shop.tenantId, version + 1, 'Cleared'), version + 2);
  t.match(await stateOf(shop), { status: 'active', suspended_at: null });
  t.match(await hostOf(shop), { is_active: true });
  t.strictSame(await tenantsOf(shop), [shop.tenantId]);
  await asMember(db, shop.owner, async (client) => {
    t.match(await one(client, 'select status from api.tenant'), { status: 'active' });
  });
  const { rows } = await db.installer.query(
    `select new_values ->> 'operation' as operation, reason, actor_role, tenant_id from audit.log
      where table_name = 'tenant' and record_key = $1 and action = 'custom' order by id`,
    [shop.tenantId],
  );
  t.strictSame(rows, [
    { operation: 'suspend_tenant', reason: 'Fraud', actor_role: 'commerce_worker', tenant_id: shop.tenantId },
    {
      operation: 'reactivate_tenant',
      reason: 'Cleared',
      actor_role: 'commerce_worker',
      tenant_id: shop.tenantId,
    },
  ]);
});

t.test('from which status to which', async (t) => {
  const machine = 'tenant.status';
  for (const [from, door, outcome] of [
    ['active', 'suspend_tenant', 'suspended'],
    ['suspended', 'suspend_tenant', null],
    ['closing', 'suspend_tenant', null],
    ['suspended', 'reactivate_tenant', 'active'],
    ['closing', 'reactivate_tenant', 'active'],
    ['active', 'reactivate_tenant', null],
  ] as const) {
    const shop = await openShop(db);
    if (from !== 'active') await setStatus(shop, from);
    const before = await stateOf(shop);
    const move = turn(door, shop.tenantId, before.version);
    if (outcome === null) {
      await refused(t, move, 'SCTRN', {
        machine,
        from,
        to: door === 'suspend_tenant' ? 'suspended' : 'active',
      });
      t.strictSame(await stateOf(shop), before);
    } else {
      await move;
      t.equal((await stateOf(shop)).status, outcome, `${door} from ${from}`);
    }
  }
  const closed = await openShop(db);
  await setStatus(closed, 'closing');
  await db.installer.query(
    `update commerce.tenant set status = 'closed', is_active = false, version = version where id = $1`,
    [closed.tenantId],
  );
  const { version } = await stateOf(closed);
  for (const door of ['suspend_tenant', 'reactivate_tenant'] as const) {
    await refused(t, turn(door, closed.tenantId, version), 'SCTRN', { machine, from: 'closed' });
  }
});

t.test('a merchant who is closing goes on until the end', async (t) => {
  const shop = await openShop(db);
  const { threadId } = await addChatCustomer(db, shop, 'before');
  await setStatus(shop, 'closing');
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.queue_message($1, 'closing', 'We close on Friday')`, [threadId]),
  );
  await addChatCustomer(db, shop, 'after');
  const claimed = await asWorker(db, async (client) => {
    const { rows } = await client.query<{ tenant: string }>(
      `select t as tenant from internal.tenants_with_work('claim_messages') as t`,
    );
    t.ok(rows.some(({ tenant }) => tenant === shop.tenantId));
    return client.query(`select * from internal.claim_messages($1, 'worker')`, [shop.tenantId]);
  });
  t.match(claimed.rows, [{ message: 'We close on Friday' }]);
});

t.test('what is refused', async (t) => {
  const shop = await openShop(db);
  const { version } = await stateOf(shop);
  await refused(t, turn('suspend_tenant', shop.tenantId, null), 'SCVRQ');
  await refused(t, turn('suspend_tenant', shop.tenantId, version - 1), 'SCVER', {
    expected: version - 1,
    actual: version,
  });
  for (const reason of [null, ' ', 'x'.repeat(2001)]) {
    await refused(t, turn('suspend_tenant', shop.tenantId, version, reason), 'SCVAL', { field: 'reason' });
  }
  await refused(t, turn('suspend_tenant', '00000000-0000-7000-8000-000000000000', 1), 'SCNTF', {
    field: 'tenant_id',
  });
  await refused(
    t,
    asWorker(db, async (client) => {
      await client.query(`select internal.suspend_tenant($1, 'Fraud', $2)`, [shop.tenantId, version]);
      await client.query(`select internal.suspend_tenant($1, 'Fraud', 1)`, [other.tenantId]);
    }),
    'SCCTX',
  );
  for (const door of ['suspend_tenant', 'reactivate_tenant']) {
    const call = `select internal.${door}($1, 'Mine', $2)`;
    await refused(
      t,
      asMember(db, shop.owner, (client) => client.query(call, [shop.tenantId, version])),
      '42501',
    );
    await refused(t, db.auth.query(call, [shop.tenantId, version]), '42501');
  }
  t.match(await stateOf(shop), { status: 'active', version });
});

t.test('two who suspend at once: one does', async (t) => {
  const shop = await openShop(db);
  const { version } = await stateOf(shop);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => turn('suspend_tenant', shop.tenantId, version)),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCVER'));
});

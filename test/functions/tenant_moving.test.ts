import t from 'tap';
import { createDatabase, TenantMovedError } from '../../src/index.ts';
import { getTenant } from '../../src/queries/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addShopper, one, openShop, refused, type Shop } from './shop.ts';

/** The last moment of a merchant's move to another server: closed for everyone, and nothing of it seen outside. */
const db = await createTestDatabase(t, { template: 'empty' });
const other = await openShop(db);

const turn = (door: 'begin_move' | 'end_move', tenantId: string, version: number | null) =>
  asWorker(db, async (client) => {
    const sql = `select internal.${door}($1, $2) as version`;
    return (await one<{ version: number }>(client, sql, [tenantId, version])).version;
  });

const stateOf = ({ tenantId }: Shop) =>
  one<{ status: string; suspended_at: Date | null; version: number }>(
    db.installer,
    'select status, suspended_at, version from commerce.tenant where id = $1',
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

const logged = async ({ tenantId }: Shop) =>
  (
    await db.installer.query(
      `select action, old_values ->> 'status' as old, new_values ->> 'status' as new from audit.log
        where table_name = 'tenant' and record_key = $1 and action <> 'insert' order by id`,
      [tenantId],
    )
  ).rows;

t.test('a merchant that moves is closed for everyone, and looks the same from outside', async (t) => {
  const shop = await openShop(db);
  const shopper = await addShopper(db, shop, 'loyal');
  const session = await openSession(db, 'member', shop.owner);
  const [host, tenants] = [await hostOf(shop), await tenantsOf(shop)];
  const { version } = await stateOf(shop);
  const before = await logged(shop);

  t.equal(await turn('begin_move', shop.tenantId, version), version + 1);
  t.match(await stateOf(shop), { status: 'moving', suspended_at: null, version: version + 1 });
  t.strictSame(
    await logged(shop),
    [...before, { action: 'update', old: 'active', new: 'moving' }],
    'one row',
  );
  await refused(
    t,
    asRole(db.api, 'commerce_member', session, (client) =>
      client.query(`update api.products set name = 'late', version = version`),
    ),
    'SCCTX',
  );
  for (const enter of [
    () => asMember(db, shop.owner, async () => {}),
    () => asBuyer(db, shopper, async () => {}),
    () => asAnonymous(db, shop, async () => {}),
    () =>
      asWorker(db, (client) =>
        client.query(`select * from internal.receive_message('whatsapp', $1, '234801', 'm1', 'Hello')`, [
          shop.account,
        ]),
      ),
    () => asWorker(db, (client) => client.query('select internal.expire_payments($1)', [shop.tenantId])),
    () =>
      asWorker(db, (client) =>
        client.query(`select internal.suspend_tenant($1, 'Fraud', $2)`, [shop.tenantId, version + 1]),
      ),
    () =>
      asWorker(db, (client) =>
        client.query(`select internal.reactivate_tenant($1, 'Back', $2)`, [shop.tenantId, version + 1]),
      ),
  ]) {
    await refused(t, enter(), 'SCMOV');
  }
  await asMember(db, other.owner, async () => t.pass('other merchants go on'));
  t.strictSame(await hostOf(shop), host, 'its host leads to it as before');
  t.strictSame(await tenantsOf(shop), tenants, 'and it is offered to those who may choose');
  t.notOk((await jobs()).includes(shop.tenantId), 'no job is offered for it');

  t.equal(await turn('end_move', shop.tenantId, version + 1), version + 2);
  t.match(await stateOf(shop), { status: 'active' });
  await asMember(db, shop.owner, async (client) => {
    t.match(await one(client, 'select status from api.tenant'), { status: 'active' });
  });
  t.match((await logged(shop)).at(-1), { action: 'update', old: 'moving', new: 'active' });
});

const jobs = () =>
  asWorker(db, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select t.id from internal.tenants_with_work('purge_deleted') as t (id)`,
    );
    return rows.map(({ id }) => id);
  });

t.test('which statuses may move, and whereto they return', async (t) => {
  const shop = await openShop(db);
  const set = (status: string) =>
    db.installer.query(
      `update commerce.tenant
          set status = $2, version = version, suspended_at = case when $2 = 'suspended' then now() end where id = $1`,
      [shop.tenantId, status],
    );
  const version = async () => (await stateOf(shop)).version;
  await refused(t, turn('end_move', shop.tenantId, await version()), 'SCTRN', { from: 'active' });
  await refused(t, turn('begin_move', shop.tenantId, 99), 'SCVER');
  await refused(t, turn('begin_move', shop.tenantId, null), 'SCVRQ');
  await refused(t, turn('begin_move', '01890000-0000-7000-8000-000000000000', 1), 'SCNTF', {
    field: 'tenant_id',
  });

  await set('suspended');
  await refused(t, turn('end_move', shop.tenantId, await version()), 'SCTRN', { from: 'suspended' });
  await turn('begin_move', shop.tenantId, await version());
  t.match(await hostOf(shop), { is_active: false }, 'it stays shut while it moves');
  t.strictSame(await tenantsOf(shop), []);
  await turn('end_move', shop.tenantId, await version());
  t.match(await stateOf(shop), { status: 'suspended', suspended_at: Date });

  await set('active');
  await set('closing');
  await refused(t, turn('end_move', shop.tenantId, await version()), 'SCTRN', { from: 'closing' });
  await refused(t, turn('begin_move', shop.tenantId, await version()), 'SCTRN', { from: 'closing' });
});

t.test('the package speaks of it in a type of its own', async (t) => {
  const { DATABASE_API_URL, DATABASE_AUTH_URL, DATABASE_WORKER_URL } = db.urls;
  const shop = await openShop(db);
  const database = createDatabase({
    connectionString: DATABASE_API_URL,
    authConnectionString: DATABASE_AUTH_URL,
    workerConnectionString: DATABASE_WORKER_URL,
  });
  t.teardown(() => database.close());
  const read = () => database.withTenant({ ...shop.owner, role: 'member' }, (tx) => tx.run(getTenant, {}));
  t.match(await read(), { id: shop.tenantId }, 'a session is open and kept');
  await turn('begin_move', shop.tenantId, (await stateOf(shop)).version);
  const error = await read().catch((reason: unknown) => reason);
  t.type(error, TenantMovedError);
  t.match(error, { code: 'TENANT_MOVED', httpStatus: 503, sqlState: 'SCMOV' });
  await turn('end_move', shop.tenantId, (await stateOf(shop)).version);
  t.match(await read(), { id: shop.tenantId }, 'and the next try succeeds');
});

t.test('a merchant that is arriving, or has left, is refused as well', async (t) => {
  const shop = await openShop(db);
  await db.installer.query('select audit.begin_arrival($1, $2)', [shop.tenantId, 'cell-1']);
  await refused(
    t,
    asMember(db, shop.owner, async () => {}),
    'SCMOV',
  );
  t.notOk((await jobs()).includes(shop.tenantId), 'no job is offered for it either');
  const gone = '01890000-0000-7000-8000-000000000001';
  await db.installer.query(
    `insert into audit.tenant_move (tenant_key, direction, other_server) values ($1, 'out', 'cell-2')`,
    [gone],
  );
  await refused(
    t,
    asAnonymous(db, { tenantId: gone }, async () => {}),
    'SCMOV',
  );
});

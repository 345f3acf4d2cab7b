import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asRole } from '../support/session.ts';
import { one, refused } from './shop.ts';

const db = await createTestDatabase(t);
const [ours, theirs] = await Promise.all(
  [1, 2].map(async (number) => {
    const { id } = await one(db.installer, 'select id from commerce.tenant where domain = $1', [
      `demo-${number}.example`,
    ]);
    return id;
  }),
);

const newAdmin = async (): Promise<string> =>
  (await one(db.installer, `insert into commerce.users (is_system_admin) values (true) returning id`)).id;
const adminId = await newAdmin();

async function open(
  admin: string | undefined = adminId,
  { tenantId = ours, reason = 'complaint 4711' as string | null, minutes = 30 as number | null } = {},
): Promise<string> {
  const { id } = await one(
    db.auth,
    'select session_id as id from internal.open_platform_session($1, $2, $3, $4)',
    [admin, tenantId, reason, minutes],
  );
  return id;
}

type Client = {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
};

const asPlatform = <T>(session: string, work: (client: Client) => Promise<T>): Promise<T> =>
  asRole(db.platform, 'commerce_platform', session, work);

const views = ['tenant', 'users', 'customer', 'products', 'orders', 'order_items', 'conversation_history'];

const countRows = async (client: Client): Promise<number[]> => {
  const counts = [];
  for (const view of views) counts.push((await client.query(`select id from api.${view}`)).rowCount ?? 0);
  return counts;
};
const nothing = views.map(() => 0);

t.test(
  'opening is logged with its reason before anything is read, and outlives every rollback',
  async (t) => {
    const logged = () =>
      db.installer.query(
        `select action, table_name, record_key, actor_user_id, tenant_id, reason, new_values
         from audit.log where reason = 'complaint 4712' order by id`,
      );
    const session = await open(adminId, { reason: 'complaint 4712' });
    const opening = {
      action: 'impersonate',
      table_name: 'tenant',
      record_key: ours,
      actor_user_id: adminId,
      tenant_id: ours,
      reason: 'complaint 4712',
      new_values: { minutes: 30 },
    };
    t.same((await logged()).rows, [opening]);

    const hiding = asPlatform(session, async (client) => {
      await client.query(`select api.announce_read('orders')`);
      t.not((await client.query('select id from api.orders')).rowCount, 0);
      throw new Error('nobody shall know');
    });
    await t.rejects(hiding, { message: 'nobody shall know' });
    t.same((await logged()).rows, [opening]);

    await asPlatform(session, (client) => client.query(`select api.announce_read('orders')`));
    t.match((await logged()).rows, [
      opening,
      { action: 'read', table_name: 'orders', actor_user_id: adminId, tenant_id: ours },
    ]);
  },
);

t.test(
  'nothing is visible before a read is announced, everything after it, in that transaction only',
  async (t) => {
    const session = await open();
    await asPlatform(session, async (client) => {
      t.same(await countRows(client), nothing);
      await client.query('savepoint before');
      await client.query(`select api.announce_read('the whole shop')`);
      t.ok((await countRows(client)).every((count) => count > 0));
      await client.query('rollback to savepoint before');
      t.same(await countRows(client), nothing, 'an announcement that is taken back shows nothing');
      await client.query(`select api.announce_read('the whole shop')`);
      t.ok((await countRows(client)).every((count) => count > 0));
    });
    t.same(await asPlatform(session, countRows), nothing);
  },
);

t.test('one tenant, and no writing', async (t) => {
  const session = await open();
  await asPlatform(session, async (client) => {
    await client.query(`select api.announce_read('products')`);
    const { rows } = await client.query('select distinct tenant_id as id from api.products');
    t.same(rows, [{ id: ours }]);
    t.equal((await client.query('select id from api.products where tenant_id = $1', [theirs])).rowCount, 0);
  });
  for (const sql of [
    `update api.products set name = 'Ours'`,
    'delete from api.products',
    `select api.restore('products', '${ours}')`,
  ]) {
    await refused(
      t,
      asPlatform(session, (client) => client.query(sql)),
      '42501',
    );
  }
});

t.test('only a system administrator, for a tenant that exists, with a reason, for a while', async (t) => {
  const owner = await one(
    db.installer,
    `select user_id as id from commerce.team_members where tenant_id = $1 and role = 'owner'`,
    [ours],
  );
  const left = await newAdmin();
  await db.installer.query('update commerce.users set is_deleted = true, version = version where id = $1', [
    left,
  ]);
  await refused(t, open(owner.id), 'SCPRM');
  await refused(t, open(left), 'SCPRM');
  await refused(t, open('01890000-0000-7000-8000-000000000000'), 'SCPRM');
  await refused(t, open(adminId, { tenantId: '01890000-0000-7000-8000-000000000000' }), 'SCPRM');
  for (const reason of [null, '', 'too short', '  spaces    ', 'x'.repeat(1001)]) {
    await refused(t, open(adminId, { reason }), 'SCVAL', { field: 'reason' });
  }
  for (const minutes of [null, 0, -1, 241]) {
    await refused(t, open(adminId, { minutes }), 'SCVAL', { field: 'minutes' });
  }
  const session = await open();
  for (const subject of ['', '  ', 'x'.repeat(256)]) {
    const announcing = asPlatform(session, (client) =>
      client.query('select api.announce_read($1)', [subject]),
    );
    await refused(t, announcing, 'SCVAL', { field: 'subject' });
  }
});

t.test('it ends by the clock, with the office, and serves no other role', async (t) => {
  const announce = (client: Client) => client.query(`select api.announce_read('orders')`);
  const { minutes } = await one<{ minutes: number }>(
    db.installer,
    `select round(extract(epoch from expires_at - now()) / 60)::integer as minutes from internal.session where id = $1`,
    [await open(adminId, { minutes: 5 })],
  );
  t.equal(minutes, 5);

  const expired = await open();
  await db.installer.query('update internal.session set expires_at = now() where id = $1', [expired]);
  await refused(t, asPlatform(expired, announce), 'SCCTX');

  const dismissed = await newAdmin();
  const session = await open(dismissed);
  await asPlatform(session, announce);
  await db.installer.query('update commerce.users set is_deleted = true, version = version where id = $1', [
    dismissed,
  ]);
  await refused(t, asPlatform(session, announce), 'SCCTX');

  const ofMember = asRole(db.api, 'commerce_member', await open(), (client) =>
    client.query('select id from api.orders'),
  );
  await refused(t, ofMember, 'SCCTX');
  await refused(t, asPlatform('', announce), 'SCTEN');
});

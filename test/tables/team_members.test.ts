import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { openSession } from '../support/session.ts';
import { provisionTenant, type TestTenant } from '../support/tenants.ts';

const db = await createTestDatabase(t, { template: 'empty' });

const leave = `update commerce.team_members set is_active = false, version = version where user_id = $1`;

/** A second owner of a merchant; returns the users id. */
async function addOwner({ tenantId }: TestTenant): Promise<string> {
  const { rows } = await db.installer.query<{ id: string }>(
    `with person as (
       insert into commerce.users (tenant_id, display_name) values ($1, 'Partner') returning tenant_id, id
     )
     insert into commerce.team_members (tenant_id, user_id, role)
     select tenant_id, id, 'owner' from person returning user_id as id`,
    [tenantId],
  );
  return rows[0]?.id ?? '';
}

async function owners({ tenantId }: TestTenant): Promise<number | undefined> {
  const { rows } = await db.installer.query<{ n: number }>(
    `select count(*)::integer as n from commerce.team_members where tenant_id = $1 and role = 'owner' and is_active`,
    [tenantId],
  );
  return rows[0]?.n;
}

async function commit(client: pg.PoolClient): Promise<string> {
  try {
    await client.query('commit');
    return 'committed';
  } catch (error) {
    await client.query('rollback');
    return (error as { code: string }).code;
  } finally {
    client.release();
  }
}

for (const isolation of ['read committed', 'repeatable read', 'serializable']) {
  t.test(`two owners who leave at once do not leave a merchant without one: ${isolation}`, async (t) => {
    const shop = await provisionTenant(db, `race-${isolation.replace(' ', '-')}`);
    const people = [shop.owner.userId, await addOwner(shop)];
    const clients = [await db.installer.connect(), await db.installer.connect()];
    for (const [i, client] of clients.entries()) {
      await client.query(`begin isolation level ${isolation}`);
      await client.query(leave, [people[i]]);
    }
    const ends = (await Promise.all(clients.map(commit))).sort();
    t.match(ends, [/^(SCOWN|40001)$/, 'committed']);
    t.equal(await owners(shop), 1);
  });
}

t.test('the last owner stays, even when the transaction forgets its session', async (t) => {
  const shop = await provisionTenant(db, 'forgetful');
  const { rows } = await db.installer.query(
    `insert into internal.session (tenant_id, role, expires_at)
     values ($1, 'commerce_definer', now() + interval '1 hour') returning id`,
    [shop.tenantId],
  );
  const client = await db.installer.connect();
  await client.query('begin');
  await client.query(
    `select set_config('role', 'commerce_definer', true), set_config('commerce.session', $1, true)`,
    [rows[0].id],
  );
  await client.query(leave, [shop.owner.userId]);
  await client.query(`select set_config('commerce.session', '', true)`);
  t.equal(await commit(client), 'SCOWN');
  t.equal(await owners(shop), 1);
});

t.test('ownership is handed over in two steps', async (t) => {
  const shop = await provisionTenant(db, 'handed-over');
  const client = await db.installer.connect();
  await client.query('begin');
  await client.query(leave, [shop.owner.userId]);
  await client.query(
    `insert into commerce.users (id, tenant_id) values ('00000000-0000-7000-8000-000000000001', $1)`,
    [shop.tenantId],
  );
  await client.query(
    `insert into commerce.team_members (tenant_id, user_id, role)
     values ($1, '00000000-0000-7000-8000-000000000001', 'owner')`,
    [shop.tenantId],
  );
  t.equal(await commit(client), 'committed');
  t.equal(await owners(shop), 1);
});

t.test('a merchant without an owner is not switched on', async (t) => {
  const shop = await provisionTenant(db, 'abandoned');
  const turn = (on: boolean) =>
    db.installer.query('update commerce.tenant set is_active = $2, version = version where id = $1', [
      shop.tenantId,
      on,
    ]);
  await turn(false);
  await db.installer.query(leave, [shop.owner.userId]);
  t.equal(await owners(shop), 0, 'nobody needs to own what is switched off');
  await t.rejects(turn(true), { code: 'SCOWN' });
  await addOwner(shop);
  await t.resolves(turn(true));
});

t.test('a person on the team is not deleted', async (t) => {
  const shop = await provisionTenant(db, 'staffed');
  const userId = await addOwner(shop);
  const client = await db.installer.connect();
  await client.query('begin');
  const { rows } = await client.query(
    `insert into internal.session (tenant_id, role, expires_at)
     values ($1, 'commerce_definer', now() + interval '1 hour') returning id`,
    [shop.tenantId],
  );
  await client.query(
    `select set_config('role', 'commerce_definer', true), set_config('commerce.session', $1, true)`,
    [rows[0].id],
  );
  const remove = `update commerce.users set is_deleted = true, version = version where id = $1`;
  await client.query('savepoint staffed');
  await t.rejects(client.query(remove, [userId]), { code: 'SCDEP', detail: /"team_members"/ });
  await client.query('rollback to staffed');
  await client.query(leave, [userId]);
  t.equal((await client.query(remove, [userId])).rowCount, 1, 'but a member who has left is');
  t.equal(await commit(client), 'committed');
});

t.test('a member whose permissions change comes back with a new session', async (t) => {
  const shop = await provisionTenant(db, 'promoted');
  const session = await openSession(db, 'member', shop.owner);
  await db.installer.query(
    `update commerce.team_members set permissions = '{orders.read}', version = version where user_id = $1`,
    [shop.owner.userId],
  );
  const { rows } = await db.installer.query('select from internal.session where id = $1', [session]);
  t.equal(rows.length, 0);
});

import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';
import { provisionTenant } from '../support/tenants.ts';

/** Large objects belong to no merchant: they are a store that all who reach it share. */
const db = await createTestDatabase(t, { template: 'empty' });

t.test('nobody makes, reads or finds a large object', async (t) => {
  const { owner } = await provisionTenant(db, 'ours');
  const { rows: made } = await db.installer.query<{ id: number }>(`select lo_from_bytea(0, 'ours') as id`);
  const id = made[0]?.id;
  for (const sql of [
    'select lo_create(0)',
    'select lo_creat(-1)',
    `select lo_from_bytea(0, 'secret')`,
    `select lo_get(${id})`,
    `select lo_put(${id}, 0, 'theirs')`,
    `select lo_open(${id}, 262144)`,
    `select lo_unlink(${id})`,
    'select data from pg_largeobject',
  ]) {
    await t.rejects(
      asMember(db, owner, (client) => client.query(sql)),
      { code: '42501' },
      sql,
    );
  }
  await db.installer.query('select lo_unlink($1)', [id]);
});

t.test('no role of ours may call any of their functions', async (t) => {
  const { rows } = await db.installer.query(`
    select r.rolname, p.oid::regprocedure
      from pg_proc p join pg_roles r on r.rolname like 'commerce\\_%'
     where p.pronamespace = 'pg_catalog'::regnamespace
       and (p.proname like 'lo\\_%' or p.proname in ('loread', 'lowrite'))
       and has_function_privilege(r.oid, p.oid, 'execute')`);
  t.strictSame(rows, []);
});

import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asWorker } from '../support/session.ts';
import { one } from './shop.ts';

/** The partitions of audit.log are made by logins that own nothing. */
const db = await createTestDatabase(t, { template: 'empty' });
const made = (months: number) => `select internal.ensure_partitions(${months}) as made`;

t.test('the worker makes what is missing, and servers do, without a gap', async (t) => {
  const before = await one<{ end: Date }>(db.worker, 'select now() as end');
  t.match(await asWorker(db, (client) => one(client, made(5))), { made: 2 }, 'the first three are there');
  t.match(await asWorker(db, (client) => one(client, made(5))), { made: 0 });
  t.match(await one(db.auth, made(7)), { made: 2 });
  const { partitions_end_at: end } = await one<{ partitions_end_at: Date }>(
    db.auth,
    'select partitions_end_at from internal.operational_state()',
  );
  const expected = new Date(Date.UTC(before.end.getUTCFullYear(), before.end.getUTCMonth() + 8, 1));
  t.strictSame(end, expected, 'until the end of the seventh month after this');
});

t.test('a new partition computes what its log computes', async (t) => {
  await db.installer.query(
    'alter table audit.log add column tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored',
  );
  t.match(await one(db.auth, made(8)), { made: 1 });
  const { rows } = await db.installer.query(`
    select a.attgenerated as generated, count(*) > 7 as many
      from pg_inherits i join pg_attribute a on a.attrelid = i.inhrelid and a.attname = 'tenant_hash'
     where i.inhparent = 'audit.log'::regclass
     group by a.attgenerated`);
  t.strictSame(rows, [{ generated: 's', many: true }]);
  await db.installer.query('alter table audit.log drop column tenant_hash');
});

t.test('many at once make each partition once', async (t) => {
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => one(db.auth, made(9))));
  const total = outcomes.reduce(
    (sum, outcome) => sum + (outcome.status === 'fulfilled' ? Number(outcome.value.made) : 0),
    0,
  );
  t.equal(total, 1);
  t.match(await one(db.auth, made(9)), { made: 0 });
});

t.test('a gap ends what is covered, and a missing month of now covers nothing', async (t) => {
  const month = (ahead: number): string => {
    const at = new Date();
    at.setUTCMonth(at.getUTCMonth() + ahead, 1);
    return `audit.log_${at.getUTCFullYear()}_${String(at.getUTCMonth() + 1).padStart(2, '0')}`;
  };
  const covered = async () =>
    (
      await one<{ days: number }>(
        db.auth,
        'select partitions_seconds / 86400 as days from internal.operational_state()',
      )
    ).days;
  await db.installer.query(`drop table ${month(2)}`);
  t.ok((await covered()) < 63, 'to the end of the next month');
  await db.installer.query(`drop table ${month(0)}`);
  t.equal(await covered(), 0);
  await t.rejects(
    db.installer.query(`insert into audit.log (actor_role, action, table_name) values ('none', 'read', 'x')`),
    {
      code: '23514',
      schema: 'audit',
      table: 'log',
    },
  );
  t.match(await one(db.auth, made(3)), { made: 2 });
  t.ok((await covered()) > 200);
});

t.test('only for logins of servers', async (t) => {
  for (const pool of [db.api, db.platform]) {
    await t.rejects(one(pool, made(3)), { code: '42501' });
    await t.rejects(one(pool, 'select * from internal.operational_state()'), { code: '42501' });
  }
});

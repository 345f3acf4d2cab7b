import t from 'tap';
import { ccdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asWorker } from '../support/session.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const { installer } = db;
const run = (...args: string[]) => ccdb(args, { ...db.urls });

/** A month of long ago, with a row in it. */
async function addMonth(month: string, next: string): Promise<void> {
  const name = `audit.log_${month.replace('-', '_')}`;
  const { rows } = await installer.query<{ first: string; last: string }>(
    'select internal.uuid_v7_at($1) as first, internal.uuid_v7_at($2) as last',
    [`${month}-01Z`, `${next}-01Z`],
  );
  const { first, last } = rows[0] ?? {};
  await installer.query(`
    create table ${name} partition of audit.log for values from ('${first}') to ('${last}');
    alter table ${name} owner to commerce_audit;
    insert into audit.log (id, actor_role, action, table_name) values ('${first}', 'none', 'read', 'products')`);
}

await addMonth('2020-01', '2020-02');
await addMonth('2020-02', '2020-03');
await addMonth('2020-03', '2020-04');

t.test('what no seal covers is not dropped', async (t) => {
  const { stdout } = await run('partitions');
  t.match(stdout, /^log_2020_01 {2}2020-01 {2}\d+ bytes {2}not sealed\nlog_2020_02 {2}2020-02 /);
  t.match(await run('partitions', 'drop', '--older-than', '12'), {
    code: 1,
    stderr: 'audit.log_2020_01 is not sealed to its end: let ccdb worker run first',
  });
});

t.test('old months are dropped while others read, and what is left is proven', async (t) => {
  t.ok(
    await eventually(async () => {
      await asWorker(db, (client) => client.query('select internal.seal_audit_log(1000)'));
      const { rows } = await installer.query(
        'select from audit.partitions() where not is_sealed and ends_at < now()',
      );
      return rows.length === 0;
    }),
  );
  t.match(await run('audit', 'verify'), {
    code: 0,
    stdout: /^3 rows in \d+ seals agree, 0 were dropped with age; root /,
  });
  t.match(
    (await run('partitions', 'drop', '--older-than', '12', '--dry-run')).stdout,
    /^(would drop log_2020_0\d.*\n){3}$/,
  );

  // A reader who does not end holds a detachment up; breaking it off leaves it half done.
  const reader = await installer.connect();
  await reader.query('begin isolation level repeatable read');
  await reader.query('select from audit.log_2020_01');
  const detaching = installer
    .query('alter table audit.log detach partition audit.log_2020_01 concurrently')
    .catch(({ code }) => code);
  t.ok(
    await eventually(async () => {
      const { rowCount } = await installer.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%concurrently'`,
      );
      return rowCount === 1;
    }),
  );
  t.equal(await detaching, '57014');
  t.match((await run('partitions')).stdout, /^log_2020_01 .* sealed {2}being detached\n/);
  await reader.query('commit');
  reader.release();

  t.match(await run('partitions', 'drop', '--older-than', '12'), {
    code: 0,
    stdout: /^(dropped log_2020_0\d.*\n){3}$/,
  });
  t.notMatch((await run('partitions')).stdout, /log_2020/);
  t.match(await run('partitions', 'drop', '--older-than', '12'), { code: 0, stdout: '' });
  t.match(await run('audit', 'verify'), {
    code: 0,
    stdout: /^0 rows in \d+ seals agree, 3 were dropped with age/,
  });
});

t.test('tampering is reported, with the row', async (t) => {
  const { rows } = await installer.query<{ id: string }>(
    `insert into audit.log (actor_role, action, table_name) values ('none', 'read', 'products') returning id`,
  );
  t.ok(
    await eventually(async () => {
      await installer.query(`select audit.seal(1000, '0')`);
      return (
        (await installer.query('select from audit.seal where row_count = 1 and to_id > $1', [rows[0]?.id]))
          .rowCount === 1
      );
    }),
  );
  await installer.query(
    `alter table audit.log disable trigger all; update audit.log set action = 'login' where id = '${rows[0]?.id}'`,
  );
  t.match(await run('audit', 'verify'), {
    code: 1,
    stderr: `the log was tampered with: altered, first at ${rows[0]?.id}`,
  });
});

t.test('what makes no sense is said in a line', async (t) => {
  t.match(await run('partitions', 'drop'), {
    code: 1,
    stderr: '--older-than takes a whole number of months',
  });
  t.match(await run('partitions', 'drop', '--older-than', '0'), { code: 1, stderr: '--older-than takes' });
  t.match(await run('partitions', 'merge'), { code: 1, stderr: 'unexpected argument merge' });
  t.match(await run('audit'), { code: 1, stderr: 'say ccdb audit verify' });
});

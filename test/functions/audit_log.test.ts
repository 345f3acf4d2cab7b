import t from 'tap';
import { readersOf, statementsRun } from '../schema/plan-nodes.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asWorker, openSession } from '../support/session.ts';
import { addProduct, one, openShop, type Row, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

type Change = { log_id: string; action: string; old_values: object | null; new_values: object | null };

const history = (id: string, who = shop.owner, table = 'products'): Promise<Change[]> =>
  asMember(db, who, async (client) => {
    const { rows } = await client.query<Change>('select * from api.record_history($1, $2)', [table, id]);
    return rows;
  });

const change = (id: string, set: string, values: unknown[] = []): Promise<Row> =>
  asMember(db, shop.owner, (client) =>
    one(client, `update api.products set ${set}, version = version where id = $1 returning id, version`, [
      id,
      ...values,
    ]),
  );

const undo = (logId: string | undefined, version: number | null, who = shop.owner) =>
  asMember(db, who, (client) => client.query('select api.undo_change($1, $2)', [logId, version]));

t.test('the history of a row, the latest first, for its own merchant only', async (t) => {
  const id = await addProduct(db, shop, { name: 'Gele', price: '1000' });
  await change(id, 'price = 1200');
  const changes = await history(id);
  t.match(changes, [
    { action: 'update', old_values: { price: 1000 }, new_values: { price: 1200 } },
    { action: 'insert', old_values: null, new_values: { name: 'Gele', price: 1000 } },
  ]);
  t.strictSame(await history(id, other.owner), [], 'nothing for another merchant');
});

t.test('every new row is in the log with its values, the rights of roles too', async (t) => {
  await addProduct(db, shop, { name: 'Gele', price: '1000' });
  const without = `select distinct table_name from audit.log where action = 'insert' and new_values is null`;
  t.strictSame((await db.installer.query(without)).rows, []);
  const logged = await one(
    db.installer,
    `select new_values from audit.log where table_name = 'role_permission' and record_key = 'owner:products.manage'`,
  );
  t.strictSame(logged.new_values, { role: 'owner', permission_code: 'products.manage' });
});

t.test('a row as it was', async (t) => {
  const id = await addProduct(db, shop, { name: 'Fila', price: '500' });
  const [made] = await history(id);
  const { at } = await one<{ at: string }>(
    db.installer,
    'select occurred_at::text as at from audit.log where id = $1',
    [made?.log_id],
  );
  await change(id, `price = 700, name = 'Fila cap'`);
  const asOf = (moment: string, who = shop.owner) =>
    asMember(db, who, (client) =>
      one<{ values: Record<string, unknown> }>(
        client,
        `select api.record_as_of('products', $1, $2) as values`,
        [id, moment],
      ),
    );
  t.match((await asOf(at)).values, { name: 'Fila', price: 500 });
  const { values } = await asOf('9999-12-31');
  t.match(values, { name: 'Fila cap', price: 700 });
  t.notOk('inventory_count' in values, 'derived columns are left out');
  await refused(t, asOf('2020-01-01'), 'SCNTF', { field: 'id' });
  await refused(t, asOf('9999-12-31', other.owner), 'SCNTF');
});

t.test('a change is undone through the view', async (t) => {
  const id = await addProduct(db, shop, { name: 'Agbada', price: '9000' });
  await change(id, 'price = 8000');
  const renamed = await change(id, `name = 'Agbada, white'`);
  const [rename, reprice, made] = await history(id);

  await refused(t, undo(reprice?.log_id, null), 'SCVRQ');
  await refused(t, undo(reprice?.log_id, renamed.version - 1), 'SCVER');
  await refused(t, undo(reprice?.log_id, renamed.version, other.owner), 'SCNTF');
  await refused(t, undo(made?.log_id, renamed.version), 'SCVAL', { field: 'log_id' });
  await undo(reprice?.log_id, renamed.version);
  const product = await one(
    db.installer,
    'select name, price, version from commerce.products where id = $1',
    [id],
  );
  t.match(product, { name: 'Agbada, white', price: '9000.00', version: renamed.version + 1 });
  await refused(t, undo(reprice?.log_id, product.version), 'SCDEP', { table: 'products', count: 1 });
  await undo(rename?.log_id, product.version);
});

t.test('an undo may do no more than its caller', async (t) => {
  const started = await asMember(db, shop.owner, (client) =>
    one(client, 'select * from api.start_onboarding(1)'),
  );
  const [moved] = await history(started.id, shop.owner, 'seller_onboarding');
  await refused(t, undo(moved?.log_id, started.version), '42501');
});

t.test('without audit.read the log is closed', async (t) => {
  const { id: userId } = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id)
     insert into commerce.team_members (tenant_id, user_id, role, joined_at)
     select $1, id, 'viewer', now() from person returning user_id as id`,
    [shop.tenantId],
  );
  const viewer = { tenantId: shop.tenantId, userId };
  const id = await addProduct(db, shop);
  const [made] = await history(id);
  await refused(t, history(id, viewer), 'SCPRM', { permission: 'audit.read' });
  await refused(t, undo(made?.log_id, 1, viewer), 'SCPRM');
  await refused(
    t,
    asMember(db, viewer, (client) => client.query(`select api.record_as_of('products', $1, now())`, [id])),
    'SCPRM',
  );
});

type Verdict = { seal_count: string; row_count: string; log_id: string | null; reason: string | null };

const verify = (): Promise<Verdict> =>
  asWorker(db, (client) => one<Verdict>(client, 'select * from internal.verify_audit_log()'));

/** As the worker's internal.seal_audit_log, for a clock that is never set back. */
const sealAtOnce = `select audit.seal($1, '0')`;

/** Until nothing is left to seal; a transaction that runs elsewhere may hold it up for a while. */
async function sealAll(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await db.installer.query(sealAtOnce, [7]);
    const { open } = await one<{ open: boolean }>(
      db.installer,
      'select exists (select from audit.log where id >= (select max(to_id::text)::uuid from audit.seal)) as open',
    );
    if (!open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the log is never sealed to its end');
}

t.test('the seal names what was tampered with', async (t) => {
  await sealAll();
  const good = await verify();
  const { count } = await one<{ count: string }>(db.installer, 'select count(*) from audit.log');
  t.match(good, { row_count: count, log_id: null, reason: null });
  t.ok(Number(good.seal_count) > 3, 'in several seals');
  const { rows } = await db.installer.query<{ id: string }>('select id from audit.log order by id');
  const nth = (n: number): string => rows[n]?.id ?? '';

  const tamperings: [reason: string, logId: string, sql: string][] = [
    ['altered', nth(9), `update audit.log set new_values = '{"price": 1}' where id = '${nth(9)}'`],
    [
      'altered',
      nth(2),
      `update audit.log set occurred_at = occurred_at + interval '1 microsecond' where id = '${nth(2)}'`,
    ],
    ['missing', nth(12), `delete from audit.log where id = '${nth(12)}'`],
    ['missing', nth(0), `delete from audit.log where id = '${nth(0)}'`],
    [
      'seal altered',
      nth(0),
      `update audit.seal set row_count = row_count + 1 where id = (select min(id) from audit.seal where row_count > 0)`,
    ],
    [
      'seal altered',
      nth(0),
      `update audit.tenant_seal set row_count = row_count - 1, marks = substring(marks from 25) where row_count > 1`,
    ],
    // A mark that is no longer the sealed one names nobody.
    [
      'seal altered',
      nth(0),
      `update audit.log set new_values = '{"price": 1}' where id = '${nth(9)}';
       update audit.tenant_seal set marks = set_byte(marks, 23, 255 - get_byte(marks, 23))`,
    ],
    ['seal missing', '', 'delete from audit.seal where id = 1'],
    ['seal missing', '', 'delete from audit.tenant_seal where number = 1'],
    // A merchant's whole part of the log, or its end, together with what proves it.
    [
      'seal missing',
      '',
      `delete from audit.tenant_seal where tenant_key = '${shop.tenantId}';
       delete from audit.log where tenant_key = '${shop.tenantId}'`,
    ],
    [
      'seal missing',
      '',
      `delete from audit.log where tenant_key = '${shop.tenantId}' and id >= (
         select max(from_id::text)::uuid from audit.tenant_seal where tenant_key = '${shop.tenantId}');
       delete from audit.tenant_seal as s where s.tenant_key = '${shop.tenantId}' and s.number = (
         select max(number) from audit.tenant_seal where tenant_key = '${shop.tenantId}')`,
    ],
    // A seal made up by somebody who knows how, after the fact.
    [
      'seal altered',
      '',
      `insert into audit.log (id, tenant_id, actor_role, action, table_name)
         values (internal.uuid_v7(), '${shop.tenantId}', 'none', 'read', 'orders');
       select audit.seal_tenants(
         (select max(to_id::text)::uuid from audit.seal), 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
    ],
  ];
  for (const [reason, logId, sql] of tamperings) {
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(sql);
      const found = await one<Verdict>(client, 'select * from audit.verify()');
      t.match(found, { reason, ...(reason.startsWith('seal') ? {} : { log_id: logId }) }, sql.slice(0, 60));
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  const client = await db.installer.connect();
  try {
    await client.query('begin');
    const { id } = await one(
      client,
      `insert into audit.log (id, tenant_id, actor_role, action, table_name, record_key)
       select overlay(id::text placing 'ffffffffffff' from 25)::uuid, tenant_id, actor_role, 'read', table_name, record_key
         from audit.log where id = $1
       returning id`,
      [nth(4)],
    );
    t.match(await one<Verdict>(client, 'select * from audit.verify()'), { reason: 'inserted', log_id: id });
  } finally {
    await client.query('rollback');
    client.release();
  }
  t.match(await verify(), { row_count: count, reason: null }, 'and all is well again');
});

t.test('a late commit is sealed, not mistaken for an insertion', async (t) => {
  await sealAll();
  const late = await db.installer.connect();
  const early = await addProduct(db, shop);
  await late.query('begin');
  await late.query('update commerce.products set price = 1, version = version where id = $1', [early]);
  await addProduct(db, shop, { name: 'committed first' });
  await db.installer.query(sealAtOnce, [100]);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await db.installer.query(sealAtOnce, [100]);
  await late.query('commit');
  late.release();
  t.match(await verify(), { reason: null });
  await sealAll();
  const { count } = await one<{ count: string }>(db.installer, 'select count(*) from audit.log');
  t.match(await verify(), { row_count: count, reason: null });
});

t.test('a late commit in a quiet database, whose transaction is the newest of all', async (t) => {
  await sealAll();
  const early = await addProduct(db, shop);
  const late = await db.installer.connect();
  await late.query('begin');
  await late.query('update commerce.products set price = 2, version = version where id = $1', [early]);
  // The worker was away: its first look comes when the change is older than what a seal leaves.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await db.installer.query(sealAtOnce, [100]);
  await late.query('commit');
  late.release();
  t.match(await verify(), { reason: null });
  await sealAll();
  const { count } = await one<{ count: string }>(db.installer, 'select count(*) from audit.log');
  t.match(await verify(), { row_count: count, reason: null });
});

t.test('eight seals at once', async (t) => {
  await addProduct(db, shop);
  await Promise.all(Array.from({ length: 8 }, () => db.installer.query(sealAtOnce, [5])));
  await sealAll();
  t.match(await verify(), { reason: null });
  await refused(
    t,
    asWorker(db, (client) => client.query('select internal.seal_audit_log(0)')),
    'SCVAL',
  );
  await refused(
    t,
    asMember(db, shop.owner, (client) => client.query('select internal.verify_audit_log()')),
    '42501',
  );
});

t.test(
  'a change of many rows costs no more than their number, whatever the connection changed before',
  async (t) => {
    const tenant = await openShop(db);
    for (let number = 0; number < 100; number += 1) await addProduct(db, tenant, { name: `Bead ${number}` });
    const client = await db.installer.connect();
    t.teardown(() => client.release(true));
    const asker = {
      role: 'commerce_member',
      session: await openSession(db, 'member', tenant.owner),
    };
    const raise = (which: string) =>
      client.query(`update api.products set price = price + 1, version = version where name like '${which}'`);
    await client.query(`load 'auto_explain'`);
    await client.query('begin');
    // A plan is kept after the fifth time.
    for (let round = 0; round < 7; round += 1) await statementsRun(client, asker, () => raise('Bead 1'));
    const runs = await statementsRun(client, asker, () => raise('Bead %'));
    await client.query('rollback');
    const logging = runs.filter(({ text }) => text.includes('insert into audit.log'));
    t.equal(logging.length, 1);
    t.strictSame(
      readersOf(
        logging.flatMap(({ nodes }) => nodes),
        { rows: 200 },
      ),
      [],
    );
  },
);

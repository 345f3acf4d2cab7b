import type pg from 'pg';
import t from 'tap';
import { one, refused } from '../functions/shop.ts';
import { merchantDigests, merchantTables } from '../replication/servers.ts';
import { createTestDatabase } from '../support/database.ts';
import { demoPeople } from '../support/people.ts';
import { asRole, asWorker } from '../support/session.ts';

/**
 * A merchant that moves, through every door that the catalogue knows: each view with the sessions of before, each
 * function that a role may call, each function of the worker's. All refuse, and no row of the merchant changes.
 */
const db = await createTestDatabase(t, { template: 'demo' });
const [{ tenantId, sessions }] = await demoPeople(db);
const roles = Object.keys(sessions);
const pools: Record<string, pg.Pool> = { commerce_platform: db.platform, commerce_worker: db.worker };

/** The code with which a statement of a role is refused; 'done' when it is not. */
async function outcome(role: string, sql: string, session = sessions[role] ?? ''): Promise<string> {
  return asRole(pools[role] ?? db.api, role as 'commerce_member', session, async (client) => {
    await client.query(sql);
    return 'done';
  }).catch((error: { code?: string }) => error.code ?? String(error));
}

type View = Record<'reads' | 'inserts' | 'updates' | 'deletes', string[]> & { name: string };
const { rows: views } = await db.installer.query<View>(
  `select c.oid::regclass::text as name,
          array(select r from unnest($1::text[]) r where has_any_column_privilege(r, c.oid, 'select')) as reads,
          array(select r from unnest($1::text[]) r where has_any_column_privilege(r, c.oid, 'insert')) as inserts,
          array(select r from unnest($1::text[]) r where has_any_column_privilege(r, c.oid, 'update')) as updates,
          array(select r from unnest($1::text[]) r where has_table_privilege(r, c.oid, 'delete')) as deletes
     from pg_class c
    where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
      and exists (select from pg_attribute a
                   where a.attrelid = c.oid and a.attname = case c.relname when 'tenant' then 'id' else 'tenant_id' end)
    order by 1`,
  [roles],
);
/** A column that the role may write, and one that it may read. */
const columnFor = async (view: string, role: string, right: string): Promise<string> =>
  (
    await one<{ name: string }>(
      db.installer,
      `select quote_ident(a.attname) as name from pg_attribute a
        where a.attrelid = $1::regclass and a.attnum > 0 and has_column_privilege($2, a.attrelid, a.attnum, $3)
        order by a.attnum limit 1`,
      [view, role, right],
    )
  ).name;

const { rows: functions } = await db.installer.query<{ name: string; call: string; roles: string[] }>(
  `select p.oid::regproc::text as name,
          format('%s(%s)', p.oid::regproc, (
            select string_agg(
                     case when p.proargnames[n] = 'p_tenant_id' then format('%L', $2::text)
                          else 'null::' || format_type(p.proargtypes[n - 1], null) end, ', ' order by n)
              from generate_series(1, p.pronargs) as n)) as call,
          array(select r from unnest($1::text[]) r where has_function_privilege(r, p.oid, 'execute')) as roles
     from pg_proc p
    where p.pronamespace::regnamespace::text in ('api', 'internal') and p.prokind = 'f'
      and (p.provolatile = 'v' or p.pronamespace = 'api'::regnamespace)
      and p.prorettype <> 'trigger'::regtype
    order by 1`,
  [roles, tenantId],
);
const called = (role: string, schema: string): string[] =>
  functions
    .filter(({ name, roles }) => name.startsWith(`${schema}.`) && roles.includes(role))
    .map(({ call }) => call);

t.test('before it moves, the same sessions read', async (t) => {
  for (const { name, reads } of views) {
    if (!reads.includes('commerce_member')) continue;
    const column = await columnFor(name, 'commerce_member', 'select');
    t.equal(await outcome('commerce_member', `select ${column} from ${name} limit 1`), 'done', name);
  }
});

t.test('while it moves, every door is shut, and nothing changes', async (t) => {
  const tables = await merchantTables(db);
  const { version } = await one(db.installer, 'select version from commerce.tenant where id = $1', [
    tenantId,
  ]);
  await asWorker(db, (client) => client.query('select internal.begin_move($1, $2)', [tenantId, version]));
  const before = await merchantDigests(db, tables, tenantId);
  t.ok([...before.values()].filter(({ count }) => count > 0).length > 45, 'there is something to change');

  let tried = 0;
  for (const { name, reads, inserts, updates, deletes } of views) {
    for (const role of roles) {
      const statements: string[] = [];
      if (reads.includes(role)) {
        statements.push(`select ${await columnFor(name, role, 'select')} from ${name}`);
      }
      if (inserts.includes(role)) {
        statements.push(`insert into ${name} (${await columnFor(name, role, 'insert')}) values (default)`);
      }
      if (updates.includes(role)) {
        const column = await columnFor(name, role, 'update');
        statements.push(`update ${name} set ${column} = default where id is not null`);
      }
      if (deletes.includes(role)) statements.push(`delete from ${name} where id is not null`);
      for (const sql of statements) {
        tried += 1;
        t.equal(await outcome(role, sql), 'SCCTX', `${role}: ${sql}`);
      }
    }
  }
  t.ok(tried > 150, `${tried} statements`);

  for (const role of roles) {
    const calls = called(role, 'api');
    for (const call of calls) {
      // Without arguments some say what is missing first; api.order_timeline finds no order.
      t.match(await outcome(role, `select ${call}`), /^SC(CTX|VAL|VRQ|NTF)$/, `${role}: ${call}`);
    }
    t.ok(calls.length > 0, `${calls.length} functions of ${role}`);
  }
  const worker = called('commerce_worker', 'internal').filter((call) => call.includes(tenantId));
  for (const call of worker) {
    t.match(await outcome('commerce_worker', `select ${call}`, ''), /^SC(MOV|VAL|VRQ)$/, call);
  }
  t.ok(worker.length > 10, `${worker.length} functions of the worker's`);
  const { id: adminId } = await one(db.installer, 'select id from commerce.users where is_system_admin');
  for (const [call, ...values] of [
    [`open_session($1, 'member', null, 'demo-owner-1')`],
    [`open_session($1, 'buyer', null, 'demo-buyer-1')`],
    [`open_session($1, 'anonymous')`],
    [`open_platform_session($2, $1, 'a test looks', 30)`, adminId],
  ]) {
    await refused(t, db.auth.query(`select internal.${call}`, [tenantId, ...values]), 'SCMOV');
  }
  t.strictSame(
    await merchantDigests(db, tables, tenantId),
    before,
    `${tables.length} tables are as they were`,
  );
});

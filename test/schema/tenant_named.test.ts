import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { tablesOfTheServer } from './declared.ts';
import { readsWithoutTenant } from './tenant-conditions.ts';

/**
 * Every function and view says whose rows it reads, in each statement. Row-level security would hide others', but
 * only after they were looked at; and where a merchant is one of many, only what is named can be found, moved or
 * routed. test/queries/queries.test.ts holds the typed queries to it; policies look at no table.
 */
const db = await createTestDatabase(t, { template: 'empty' });

/** What reads rows of more than one merchant, by why it does. */
const acrossTenants: Record<string, Record<string, string>> = {
  'finds whose it is, by something that has one owner on the whole server': {
    'api.my_tenants': 'commerce.team_members, commerce.tenant, internal.login_subject',
    'internal.adopt_channel': 'internal.channel_route',
    'internal.payment_tenant': 'commerce.payment',
    'internal.resolve_tenant': 'internal.domain_claim',
    'internal.seed_demo': 'internal.domain_claim',
    'internal.tenants_with_work': 'commerce.tenant',
  },
  'looks after the log of the whole server': {
    'audit.digest_rows': 'audit.digested_log',
    'audit.log_state': 'audit.log',
    'audit.partitions': 'audit.log',
    'audit.seal': 'audit.log',
    'audit.unvouched_seals': 'audit.tenant_seal',
    'audit.verify': 'audit.log, audit.tenant_seal',
  },
  'runs as its caller, who may not ask for the tenant but by a policy': {
    'api.order_timeline': 'api.orders',
  },
  'counts, adds up or removes rows of all merchants': {
    'internal.check_money':
      'commerce.customer_credit, commerce.money_allocation, commerce.orders, commerce.payment, commerce.payment_event, commerce.refund',
    'internal.operational_state': 'commerce.conversation_history',
    'internal.purge_idempotency_keys': 'internal.idempotency_key',
    'internal.purge_pending_receipts':
      'internal.pending_change, internal.pending_receipt, internal.receipt_mark, internal.turn',
  },
};

const { rows: columns } = await db.installer.query<{ name: string; columns: string[] }>(
  `select c.oid::regclass::text as name, array_agg(a.attname::text) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      and a.attname = any (case when c.relname = 'tenant' then '{id}'::text[] else '{tenant_id,tenant_key}' end)
    where c.relnamespace::regnamespace::text in ('api', 'audit', 'commerce', 'internal')
      and c.relkind in ('r', 'p', 'v') and not c.relispartition and c.oid::regclass::text <> all ($1)
    group by c.oid`,
  [tablesOfTheServer],
);
const relations = new Map(columns.map(({ name, columns }) => [name, columns]));

const { rows: bodies } = await db.installer.query<{ name: string; sql: string; isView: boolean }>(`
  select p.oid::regproc::text as name, coalesce(nullif(p.prosrc, ''), pg_get_function_sqlbody(p.oid)) as sql,
         false as "isView"
    from pg_proc p join pg_language l on l.oid = p.prolang
   where p.pronamespace::regnamespace::text in ('api', 'audit', 'internal') and l.lanname in ('sql', 'plpgsql')
     and not exists (select from pg_depend d
                      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  union all
  select c.oid::regclass::text, pg_get_viewdef(c.oid), true
    from pg_class c
   where c.relnamespace::regnamespace::text in ('api', 'audit', 'internal') and c.relkind = 'v'
   order by 1`);

t.test('every function and view names the tenant in each statement, or is declared', (t) => {
  t.ok(relations.size > 80 && bodies.length > 350, `${bodies.length} bodies, ${relations.size} relations`);
  const found = new Map<string, string[]>();
  for (const { name, sql, isView } of bodies) {
    const reads = readsWithoutTenant(sql, relations, { isView });
    if (reads.length > 0) found.set(name, [...new Set([...(found.get(name) ?? []), ...reads])]);
  }
  t.strictSame(
    Object.fromEntries([...found].map(([name, reads]) => [name, reads.join(', ')])),
    Object.assign({}, ...Object.values(acrossTenants)),
  );
  t.end();
});

t.test('what a statement does not name is found', (t) => {
  const names = (sql: string, options?: { isView: boolean }): string =>
    readsWithoutTenant(sql, relations, options).join(', ');
  for (const sql of [
    `select o.id from commerce.orders as o where o.id = p_id`,
    `select o.id from commerce.orders as o where o.tenant_id = v or o.id = p_id`,
    `select o.id from commerce.orders as o where not (o.tenant_id = v)`,
    `select o.tenant_id = v from commerce.orders as o`,
    `update commerce.orders as o set tenant_id = o.tenant_id where o.id = p_id`,
    `delete from commerce.orders as o where o.tenant_id = o.tenant_id`,
    `begin if exists (select from commerce.orders as o where o.id = p_id) then return; end if; end`,
    `begin v := case when a then (select count(*) from commerce.orders) end; end`,
    `begin execute 'select from commerce.orders as o where o.id = $1' using p_id; end`,
    `select from commerce.customer as c where c.tenant_id = v union all select from commerce.orders as o`,
    `select from commerce.customer as c join commerce.orders as o on o.customer_id = c.id where c.tenant_id = v`,
    `select from x, commerce.orders as o where x.tenant_id = v`,
  ]) {
    t.equal(names(sql), 'commerce.orders', sql);
  }
  const both = `from commerce.customer as c join commerce.orders as o on o.tenant_id = c.tenant_id`;
  t.equal(names(`select ${both}`), 'commerce.customer, commerce.orders', 'tied to each other alone');
  for (const sql of [
    `select ${both} where c.tenant_id = $1`,
    `select ${both} and (o.tenant_id = internal.tenant_id()) where o.id = p_id`,
    `select (select count(*) from commerce.orders as o where o.tenant_id = t.tenant_id) from x as t`,
    `select from commerce.orders as o where (o.tenant_id, o.id) in (select r.tenant_id, r.id from new_rows as r)`,
    `select from commerce.users as u where u.tenant_id is null`,
    `insert into commerce.orders (tenant_id) values (v)`,
    `begin perform from commerce.orders as o where o.tenant_id = v and o.id = case when a then c else d end; end`,
  ]) {
    t.equal(names(sql), '', sql);
  }
  t.equal(
    names(`select o.tenant_id ${both}`, { isView: true }),
    '',
    "a view's rows are limited by the statement that reads it",
  );
  t.equal(
    names('select o.tenant_id from commerce.customer c join commerce.orders o on o.customer_id = c.id', {
      isView: true,
    }),
    'commerce.orders',
    'all at once',
  );
  t.end();
});

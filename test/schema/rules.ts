import {
  actorColumns,
  appendOnly,
  audited,
  editedWithoutVersion,
  ownersFunctions,
  platformWideKeys,
  requestRoles,
  simpleForeignKeysTo,
  tablesOfTheServer,
  tenantBoundRoles,
  tenantMayBeNull,
  unaudited,
  withoutTenant,
} from './declared.ts';

/** A rule over the whole catalogue: its query names every offender, so no row means that it holds. */
export type Rule = { readonly name: string; readonly offenders: string; readonly values?: unknown[] };

const ours = `('api', 'audit', 'commerce', 'internal')`;

/** Tables whose rows all merchants share. */
const reference = withoutTenant.filter((table) => table !== 'tenant').map((table) => `commerce.${table}`);

/** Functions of ours; those that extensions brought are theirs. */
const functions = `
  select p.oid, p.oid::regprocedure::text as name, p.prokind, p.proconfig, p.proacl, p.prosecdef, p.proowner,
         p.prolang, p.prosrc, p.prosqlbody, p.proargtypes
    from pg_proc p
   where p.pronamespace in (select oid from pg_namespace where nspname in ${ours})
     and not exists (select from pg_depend d
                      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`;

const tables = `
  select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity
    from pg_class c
   where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')`;

/** Tables that hold rows of merchants; the parameter names those that are the server's. */
const merchantTables = `
  select c.oid, c.oid::regclass::text as name, c.relreplident
    from pg_class c
   where c.relnamespace in ('commerce'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)
     and c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition and c.oid::regclass::text <> all ($1)
     and (c.oid = 'commerce.tenant'::regclass or exists (
       select from pg_attribute a
        where a.attrelid = c.oid and a.attname in ('tenant_id', 'tenant_key') and not a.attisdropped))`;

const columns = `
  select t.oid, t.name, a.attname as column, a.*
    from (${tables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped`;

const tenantId = '( SELECT internal.tenant_id() AS tenant_id)';
/** How the policies of commerce_definer name it. */
const definerTenantId = '( SELECT s.id\n   FROM internal.session_tenant s)';
const gate = '(( SELECT internal.tenant_gate() AS tenant_gate))[tenant_hash]';

export const rowSecurityRules: Rule[] = [
  {
    name: 'row-level security is enabled and forced on every table',
    offenders: `select name from (${tables}) t where not (relrowsecurity and relforcerowsecurity)`,
  },
  {
    name: 'every tenant table has the restrictive tenant policy, gate first, for all commands and all bound roles',
    offenders: `
      select t.name
        from (${tables}) t
       where (t.name <> all ($1) or t.name = 'tenant') and not exists (
         select
           from pg_policy p
          where p.polrelid = t.oid and p.polname = 'tenant' and not p.polpermissive and p.polcmd = '*'
            and $2 = (select array_agg(r.rolname::text order by r.rolname::text collate "C")
                        from pg_roles r where r.oid = any (p.polroles))
            and (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) = (
              case t.name
                when 'tenant' then '(${gate} AND (id = ${tenantId}))'
                when 'storefront_theme' then
                  '((${gate} OR (tenant_hash IS NULL)) AND ((tenant_id = ${tenantId}) OR (tenant_id IS NULL)))'
                else '(${gate} AND (tenant_id = ${tenantId}))'
              end,
              case t.name when 'tenant' then '(id = ${tenantId})' else '(tenant_id = ${tenantId})' end))`,
    values: [withoutTenant, tenantBoundRoles.filter((role) => role !== 'commerce_definer')],
  },
  {
    name: 'every tenant table holds the functions of commerce_definer to the tenant',
    offenders: `
      select t.name
        from (${tables}) t
       where (t.name <> all ($1) or t.name = 'tenant') and not exists (
         select
           from pg_policy p
          where p.polrelid = t.oid and p.polname = 'tenant_definer' and not p.polpermissive and p.polcmd = '*'
            and p.polroles = array['commerce_definer'::regrole::oid]
            and (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) = (
              case t.name
                when 'tenant' then '(id = ${definerTenantId})'
                when 'storefront_theme' then '((tenant_id = ${definerTenantId}) OR (tenant_id IS NULL))'
                else '(tenant_id = ${definerTenantId})'
              end,
              case t.name when 'tenant' then '(id = ${definerTenantId})' else '(tenant_id = ${definerTenantId})' end))`,
    values: [withoutTenant],
  },
  {
    // The planner may test a reader's condition before a comparison, which then reveals a hidden row.
    name: 'a policy by which clients read compares nothing that a gate does not test first',
    offenders: `
      select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid) as condition
        from pg_policy p join pg_class c on c.oid = p.polrelid
       where c.relnamespace = 'commerce'::regnamespace and p.polpermissive and p.polcmd in ('r', '*')
         and p.polroles && array(
           select oid from pg_roles where rolname in ('commerce_member', 'commerce_buyer', 'commerce_anonymous'))
         and pg_get_expr(p.polqual, p.polrelid) ~ ' (=|<>|<|>|<=|>=|~|IN|ANY|ALL) |EXISTS'
         and pg_get_expr(p.polqual, p.polrelid) !~ '_(hash|tag)[]]'`,
  },
  {
    name: "every tenant table stores the gate's number of its tenant",
    offenders: `
      select t.name
        from (${tables}) t
       where (t.name <> all ($1) or t.name = 'tenant') and not exists (
         select from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = t.oid and a.attname = 'tenant_hash' and a.attgenerated = 's'
            and pg_get_expr(d.adbin, d.adrelid) in (
              '(uuid_hash(tenant_id) >> 1)', case when t.name = 'tenant' then '(uuid_hash(id) >> 1)' end))`,
    values: [withoutTenant],
  },
  {
    name: 'nobody but the owner and commerce_system holds a right without the restrictive policy',
    offenders: `
      select distinct t.name, r.rolname
        from (${tables}) t
        join pg_roles r on r.rolname like 'commerce\\_%'
         and r.rolname not in ('commerce_owner', 'commerce_system')
       where t.name <> all ($1)
         and (has_table_privilege(r.oid, t.oid, 'select, insert, update, delete, truncate, references, trigger')
           or has_any_column_privilege(r.oid, t.oid, 'select, insert, update, references'))
         and not exists (
           select from pg_policy p
            where p.polrelid = t.oid and not p.polpermissive and r.oid = any (p.polroles))`,
    values: [withoutTenant.filter((table) => table !== 'tenant')],
  },
  {
    name: 'policies name their roles, one permissive policy a command and role',
    offenders: `
      select p.polrelid::regclass::text, r.role::regrole::text, p.polcmd::text, count(*)
        from pg_policy p cross join unnest(p.polroles) as r (role)
       where p.polrelid in (select oid from (${tables}) t) and p.polpermissive
       group by p.polrelid, r.role, p.polcmd
      having count(*) > 1 or r.role = 0`,
  },
  {
    // internal.session_tenant is the session's tenant, for commerce_definer alone.
    name: 'policies read the session through functions, look at no other table and ignore is_deleted',
    offenders: `
      select p.polrelid::regclass::text, p.polname
        from pg_policy p
       cross join lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) w (whole)
       cross join replace(w.whole, '${definerTenantId}', '') e (text)
       where p.polrelid in (select oid from (${tables}) t)
         and (e.text ~ '\\mFROM\\M' or e.text ~ 'is_deleted' or e.text ~ 'current_setting'
           or regexp_replace(e.text, '\\( SELECT ', '', 'g') ~ 'SELECT')`,
  },
  {
    name: "views of api run with their reader's rights",
    offenders: `
      select c.relname from pg_class c
       where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
         and (not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
           or coalesce(c.reloptions, '{}')::text like '%security_barrier%')`,
  },
];

export const rightsRules: Rule[] = [
  {
    name: 'no role of ours may bypass row-level security, and no request role owns anything',
    offenders: `
      select rolname from pg_roles where rolname like 'commerce\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
      union all
      select d.refobjid::regrole::text from pg_shdepend d
       where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass
         and d.dbid = (select oid from pg_database where datname = current_database())
         and d.refobjid::regrole::text = any ($1)`,
    values: [
      [...requestRoles, 'commerce_api', 'commerce_auth', 'commerce_worker_login', 'commerce_platform_login'],
    ],
  },
  {
    name: 'no request role holds a right on a table of internal or audit',
    offenders: `
      select c.oid::regclass::text, r.rolname
        from pg_class c join pg_roles r on r.rolname = any ($1)
       where c.relnamespace in ('internal'::regnamespace, 'audit'::regnamespace) and c.relkind in ('r', 'p', 'v')
         and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')
           or has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))`,
    values: [[...requestRoles, 'commerce_api', 'commerce_auth']],
  },
  {
    name: 'no request role can name a table: no USAGE on commerce and audit',
    offenders: `
      select r.rolname, s.name from pg_roles r cross join (values ('commerce'), ('audit')) s (name)
       where r.rolname = any ($1) and has_schema_privilege(r.oid, s.name, 'usage')`,
    values: [requestRoles],
  },
  {
    name: 'no request role may write keys, bookkeeping, states, derived, actor or generated columns',
    offenders: `
      select c.name, c.column, r.rolname
        from (${columns}) c join pg_roles r on r.rolname = any ($1)
       where (c.column = any ($2)
           or c.attgenerated <> ''
           or exists (select from internal.derived_column d where d.table_name = c.name and d.column_name = c.column)
           or exists (select from internal.state_transition s where s.machine = c.name || '.' || c.column))
         and (has_column_privilege(r.oid, c.oid, c.attnum, 'insert')
           or has_column_privilege(r.oid, c.oid, c.attnum, 'update'))`,
    values: [
      requestRoles,
      [
        'id',
        'tenant_id',
        'created_at',
        'updated_at',
        'deleted_at',
        'is_verified',
        'order_number',
        ...actorColumns,
      ],
    ],
  },
  {
    name: 'no request role may delete from or truncate a table',
    offenders: `
      select t.name, r.rolname from (${tables}) t join pg_roles r on r.rolname = any ($1)
       where has_table_privilege(r.oid, t.oid, 'delete, truncate')`,
    values: [requestRoles],
  },
  {
    name: 'no function is executable by PUBLIC',
    offenders: `
      select name from (${functions}) f
       where proacl is null or exists (select from aclexplode(proacl) a where a.grantee = 0)`,
  },
  {
    name: 'only machines run what internal and audit do; others what policies and defaults read',
    offenders: `
      select name, r.rolname
        from (${functions}) f
        join pg_proc p on p.oid = f.oid
        join pg_roles r on r.rolname = any ($1) and has_function_privilege(r.oid, f.oid, 'execute')
       where p.pronamespace::regnamespace::text in ('internal', 'audit')
         and p.provolatile = 'v' and name <> 'internal.uuid_v7()'`,
    values: [requestRoles.filter((role) => role !== 'commerce_worker')],
  },
  {
    name: "definer functions belong to a role without a login, never to the tables' owner",
    offenders: `
      select name, proowner::regrole::text from (${functions}) f
       where prosecdef and proowner::regrole::text not in ('commerce_definer', 'commerce_system', 'commerce_audit', 'commerce_purge')
         and name <> all ($1)`,
    values: [ownersFunctions],
  },
  {
    name: 'partitions of the log are granted to nobody',
    offenders: `
      select i.inhrelid::regclass::text, a.grantee::regrole::text
        from pg_inherits i join pg_class c on c.oid = i.inhrelid cross join aclexplode(c.relacl) a
       where i.inhparent = 'audit.log'::regclass and a.grantee <> c.relowner`,
  },
];

/** Whatever PostgreSQL looks up by name while a statement runs, it finds in pg_catalog or where its schema says. */
export const nameRules: Rule[] = [
  {
    // Only these can be inlined, and their names were resolved when they were made.
    name: 'functions pin their search_path, but for invoker functions with a standard SQL body',
    offenders: `
      select name, proconfig
        from (${functions}) f
       where prokind <> 'a'
         and not coalesce(proconfig, '{}') @> array['search_path=pg_catalog, pg_temp']
         and (prosecdef or prosqlbody is null)`,
  },
  {
    // plpgsql_check.test.ts does the same for plpgsql. Fails with the function's own error.
    name: 'the bodies of SQL functions name only what is there',
    offenders: `
      select name
        from (${functions}) f join pg_language l on l.oid = f.prolang
       where case when l.lanname = 'sql' then fmgr_sql_validator(f.oid) is null end`,
  },
  {
    // standard_conforming_strings is the caller's, and what it made of a body outlives DISCARD ALL.
    name: 'function bodies hold no backslash that a setting could give another meaning, only E-strings',
    offenders: `
      select name from (${functions}) f
       where position(e'\\\\' in regexp_replace(prosrc, $re$\\me'(?:[^'\\\\]|\\\\.)*'$re$, '', 'gi')) > 0`,
  },
  {
    name: 'dynamic SQL names the schema of every relation',
    offenders: `
      select name, m
        from (${functions}) f
       cross join regexp_matches(prosrc, '(?:from|join|update|into|table|only)\\s+%(?:\\d+\\$)?I', 'gi') as m
       where prosrc ~* '\\mexecute\\M'`,
  },
  {
    name: 'relations that rules name for dynamic SQL carry their schema',
    offenders: `select child from internal.purge_child where child !~ '^(commerce|internal)\\.[a-z_]+$'`,
  },
  {
    // A value of a type of the caller's own brings its own casts and operators along.
    name: 'functions that requests run take arguments of the types of pg_catalog alone, none of any type',
    offenders: `
      select f.name, t.oid::regtype::text
        from (${functions}) f cross join unnest(f.proargtypes) as a (type) join pg_type t on t.oid = a.type
       where (t.typtype = 'p' or t.typcategory = 'P' or t.typnamespace <> 'pg_catalog'::regnamespace
           or t.typname like 'reg%')
         and exists (select from unnest($1::text[]) as r (role) where has_function_privilege(r.role, f.oid, 'execute'))`,
    values: [requestRoles],
  },
  {
    name: 'no role of ours can make anything anywhere, but for the owners of schemas',
    offenders: `
      select r.rolname, 'database' as place
        from pg_roles r
       where r.rolname like 'commerce\\_%' and has_database_privilege(r.oid, current_database(), 'create, temporary')
      union all
      select r.rolname, n.nspname
        from pg_roles r cross join pg_namespace n
       where r.rolname like 'commerce\\_%' and has_schema_privilege(r.oid, n.oid, 'create')
         and (r.rolname, n.nspname) not in (select * from unnest($1::text[], $2::text[]))`,
    values: [
      ['commerce_owner', 'commerce_owner', 'commerce_owner', 'commerce_owner', 'commerce_audit'],
      ['api', 'audit', 'commerce', 'internal', 'audit'],
    ],
  },
];

export const shapeRules: Rule[] = [
  {
    // Before the first ANALYZE all indexes that begin with the tenant cost the same, and the planner takes the youngest.
    name: 'unique keys are younger than the other indexes of their table',
    offenders: `
      select distinct x.indrelid::regclass::text, x.indexrelid::regclass::text
        from pg_index x
        join (${tables}) t on t.oid = x.indrelid
        join pg_index k on k.indrelid = x.indrelid and k.indisunique and not k.indisprimary
       where not x.indisunique and x.indexrelid > k.indexrelid`,
  },
  {
    name: 'every table has tenant_id, and only the declared ones allow NULL',
    offenders: `
      select t.name
        from (${tables}) t left join (${columns}) c on c.oid = t.oid and c.column = 'tenant_id'
       where t.name <> all ($1) and (c.column is null or c.attnotnull = (t.name = any ($2)))`,
    values: [withoutTenant, tenantMayBeNull],
  },
  {
    name: 'foreign keys between tenant tables carry the tenant',
    offenders: `
      select k.conrelid::regclass::text, k.conname
        from pg_constraint k
        join (${tables}) t on t.oid = k.conrelid
        join (${tables}) r on r.oid = k.confrelid
       where k.contype = 'f' and t.name <> all ($1)
         and not exists (
           select from unnest(k.conkey, k.confkey) as u (own, other)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own and a.attname = 'tenant_id'
             join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other and b.attname = 'tenant_id')
         and not (r.name = any ($2) and cardinality(k.conkey) = 1)`,
    values: [withoutTenant, simpleForeignKeysTo],
  },
  {
    name: 'columns that name who acted refer to users (tenant_id, id)',
    offenders: `
      select c.name, c.column
        from (${columns}) c
       where (c.column = any ($1) or c.column ~ '_by$' and c.atttypid = 'uuid'::regtype) and not exists (
         select from pg_constraint k
          where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = 'commerce.users'::regclass
            and c.attnum = any (k.conkey)
            and (select array_agg(a.attname::text order by a.attname) from pg_attribute a
                  where a.attrelid = k.confrelid and a.attnum = any (k.confkey)) = '{id,tenant_id}')`,
    values: [actorColumns],
  },
  {
    name: 'what rows of merchants refer to outside of them has a key that no database makes up',
    offenders: `
      select distinct k.confrelid::regclass::text, a.attname
        from pg_constraint k
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = any (k.confkey)
       where k.contype = 'f' and k.conrelid in (select m.oid from (${merchantTables}) m)
         and k.confrelid not in (select m.oid from (${merchantTables}) m)
         and (a.atthasdef or a.attidentity <> '' or a.atttypid <> 'text'::regtype)`,
    values: [tablesOfTheServer],
  },
  {
    // What a publication may filter by, and what it replicates updates and deletes with.
    name: "every merchant's table has a replica identity of plain columns, not null, with the merchant in it",
    offenders: `
      select m.name
        from (${merchantTables}) m
       where not exists (
         select from pg_index i
          where i.indrelid = m.oid and i.indisunique and i.indimmediate and i.indpred is null and i.indexprs is null
            and case m.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end
            and not exists (
              select from pg_attribute a
               where a.attrelid = m.oid and a.attnum = any (i.indkey::smallint[])
                 and (not a.attnotnull or a.attgenerated <> ''))
            and (m.name = 'commerce.tenant' or exists (
              select from pg_attribute a
               where a.attrelid = m.oid and a.attnum = any (i.indkey::smallint[])
                 and a.attname in ('tenant_id', 'tenant_key'))))`,
    values: [tablesOfTheServer],
  },
  {
    name: 'every table can be published: it has a replica identity, and no table the whole row',
    offenders: `
      select c.oid::regclass::text
        from pg_class c
       where c.relnamespace in (select oid from pg_namespace where nspname in ${ours}) and c.relkind in ('r', 'p')
         and not exists (
           select from pg_index i
            where i.indrelid = c.oid
              and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end)`,
  },
  {
    name: 'where a row may be of the platform, a plain key column says whose it is, kept by a trigger',
    offenders: `
      select m.name
        from (${merchantTables}) m
        join pg_attribute a on a.attrelid = m.oid and a.attname = 'tenant_id' and not a.attnotnull
       where not exists (
         select from pg_attribute k
          where k.attrelid = m.oid and k.attname = 'tenant_key' and k.attnotnull and k.attgenerated = ''
            and k.atttypid = 'uuid'::regtype)
          or not exists (
         select from pg_trigger g where g.tgrelid = m.oid and g.tgname = '_005_tenant_key' and g.tgenabled = 'O')`,
    values: [tablesOfTheServer],
  },
  {
    // A key with more columns than it takes to find the parent row, such as (tenant, thread, customer), needs no more.
    // Rows that are the same for every merchant are removed by releases alone.
    name: 'every foreign key to rows that go has an index that begins with its columns, or with those that find the parent',
    offenders: `
      select k.conrelid::regclass::text, k.conname
        from pg_constraint k join (${tables}) t on t.oid = k.conrelid
       where k.contype = 'f' and k.confrelid::regclass <> all ($1::regclass[]) and not exists (
         select from pg_index i
           join pg_index u on u.indrelid = k.confrelid and u.indisunique and u.indpred is null
          cross join lateral (
            select array_agg(k.conkey[array_position(k.confkey, c)]) as cols from unnest(u.indkey::smallint[]) c
          ) finding
          where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
            and (i.indisunique and k.conkey @> (i.indkey::smallint[])[0:i.indnkeyatts - 1]
              or k.conkey @> (i.indkey::smallint[])[0:u.indnkeyatts - 1]
                and (i.indkey::smallint[])[0:u.indnkeyatts - 1] @> finding.cols))`,
    values: [reference],
  },
  {
    // A planner that has not counted yet would combine it with an index of the merchant, and read everybody's rows.
    name: 'no index finds rows of all merchants by one of the rows that all share',
    offenders: `
      select i.indexrelid::regclass::text
        from pg_index i join (${tables}) t on t.oid = i.indrelid
        join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conkey[1] = i.indkey[0]
       where k.confrelid::regclass = any ($1::regclass[]) and t.name <> all ($2)`,
    values: [reference, withoutTenant],
  },
  {
    name: 'unique keys of tenant tables begin with the tenant',
    offenders: `
      select i.indexrelid::regclass::text
        from pg_index i join (${tables}) t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
       where i.indisunique and not i.indisprimary and t.name <> all ($1) and x.relname <> all ($2)
         and (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0])
           not in ('tenant_id', 'tenant_key')`,
    values: [withoutTenant.filter((table) => table !== 'tenant'), platformWideKeys],
  },
  {
    name: 'no index repeats the beginning of another',
    offenders: `
      select i.indexrelid::regclass::text, j.indexrelid::regclass::text
        from pg_index i join (${tables}) t on t.oid = i.indrelid
        join pg_index j on j.indrelid = i.indrelid and j.indexrelid <> i.indexrelid
       where not i.indisunique and i.indpred is null and j.indpred is null
         and i.indexprs is null and j.indexprs is null
         and (select relam from pg_class where oid = i.indexrelid) = (select relam from pg_class where oid = j.indexrelid)
         and (j.indkey::text || ' ') like (i.indkey::text || ' %')
         and (j.indoption::text || ' ') like (i.indoption::text || ' %')
         and (i.indkey::text <> j.indkey::text or i.indexrelid > j.indexrelid)`,
  },
  {
    name: 'no index begins with the columns of a unique key, which finds the row already',
    offenders: `
      select i.indexrelid::regclass::text, j.indexrelid::regclass::text
        from pg_index i
        join pg_class c on c.oid = i.indrelid and c.relnamespace::regnamespace::text in ${ours}
        join pg_index j on j.indrelid = i.indrelid and j.indexrelid <> i.indexrelid
       where not i.indisunique and i.indpred is null and i.indexprs is null
         and j.indisunique and j.indpred is null and j.indexprs is null
         and (i.indkey::smallint[])[0:j.indnkeyatts - 1] @> j.indkey::smallint[]
         and j.indkey::smallint[] @> (i.indkey::smallint[])[0:j.indnkeyatts - 1]
         and (select relam from pg_class where oid = i.indexrelid) = (select relam from pg_class where oid = j.indexrelid)`,
  },
  {
    name: 'every text, array and jsonb column is bounded by a check or a foreign key',
    offenders: `
      select c.name, c.column
        from (${columns}) c
       where c.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype) and c.attgenerated = ''
         and not exists (
           select from pg_constraint k
            where k.conrelid = c.oid and k.contype in ('c', 'f') and c.attnum = any (k.conkey))`,
  },
  {
    name: 'column types are those of the conventions',
    offenders: `
      select c.name, c.column, format_type(c.atttypid, c.atttypmod)
        from (${columns}) c
       where format_type(c.atttypid, c.atttypmod) not in (
         'uuid', 'text', 'text[]', 'boolean', 'smallint', 'integer', 'bigint', 'date', 'bytea', 'jsonb', 'tsvector',
         'timestamp with time zone', 'numeric', 'numeric(6,4)', 'numeric(9,6)')`,
  },
  {
    name: 'numbers without a declared size are amounts: bounded, and of the decimals of their currency',
    offenders: `
      select c.name, c.column
        from (${columns}) c
       where format_type(c.atttypid, c.atttypmod) = 'numeric'
         and not exists (
           select from pg_trigger g
            where g.tgrelid = c.oid and g.tgname = '_400_currency_scale' and c.attnum = any (g.tgattr))
         and not exists (
           select from pg_constraint k
            where k.conrelid = c.oid and k.conname like '%\\_range' and c.attnum = any (k.conkey))`,
  },
  {
    name: 'tables, columns, views, functions and schemas are described',
    offenders: `
      select c.oid::regclass::text as name, null
        from pg_class c
       where c.relnamespace in (select oid from pg_namespace where nspname in ${ours})
         and c.relkind in ('r', 'p', 'v') and not c.relispartition and obj_description(c.oid, 'pg_class') is null
      union all
      select c.oid::regclass::text, a.attname
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace in (select oid from pg_namespace where nspname in ${ours})
         and c.relkind in ('r', 'p', 'v') and not c.relispartition and col_description(c.oid, a.attnum) is null
      union all
      select name, null from (${functions}) f where obj_description(oid, 'pg_proc') is null
      union all
      select nspname, null from pg_namespace where nspname in ${ours} and obj_description(oid, 'pg_namespace') is null`,
  },
];

const trigger = (name: string) =>
  `exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = '${name}' and g.tgenabled = 'O')`;
const column = (name: string) =>
  `exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = '${name}' and not a.attisdropped)`;
const differ = (condition: string, triggers: string[]) => `
  select t.name from (${tables}) t
   where ${triggers.map((name) => `(${condition}) <> ${trigger(name)}`).join(' or ')}`;

/** Whether people write the table t by themselves, through its view. */
const isEdited = (privileges: string) => `exists (
  select from unnest(array['commerce_member', 'commerce_buyer', 'commerce_anonymous']) as r (role)
   where has_any_column_privilege(r.role, 'api.' || t.name, '${privileges}'))`;

export const triggerRules: Rule[] = [
  {
    name: 'keys never change',
    offenders: `select t.name from (${tables}) t where (${column('id')} or ${column('tenant_id')}) <> ${trigger('_010_identity')}`,
  },
  {
    name: 'tables with a version have the optimistic lock',
    offenders: differ(column('version'), ['_100_version', '_110_version_required']),
  },
  {
    name: 'the version is required for every column that is not derived, and for no other',
    offenders: `
      select t.name
        from (${tables}) t join pg_trigger g on g.tgrelid = t.oid and g.tgname = '_110_version_required'
       where (select array_agg(a.attname::text order by a.attname) from pg_attribute a
               where a.attrelid = t.oid and a.attnum = any (g.tgattr))
         is distinct from (select array_agg(s.column_name order by s.column_name)
                             from internal.stored_columns(t.oid) s where not s.is_derived)`,
  },
  {
    name: 'tables with updated_at keep it, by the version trigger or their own',
    offenders: `
      select t.name from (${tables}) t
       where ${column('updated_at')} and not ${column('version')} and not ${trigger('_120_updated_at')}
          or ${column('version')} and ${trigger('_120_updated_at')}
             <> exists (select from internal.stored_columns(t.oid) s where s.is_derived)`,
  },
  {
    name: 'tables with is_deleted have soft delete',
    offenders: differ(column('is_deleted'), ['_200_soft_delete', '_210_soft_delete_children']),
  },
  {
    name: 'tables whose rows go with a parent look whether it is deleted',
    offenders: differ(
      `${column('is_deleted')} and exists (select from internal.soft_delete_rule as r where r.child = t.name)`,
      ['_190_live_parents', '_190_live_parents_again'],
    ),
  },
  {
    name: 'exactly the declared tables are append-only',
    offenders: differ('t.name = any ($1)', ['_000_append_only', '_000_append_only_truncate']),
    values: [appendOnly],
  },
  {
    name: 'exactly the declared tables are audited',
    offenders: differ('t.name = any ($1)', [
      '_900_audit_insert',
      '_900_audit_update',
      '_900_audit_delete',
      '_900_audit_truncate',
    ]),
    values: [audited],
  },
  {
    name: 'what is not audited is only ever added to, or nobody edits it and it is declared',
    offenders: `
      select t.name
        from (${tables}) t
       where not ${trigger('_900_audit_update')}
         and (${isEdited('insert, update')} or t.name <> all ($1))`,
    values: [[...unaudited, ...appendOnly]],
  },
  {
    name: 'an edit names the version that it read, or the table is declared',
    offenders: `
      select t.name
        from (${tables}) t
       where ${isEdited('update')} and (${column('version')}) = (t.name = any ($1))`,
    values: [editedWithoutVersion],
  },
  {
    name: 'every state machine has its trigger, and the other way round',
    offenders: `
      select m.machine
        from (select distinct machine from internal.state_transition) m
       where not exists (
         select from pg_trigger g join pg_class c on c.oid = g.tgrelid
          where g.tgname = '_300_transition_' || split_part(m.machine, '.', 2)
            and c.relname = split_part(m.machine, '.', 1))
      union all
      select c.relname || '.' || substr(g.tgname, 17)
        from pg_trigger g join pg_class c on c.oid = g.tgrelid
       where g.tgname like '\\_300\\_transition\\_%'
         and not exists (select from internal.state_transition s where s.machine = c.relname || '.' || substr(g.tgname, 17))`,
  },
  {
    name: 'rules name existing tables and columns',
    offenders: `
      select r.table_name, r.column_name
        from (select table_name, column_name from internal.derived_column
              union all select table_name, column_name from internal.audit_rule
              union all select parent, 'is_deleted' from internal.soft_delete_rule
              union all select parent, parent_column from internal.soft_delete_rule
              union all select child, child_column from internal.soft_delete_rule
              union all select parent, 'is_deleted' from internal.purge_child) r
       where not exists (select from (${columns}) c where c.name = r.table_name and c.column = r.column_name)`,
  },
  {
    name: 'what a deletion would take along by its key is declared as a part, to be purged by hand',
    offenders: `
      select k.conrelid::regclass::text, k.conname
        from pg_constraint k join pg_class p on p.oid = k.confrelid
       where k.contype = 'f' and k.confdeltype = 'c'
         and exists (select from pg_trigger g where g.tgrelid = p.oid and g.tgname = '_200_soft_delete')
         and not exists (select from internal.purge_child c where c.parent = p.relname and to_regclass(c.child) = k.conrelid)`,
  },
  {
    name: 'personal columns of rows that may have to stay can be emptied',
    offenders: `
      select c.name, c.column
        from (${columns}) c join internal.audit_rule r on r.table_name = c.name and r.column_name = c.column
       where r.treatment = 'mask' and c.attnotnull
         and exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = '_200_soft_delete')
         and internal.referred_to(c.oid, 'p') <> 'false'`,
  },
];

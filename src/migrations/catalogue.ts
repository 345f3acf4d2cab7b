import type { ClientBase } from 'pg';

/*
 * Everything of ours in the system catalogues as stable text: what a review reads, and what two
 * databases are compared by. One query a kind of object; each returns the object a line belongs to
 * and the line. Left out on purpose: the partitions of audit.log, whose names carry months, what
 * extensions bring along, and owners' rights on their own objects.
 */

/** The schemas whose objects are ours. */
export const ourSchemas = ['api', 'audit', 'commerce', 'internal'];

/** `grant to commerce_member: insert, select`, a line for each grantee but the owner. */
function grants(acl: string, owner: string): string {
  return `(
    select string_agg(line, E'\\n' order by line)
      from (
        select 'grant to ' || coalesce(g.rolname, 'public') || ': ' || string_agg(lower(e.privilege_type) ||
                 case when e.is_grantable then ' with grant option' else '' end, ', ' order by e.privilege_type) as line
          from aclexplode(${acl}) as e
          left join pg_roles as g on g.oid = e.grantee
         where e.grantee <> ${owner}
         group by g.rolname
      ) as grantee
  )`;
}

const isExtensionMember = (catalogue: string, oid: string) =>
  `exists (select from pg_depend as d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

const relations = `
  select c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
         (select x.relname from pg_index as i join pg_class as x on x.oid = i.indexrelid
           where i.indrelid = c.oid and i.indisreplident) as replica_identity,
         n.nspname || '.' || c.relname as name,
         case c.relkind when 'v' then 'view' when 'S' then 'sequence' when 'm' then 'materialized view'
           when 'c' then 'type' else 'table' end as kind
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
   where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'c', 'f')
     and not (n.nspname = 'audit' and c.relispartition)
     and not ${isExtensionMember('pg_class', 'c.oid')}`;

const sources: string[] = [
  // Roles. Memberships of others, such as the installer, are not ours.
  `select 'role ' || r.rolname as object, '' as place,
          concat_ws(' ',
            case when r.rolcanlogin then 'login' else 'nologin' end,
            case when r.rolinherit then 'inherit' else 'noinherit' end,
            case when r.rolsuper then 'superuser' end, case when r.rolcreaterole then 'createrole' end,
            case when r.rolcreatedb then 'createdb' end, case when r.rolbypassrls then 'bypassrls' end,
            case when r.rolreplication then 'replication' end) as line
     from pg_roles as r where r.rolname like 'commerce\\_%'
   union all
   select 'role ' || m.rolname, 'member', 'member of ' || g.rolname
     from pg_auth_members as a
     join pg_roles as m on m.oid = a.member
     join pg_roles as g on g.oid = a.roleid
    where m.rolname like 'commerce\\_%' and g.rolname like 'commerce\\_%'
   union all
   select 'role ' || r.rolname, 'comment', 'comment ' || shobj_description(r.oid, 'pg_authid')
     from pg_roles as r where r.rolname like 'commerce\\_%'
   union all
   select 'role ' || r.rolname, 'setting', coalesce('in this database ' || nullif(d.datname, ''), 'everywhere') || ' set ' || s.setting
     from pg_db_role_setting as t
     join pg_roles as r on r.oid = t.setrole
     left join pg_database as d on d.oid = t.setdatabase
    cross join unnest(t.setconfig) as s (setting)
    where r.rolname like 'commerce\\_%' and t.setdatabase in (0, (select oid from pg_database where datname = current_database()))
   union all
   select 'role ' || r.rolname, 'default privileges',
          concat('default privileges', ' in schema ' || n.nspname, ' on ',
            case a.defaclobjtype when 'f' then 'functions' when 'r' then 'tables' when 'S' then 'sequences'
              when 'T' then 'types' when 'n' then 'schemas' else a.defaclobjtype::text end,
            ': ', coalesce(${grants('a.defaclacl', 'a.defaclrole')}, 'none'))
     from pg_default_acl as a
     join pg_roles as r on r.oid = a.defaclrole
     left join pg_namespace as n on n.oid = a.defaclnamespace
    where r.rolname like 'commerce\\_%'`,

  `select 'extension ' || e.extname as object, '' as place, 'in schema ' || n.nspname as line
     from pg_extension as e
     join pg_namespace as n on n.oid = e.extnamespace
    where n.nspname = any ($1)`,

  `select 'database' as object, '' as place, 'public may not make temporary objects' as line
    where not has_database_privilege('public', current_database(), 'temporary')`,

  `select 'schema ' || n.nspname as object, '' as place, 'owner ' || pg_get_userbyid(n.nspowner) as line
     from pg_namespace as n where n.nspname = any ($1)
   union all
   select 'schema ' || n.nspname, 'comment', 'comment ' || obj_description(n.oid, 'pg_namespace')
     from pg_namespace as n where n.nspname = any ($1)
   union all
   select 'schema ' || n.nspname, 'grant', ${grants('n.nspacl', 'n.nspowner')}
     from pg_namespace as n where n.nspname = any ($1)`,

  // Tables, views, sequences and composite types.
  `with relation as (${relations})
   select r.kind || ' ' || r.name as object, '' as place,
          concat_ws(', ', 'owner ' || pg_get_userbyid(r.relowner),
            case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
            case when r.relrowsecurity then 'row level security' || case when r.relforcerowsecurity then ' forced' else '' end end,
            'replica identity ' || r.replica_identity,
            array_to_string(r.reloptions, ', ')) as line
     from relation as r
   union all
   select r.kind || ' ' || r.name, ' comment', 'comment ' || obj_description(r.oid, 'pg_class') from relation as r
   union all
   select r.kind || ' ' || r.name, ' grant', ${grants('r.relacl', 'r.relowner')} from relation as r
   union all
   select r.kind || ' ' || r.name, 'as', pg_get_viewdef(r.oid) from relation as r where r.relkind in ('v', 'm')
   union all
   select r.kind || ' ' || r.name, 'column ' || to_char(a.attnum, 'FM0000'),
          concat_ws(' ', 'column', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
            case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
            case when a.attnotnull then 'not null' end,
            case when a.attidentity = 'a' then 'generated always as identity'
                 when a.attidentity = 'd' then 'generated by default as identity'
                 when a.attgenerated <> '' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')'
                   || case a.attgenerated when 's' then ' stored' else ' virtual' end
                 else 'default ' || pg_get_expr(d.adbin, d.adrelid) end)
          || coalesce(E'\\n  comment ' || col_description(r.oid, a.attnum), '')
     from relation as r
     join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
     join pg_type as t on t.oid = a.atttypid
     left join pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
    where r.relkind <> 'S'
   union all
   select r.kind || ' ' || r.name, ' grant',
          'grant to ' || coalesce(g.rolname, 'public') || ': ' || lower(e.privilege_type)
            || case when e.is_grantable then ' with grant option' else '' end
            || ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')'
     from relation as r
     join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    cross join aclexplode(a.attacl) as e
     left join pg_roles as g on g.oid = e.grantee
    group by r.kind, r.name, g.rolname, e.privilege_type, e.is_grantable
   union all
   -- PostgreSQL 18 lists NOT NULL among the constraints as well.
   select r.kind || ' ' || r.name, 'constraint ' || c.conname,
          'constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
     from relation as r
     join pg_constraint as c on c.conrelid = r.oid and c.contype in ('p', 'u', 'f', 'c', 'x')
   union all
   select r.kind || ' ' || r.name, 'index ' || i.relname,
          pg_get_indexdef(x.indexrelid) || case when x.indisvalid then '' else ' -- invalid' end
     from relation as r
     join pg_index as x on x.indrelid = r.oid
     join pg_class as i on i.oid = x.indexrelid
    where not exists (select from pg_constraint as c where c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x'))
   union all
   select r.kind || ' ' || r.name, 'policy ' || p.polname,
          concat_ws(' ', 'policy', p.polname, case when p.polpermissive then 'permissive' else 'restrictive' end,
            'for', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
            'to', (select string_agg(coalesce(g.rolname, 'public'), ', ' order by g.rolname)
                     from unnest(p.polroles) as o left join pg_roles as g on g.oid = o),
            'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
            'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
     from relation as r
     join pg_policy as p on p.polrelid = r.oid
   union all
   select r.kind || ' ' || r.name, 'trigger ' || t.tgname,
          pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' -- enabled ' || t.tgenabled::text end
     from relation as r
     join pg_trigger as t on t.tgrelid = r.oid and not t.tgisinternal`,

  // Row types of tables are theirs; domains and enums are objects of their own.
  `select 'type ' || n.nspname || '.' || t.typname as object, '' as place,
          concat_ws(' ', case t.typtype when 'd' then 'domain over ' || format_type(t.typbasetype, t.typtypmod) else 'enum' end,
            'owner', pg_get_userbyid(t.typowner),
            (select string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname) from pg_constraint as c where c.contypid = t.oid),
            (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum as e where e.enumtypid = t.oid)) as line
     from pg_type as t
     join pg_namespace as n on n.oid = t.typnamespace
    where n.nspname = any ($1) and t.typtype in ('d', 'e') and not ${isExtensionMember('pg_type', 't.oid')}`,

  `with routine as (
     select p.oid, p.proowner, p.proacl, p.prokind,
            'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
       from pg_proc as p
       join pg_namespace as n on n.oid = p.pronamespace
      where n.nspname = any ($1) and not ${isExtensionMember('pg_proc', 'p.oid')}
   )
   select r.name as object, '' as place, 'owner ' || pg_get_userbyid(r.proowner) as line from routine as r
   union all
   select r.name, 'comment', 'comment ' || obj_description(r.oid, 'pg_proc') from routine as r
   union all
   select r.name, 'grant', coalesce(${grants("coalesce(r.proacl, acldefault('f', r.proowner))", 'r.proowner')}, 'grant nothing') from routine as r
   union all
   select r.name, 'source', pg_get_functiondef(r.oid) from routine as r where r.prokind <> 'a'`,
];

/** The tables that hold rows, which only migrations can have written in a database without data. */
async function rowCounts(client: ClientBase): Promise<Line[]> {
  const { rows } = await client.query<{ name: string; count: string }>(
    `select n.nspname || '.' || c.relname as name,
            (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', n.nspname, c.relname), false, true, '')))[1]::text as count
       from pg_class as c
       join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname in ('commerce', 'internal') and c.relkind = 'r'`,
  );
  return rows
    .filter(({ count }) => count !== '0')
    .map(({ name, count }) => ({ object: `table ${name}`, place: ' rows', line: `${count} rows` }));
}

type Line = { object: string; place: string; line: string | null };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What the connected database has of ours; the client must be allowed to see all of it. */
export async function readCatalogue(client: ClientBase): Promise<string> {
  // Names are spelled in full, whatever the session's search path.
  await client.query("set search_path = ''");
  const lines = await rowCounts(client);
  for (const source of sources) {
    const parameters = source.includes('$1') ? [ourSchemas] : [];
    const { rows } = await client.query<Line>(source, parameters);
    lines.push(...rows);
  }
  const objects = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.line === null) continue;
    const group = objects.get(line.object) ?? [];
    group.push(line);
    objects.set(line.object, group);
  }
  return [...objects]
    .sort(([a], [b]) => compare(a, b))
    .map(([object, group]) => {
      const body = group
        .sort((a, b) => compare(a.place, b.place) || compare(a.line ?? '', b.line ?? ''))
        .map(({ line }) => `${line}`.trimEnd().replace(/^(?=.)/gm, '  '));
      return `${object}\n${body.join('\n')}\n`;
    })
    .join('\n');
}
